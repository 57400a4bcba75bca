/**
 * How a route is declared. `route()` is the only way to add one: what it needs, takes and answers stands in the
 * declaration, and src/platform/http/pipeline.ts does the same steps for all in the same order:
 * request id → limit → room → authenticate → scopes → validate → run (where the policies stand) → reply schema → audit.
 */
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Actor } from '../actor.ts';
import type { AuditPurpose, TenantDb } from '../db/scope.ts';
import type { ErrorCode } from '../errors.ts';
import type { EventReply } from './event-stream.ts';
import type { FileRule, ReceivedFile } from './multipart.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * Who is let in. The actor's token must carry every scope of `scopes`; `public` says why nobody has to sign in; `internal`
 * says which of the operator's own programs come here, with INTERNAL_TOKEN and nothing of any clinic.
 */
export type Access = { scopes: readonly [string, ...string[]] } | { public: string } | { internal: string };

/** What a handler of a route with scopes gets. */
export interface RequestContext {
  actor: Actor;
  /** Its first transaction that is kept carries the request's entry in the audit trail: make one `run` or `decide` a request. */
  db: TenantDb;
  requestId: string;
  logger: Logger;
  /** The caller's address, for limits and audit. */
  address: string;
  /** The caller's program, products and versions only; null when it says none. */
  userAgent: string | null;
  cookies: Readonly<Record<string, string>>;
  /** The Range that was asked for (RFC 9110, section 14.2), as it came; null without one. */
  range: string | null;
  /** `web` when the request carries `X-Housecall-Client: web`, which no foreign page can send without our CORS consent. */
  client: 'web' | 'api';
  /** Whether the caller reached us, or the proxy we trust, over TLS. */
  secure: boolean;
  reply: ReplyControls;
  /** Whether the caller would rather have server-sent events (`Accept: text/event-stream`). */
  wantsEvents: boolean;
  /** Aborted when the caller goes away before the answer is whole. */
  gone(): AbortSignal;
}

/** What a handler of a public route gets. */
export interface PublicContext extends Omit<RequestContext, 'actor' | 'db'> {
  /** The actor, for a public route that also takes a token; null without one. Throws UNAUTHENTICATED on a bad one. */
  authenticate(): Promise<Actor | null>;
  /**
   * The door to the data of a tenant that the request has turned out to be about. Its first transaction carries the
   * request's entry in that tenant's audit trail; what is thrown later leaves a refusal in each trail that was opened.
   */
  tenantDb(tenantId: string): TenantDb;
  /** The body's bytes, on a route that keeps them. */
  rawBody(): Buffer;
  /** What the request says under a name; for signatures of others' making. */
  headerOf(name: string): string | undefined;
}

/** What a handler of an internal route gets: nobody's data. */
export type InternalContext = Omit<PublicContext, 'authenticate' | 'tenantDb' | 'rawBody' | 'headerOf'>;

/** What a handler may set beside its body. */
export interface ReplyControls {
  header(name: string, value: string): void;
  /**
   * Answers without waiting for the audit trail; the entry follows once `work`, which may carry it, is over. For what
   * somebody's life may hang on, and for nothing else.
   */
  early(work: Promise<unknown>): void;
}

/** A reply that is streamed as it is, e.g. CSV. */
export interface StreamReply {
  contentType: string;
  fileName: string;
  stream: Readable;
  /** Bytes, where it is known. */
  length?: number;
  /** Which part of how much it is; the answer is then 206 (RFC 9110, section 14.4). */
  part?: { start: number; end: number; size: number };
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Sent<S> = S extends z.ZodType ? z.input<S> : S extends 'stream' ? StreamReply : void;

/**
 * How the audit trail names each use of the route, e.g. `meeting.read`: one entry a request, whether it succeeds or is
 * refused, in the transaction that serves it. Or why it leaves none: neither PHI nor security is touched.
 */
export type AuditRule = { action: `${string}.${string}`; purpose?: AuditPurpose } | { none: string };

export interface RouteDeclaration<
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType | 'stream' | undefined,
  A extends Access,
> {
  method: Method;
  /** Below `/api/v1`, in Express's form: `/meetings/:id`. */
  path: `/${string}`;
  /** One line for OpenAPI. */
  summary: string;
  tag: string;
  access: A;
  audit: AuditRule;
  params?: P;
  query?: Q;
  body?: B;
  /** Keeps the body's bytes as they came, for a signature over them. */
  keepsRaw?: boolean;
  /** Takes multipart/form-data instead of JSON: one file by this rule, and the fields of `body` beside it. */
  receives?: FileRule;
  /** 200 when there is a body, 204 when there is none, unless said. */
  status?: number;
  reply: R;
  /** What a stream is; `text/csv` unless said. */
  streams?: string;
  /** Gives an `EventReply` instead to whoever wants events: what the data of each event is. */
  events?: z.ZodType;
  /** Which errors of its own it answers, besides the common ones. */
  errors?: readonly ErrorCode[];
  /** `auth` for the stricter limit of sign-in routes. */
  limit?: 'normal' | 'auth';
  /** Throws RATE_LIMITED when there is no room for it just now: asked before the body is read or anything is looked up. */
  room?(): void;
  handler(
    context: A extends { public: string }
      ? PublicContext
      : A extends { internal: string }
        ? InternalContext
        : RequestContext,
    input: { params: Parsed<P>; query: Parsed<Q>; body: Parsed<B>; file?: ReceivedFile | undefined },
  ): Promise<Sent<R> | EventReply>;
}

/** A declaration with its types folded away, as the table and the pipeline see it. */
// oxlint-disable-next-line typescript/no-explicit-any -- The pipeline parses before it calls; the declaration was checked by route().
export type Route = RouteDeclaration<any, any, any, any, any>;

export function route<
  const A extends Access,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | 'stream' | undefined = undefined,
>(declaration: RouteDeclaration<P, Q, B, R, A>): Route {
  return declaration;
}
