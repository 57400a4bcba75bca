/** The one way through which every declared route runs: the same steps for all, in the same order. */
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Audit } from '../db/audit.ts';
import type { Database } from '../db/scope.ts';
import { AppError, errorCatalogue } from '../errors.ts';
import { audited } from './audited.ts';
import { authenticate, type Credentials, requireScopes } from './authenticate.ts';
import { rawBodyOf, readJson } from './body.ts';
import { parseCookies } from './cookies.ts';
import { EventReply, sendEvents } from './event-stream.ts';
import { goneSignal } from './gone.ts';
import { countingGuesses } from './guesses.ts';
import { answeredBefore, checkKept, type Idempotency, keyOf, openOnce, sendAgain } from './idempotency.ts';
import { requireInternal } from './internal-door.ts';
import { type FileRule, readMultipart } from './multipart.ts';
import { addressKey, type RateLimits } from './rate-limit.ts';
import { sendReply } from './reply.ts';
import { stateOf } from './request-state.ts';
import type { Method, PublicContext, RequestContext, Route } from './route.ts';
import { shortUserAgent } from './user-agent.ts';
import { parseInput } from './validate.ts';

export interface PipelineDeps extends Credentials {
  database: Database;
  /** Of the routes for the operator's own programs; without one these are not there. */
  internalToken: string | undefined;
  limits: RateLimits;
  idempotency: Idempotency;
}

/** Serves the routes; to be mounted at their base. What is not among them is answered as a problem too. */
export function createRouter(routes: readonly Route[], deps: PipelineDeps): express.Router {
  const router = express.Router({ caseSensitive: true });
  router.use(async (req, res, next) => {
    await deps.limits.take(res, ['address', addressKey(req)]);
    next();
  });
  for (const declared of routes) router[declared.method](declared.path, runner(declared, deps));
  for (const [path, methods] of methodsByPath(routes)) router.all(path, refuseMethod(methods));
  router.use(() => {
    throw new AppError('NOT_FOUND', 'There is nothing at this address.');
  });
  return router;
}

function runner(route: Route, deps: PipelineDeps): RequestHandler {
  return async (req, res) => {
    stateOf(res).route = route.path;
    route.room?.();
    await countingGuesses(route, req, res, deps.limits, () =>
      audited(route, req, res, deps.database, async (audit) => {
        const context = await admit(route, req, res, deps, audit);
        const input = await read(route, req, res);
        try {
          await serve(route, req, res, { context, input, audit, idempotency: deps.idempotency });
        } finally {
          await input.file?.discard();
        }
      }),
    );
  };
}

interface Serving {
  context: PublicContext | RequestContext;
  input: Awaited<ReturnType<typeof read>>;
  audit: Audit;
  idempotency: Idempotency;
}

/** Runs the handler, or answers as it did when the same request came before. */
async function serve(route: Route, req: Request, res: Response, serving: Serving): Promise<void> {
  const { context, input, audit } = serving;
  // Events are not kept, so nothing can be answered again.
  const key = route.events && context.wantsEvents ? undefined : keyOf(route, req);
  if (key === undefined || !('actor' in context)) {
    const reply: unknown = await route.handler(context, input);
    if (reply instanceof EventReply) return sendEvents(res, reply, beforeBytes(res, audit));
    return sendReply(res, route, reply, beforeBytes(res, audit));
  }
  const once = openOnce(serving.idempotency, context.db, { route, req, actor: context.actor, key, input });
  try {
    const reply = await route.handler({ ...context, db: once.db }, input);
    checkKept(res, route, once, reply);
    await sendReply(res, route, reply, beforeBytes(res, audit));
  } catch (thrown) {
    const before = answeredBefore(thrown);
    if (!before) throw thrown;
    await audit.succeeded();
    sendAgain(res, before);
  }
}

const beforeBytes = (res: Response, audit: Audit) => (stateOf(res).isEarly ? async () => {} : audit.succeeded);

/** Authenticates and checks the scopes. What a public route gets has no actor and no data of any tenant. */
async function admit(
  route: Route,
  req: Request,
  res: Response,
  deps: PipelineDeps,
  audit: Audit,
): Promise<PublicContext | RequestContext> {
  const state = stateOf(res);
  const identify = async () => {
    const actor = await authenticate(req, deps);
    state.actor = actor ?? undefined;
    return actor;
  };
  const identifyPerson = async () => {
    const actor = await identify();
    if (actor?.kind === 'guest') throw new AppError('UNAUTHENTICATED', noRestForGuests);
    return actor;
  };
  const context: PublicContext = {
    requestId: state.requestId,
    logger: state.logger,
    address: req.ip ?? '',
    userAgent: shortUserAgent(req.get('user-agent')),
    cookies: parseCookies(req.headers.cookie),
    range: req.get('range') ?? null,
    client: req.get('x-housecall-client') === 'web' ? 'web' : 'api',
    secure: req.secure,
    reply: {
      header: (name, value) => void res.append(name, value),
      early: (work) => answerEarly(res, audit, work),
    },
    wantsEvents: req.get('accept')?.includes('text/event-stream') ?? false,
    gone: () => goneSignal(res),
    authenticate: identifyPerson,
    tenantDb: (tenantId) => audit.tenantDb(tenantId, state.actor),
    rawBody: () => rawBodyOf(req),
    headerOf: (name) => req.get(name),
  };
  const access = route.access;
  if ('public' in access) return context;
  if ('internal' in access) {
    requireInternal(req, deps.internalToken);
    return context;
  }
  const actor = await identify();
  if (!actor) throw new AppError('UNAUTHENTICATED', 'Send an access token as "Authorization: Bearer <token>".');
  const db = audit.tenantDb(actor.tenantId, actor);
  await deps.limits.take(res, ['user', actor.userId], ['tenant', actor.tenantId]);
  if (actor.kind === 'guest') throw new AppError('FORBIDDEN', noRestForGuests);
  requireScopes(actor, access.scopes);
  return { ...context, actor, db };
}

function answerEarly(res: Response, audit: Audit, work: Promise<unknown>): void {
  const state = stateOf(res);
  state.isEarly = true;
  // What carries the entry comes first; when that fails, the entry is written alone.
  work
    .catch((error: unknown) => state.logger.error({ err: error }, 'what was answered early was not kept'))
    .then(audit.succeeded)
    .catch((error: unknown) => state.logger.error({ err: error }, 'no audit entry was written'));
}

/** Whatever scopes a guest's token has, and whatever routes there will be. */
const noRestForGuests = "A guest's token is good for the room of their meeting alone.";

/** Parses what the route declares; what it does not declare is not read. */
async function read(route: Route, req: Request, res: Response) {
  const params = route.params && (await parseInput(route.params, req.params).catch(() => refuseParams(route)));
  const query = route.query && (await parseInput(route.query, req.query, 'query'));
  if (route.receives) return { params, query, ...(await readFile(route, req, res, route.receives)) };
  const body =
    route.body && (await parseInput(route.body, await readJson(req, res, route.keepsRaw ? 'raw' : route.limit)));
  return { params, query, body, file: undefined };
}

async function readFile(route: Route, req: Request, res: Response, rule: FileRule) {
  const { fields, file } = await readMultipart(req, res, rule);
  try {
    return { body: route.body && (await parseInput(route.body, fields)), file };
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** An id that cannot be one is answered like one that does not exist: both are not there. */
function refuseParams(route: Route): never {
  const declared = route.errors?.find((code) => errorCatalogue[code].status === 404);
  throw new AppError(declared ?? 'NOT_FOUND');
}

function methodsByPath(routes: readonly Route[]): Map<string, Set<Method>> {
  const paths = new Map<string, Set<Method>>();
  for (const { path, method } of routes) paths.set(path, (paths.get(path) ?? new Set<Method>()).add(method));
  return paths;
}

function refuseMethod(methods: ReadonlySet<Method>): RequestHandler {
  const allow = [...methods].flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  return (req, res) => {
    res.setHeader('Allow', [...allow, 'OPTIONS'].join(', '));
    if (req.method !== 'OPTIONS') throw new AppError('METHOD_NOT_ALLOWED');
    res.status(204).end();
  };
}
