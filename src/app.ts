/** The Express app: middleware in order, then everything that is served, a line each. */
import path from 'node:path';
import compression from 'compression';
import express from 'express';
import type { Logger } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from './platform/config.ts';
import { randomSecret } from './platform/crypto.ts';
import type { Database } from './platform/db/scope.ts';
import { AppError } from './platform/errors.ts';
import type { VerifyAccess } from './platform/http/authenticate.ts';
import { cors } from './platform/http/cors.ts';
import { elsewhere } from './platform/http/elsewhere.ts';
import { healthRouter, type ReadyCheck } from './platform/http/health.ts';
import { createIdempotency, type Idempotency } from './platform/http/idempotency.ts';
import { jwksPage } from './platform/http/jwks-page.ts';
import { metricsPage } from './platform/http/metrics-page.ts';
import { docsPage } from './platform/http/openapi/docs-page.ts';
import { openapiRoute } from './platform/http/openapi/routes.ts';
import { createRouter } from './platform/http/pipeline.ts';
import { onError } from './platform/http/problem.ts';
import { problemPages } from './platform/http/problem-page.ts';
import { createRateLimits, noRateLimits, type RateLimits } from './platform/http/rate-limit.ts';
import { requestLog } from './platform/http/request-log.ts';
import { requestMetrics } from './platform/http/request-metrics.ts';
import { beginRequest } from './platform/http/request-state.ts';
import { requestTrace } from './platform/http/request-trace.ts';
import type { Route } from './platform/http/route.ts';
import { securityHeaders } from './platform/http/security-headers.ts';
import { webClient } from './platform/http/web-client.ts';
import type { Metrics } from './platform/telemetry/metrics.ts';

export const apiBase = '/api/v1';

export interface AppDeps {
  config: Pick<Config, 'production' | 'http'> & Partial<Pick<Config, 'metricsToken' | 'payments' | 'roles'>>;
  logger: Logger;
  database: Database;
  verifyAccess: VerifyAccess;
  /** Tells whose API key this is; without it none is good. */
  verifyKey?: VerifyAccess;
  /** Only while developing: src/identity/auth/bypass.ts. */
  bypass?: VerifyAccess | undefined;
  internalToken?: string | undefined;
  /** Of every wing. */
  routes: readonly Route[];
  /** The public keys of our access tokens; none unless given. */
  jwks?: object;
  /** Nothing is counted unless given. */
  metrics?: Metrics;
  /** What serving needs, for `/readyz`. */
  checks: readonly ReadyCheck[];
  isDraining(): boolean;
  /** Made from the configuration unless given. */
  limits?: RateLimits;
  /** How answers are kept that may be asked for again; under a key of this process alone unless given. */
  idempotency?: Idempotency;
  /** The page that describes the socket protocol, where there is one. */
  socketPage?: string;
  /** The built web client; `web/dist` unless given. */
  webDirectory?: string;
}

export function createApp(deps: AppDeps): express.Express {
  const { config, logger, routes } = deps;
  const limits = deps.limits ?? (config.http.rateLimits ? createRateLimits() : noRateLimits);
  const app = express();
  const checkout = config.payments?.razorpay !== undefined;
  const headers = securityHeaders({ https: config.production, checkout });
  app.disable('x-powered-by').disable('etag').set('trust proxy', config.http.trustProxy);
  app.use(beginRequest(logger), requestTrace, requestLog(logger), ...headers);
  if (deps.metrics) app.use(requestMetrics(deps.metrics), metricsPage(deps.metrics, config.metricsToken));
  app.use(healthRouter(deps));
  if (config.roles?.has('api') === false) app.use(elsewhere('api'));
  // Where there are sockets, they are taken before anything of this is asked.
  app.use('/socket.io', elsewhere('signaling'));
  app.use(jwksPage(deps.jwks ?? { keys: [] }));
  app.use(cors(config.http.corsOrigins), compression({ filter: isCompressible }));

  const all = [...routes, openapiRoute(routes, { base: apiBase, version: packageJson.version })];
  const idempotency = deps.idempotency ?? createIdempotency(randomSecret().toString('base64url'));
  const { database, verifyAccess, verifyKey = refuseKeys, bypass, internalToken } = deps;
  const doors = { verifyAccess, verifyKey, bypass, internalToken };
  app.use(apiBase, createRouter(all, { database, ...doors, limits, idempotency }));
  app.use('/docs', docsPage(`${apiBase}/openapi.json`, deps.socketPage));
  app.use(problemPages());
  app.use(webClient(deps.webDirectory ?? path.resolve(import.meta.dirname, '../web/dist')));

  app.use(() => {
    throw new AppError('NOT_FOUND', 'There is nothing at this address.');
  });
  app.use(onError);
  return app;
}

const refuseKeys: VerifyAccess = async () => {
  throw new AppError('UNAUTHENTICATED', 'The API key is not valid.');
};

/** An event stream must not wait in a compressor's buffer. */
const isCompressible: compression.CompressionFilter = (req, res) =>
  !String(res.getHeader('Content-Type')).startsWith('text/event-stream') && compression.filter(req, res);
