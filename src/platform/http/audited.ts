/** A request's part in the audit trail: what is known of it before it is served, and what it leaves when it is refused. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { type Audit, openAudit, unaudited } from '../db/audit.ts';
import type { Database } from '../db/scope.ts';
import { toAppError } from './problem.ts';
import { stateOf } from './request-state.ts';
import type { Route } from './route.ts';
import { shortUserAgent } from './user-agent.ts';

/** Serves by `serve`. What it throws leaves a refusal in the trail, or in the log as long as no tenant is known. */
export async function audited(
  route: Route,
  req: Request,
  res: Response,
  database: Database,
  serve: (audit: Audit) => Promise<void>,
): Promise<void> {
  const audit = auditOf(route, req, res, database);
  try {
    await serve(audit);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status === 401 && !audit.hasTenant) tellLog(res, req, error.code);
    // Somebody who is known has a trail to write to, and nobody else may see by the time that they are.
    const evenly = route.limit === 'auth' && error.status === 401 ? pause(evenMs) : undefined;
    await audit.failed(error);
    await evenly;
    throw thrown;
  }
}

/** Longer than an entry takes to be written on a server that is not busy; then nobody can tell anything apart. */
const evenMs = 30;

function auditOf({ method, path, audit }: Route, req: Request, res: Response, database: Database): Audit {
  if ('none' in audit) return unaudited(database);
  const { requestId, logger } = stateOf(res);
  return openAudit(
    database,
    {
      action: audit.action,
      purpose: audit.purpose ?? 'TREAT',
      requestId,
      address: req.ip ?? null,
      userAgent: shortUserAgent(req.get('user-agent')),
      route: `${method.toUpperCase()} ${path}`,
      asked: idsIn(req.params),
    },
    logger,
  );
}

/** Nobody's trail can tell of somebody who is not known; the address is told by its mark (logger.ts). */
function tellLog(res: Response, req: Request, code: string): void {
  const { logger, route } = stateOf(res);
  logger.warn({ security: 'unauthenticated', code, route, address: req.ip }, 'security event');
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idsIn(params: Request['params']): Record<string, string> {
  const ids: [string, string][] = [];
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string' && uuid.test(value)) ids.push([name, value.toLowerCase()]);
  }
  return Object.fromEntries(ids);
}
