/** The HTTP app by itself on a free port, for tests of the platform and of routes that need no live side. */
import { Writable } from 'node:stream';
import { type AppDeps, createApp } from '../../src/app.ts';
import type { Database } from '../../src/platform/db/scope.ts';
import { Signals } from '../../src/platform/db/signals.ts';
import { closeServer, createHttpServer, listen } from '../../src/platform/http/server.ts';
import { createLogger, type Logger } from '../../src/platform/logger.ts';
import { testTokens } from './tenant.ts';

export interface ServedApp extends AsyncDisposable {
  url: string;
  /** The log so far, a parsed line each. */
  log: readonly Record<string, unknown>[];
  /** As it was written. */
  logText(): string;
  /** Calls below /api/v1 and reads the answer whole. */
  call(method: string, path: string, options?: CallOptions): Promise<Answered>;
}

export interface CallOptions {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as multipart/form-data instead. */
  form?: FormData | undefined;
  headers?: Record<string, string>;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the answer is no JSON. */
  json: unknown;
}

/** No data of anybody: a route that reaches for it fails. */
export const noDatabase: Database = {
  signals: new Signals(),
  get prisma(): never {
    return missing();
  },
  get pool(): never {
    return missing();
  },
  tenant: (tenantId) => ({
    tenantId,
    run: missing,
    about: missing,
    refused: missing,
    reply: missing,
    decide: missing,
    writeIf: missing,
    read: missing,
    readAbout: missing,
  }),
};

function missing(): never {
  throw new Error('This test has no database.');
}

export async function serveApp(deps: Partial<AppDeps> & Pick<AppDeps, 'routes'>): Promise<ServedApp> {
  const { logger, lines, text } = memoryLogger();
  const app = createApp({
    config: {
      production: false,
      http: { host: '127.0.0.1', port: 0, corsOrigins: [], trustProxy: 0, rateLimits: false },
    },
    logger,
    database: noDatabase,
    verifyAccess: testTokens.verifyAccess,
    checks: [],
    isDraining: () => false,
    ...deps,
  });
  const server = createHttpServer(app);
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  return {
    url,
    log: lines,
    logText: text,
    call: (method, path, options) => call(`${url}/api/v1${path}`, method, options),
    [Symbol.asyncDispose]: () => closeServer(server, 0),
  };
}

export async function call(
  address: string,
  method: string,
  { token, body, form, headers }: CallOptions = {},
): Promise<Answered> {
  const answer = await fetch(address, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(form && { body: form }),
  });
  const text = await answer.text();
  const isJson = /[/+]json\b/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

/** The production logger, writing into memory. */
export function memoryLogger(): { logger: Logger; lines: Record<string, unknown>[]; text: () => string } {
  const lines: Record<string, unknown>[] = [];
  const written: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { logger: createLogger('debug', { destination }), lines, text: () => written.join('') };
}
