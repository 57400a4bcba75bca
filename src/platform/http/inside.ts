/**
 * A route used by the server itself in the name of somebody who asked for something else: with that person's own scopes,
 * input and policies as if they had come by HTTP, and an entry of its own in the audit trail.
 */
import { openAudit, unaudited } from '../db/audit.ts';
import type { Database } from '../db/scope.ts';
import { AppError } from '../errors.ts';
import { requireScopes } from './authenticate.ts';
import { answeredBefore, type Idempotency, openOnceInside } from './idempotency.ts';
import { toAppError } from './problem.ts';
import type { Access, RequestContext, Route } from './route.ts';
import { parseInput } from './validate.ts';

export interface InsideInput {
  params?: Record<string, string>;
  /** As it would stand in the address. */
  query?: Record<string, string>;
  body?: unknown;
  /** Under it the work is done once: asked again within a day, whoever died meanwhile, it is what it was. */
  key?: string;
}

/** `name` as in `GET /slots`. Throws what the route would answer with. */
export type Inside = (context: RequestContext, name: string, input?: InsideInput) => Promise<unknown>;

/** `routes` is asked at each use, for the one who uses them may be among them. */
export function createInside(routes: () => readonly Route[], database: Database, idempotency: Idempotency): Inside {
  return async (context, name, input = {}) => {
    const route = routes().find(({ method, path }) => `${method.toUpperCase()} ${path}` === name);
    const access = route?.access as Access | undefined;
    if (!route || !access || !('scopes' in access)) throw new Error(`There is no route ${name} to use from inside.`);
    const { actor, logger, address, userAgent } = context;
    const audit =
      'none' in route.audit
        ? unaudited(database)
        : openAudit(
            database,
            {
              action: route.audit.action,
              purpose: route.audit.purpose ?? 'TREAT',
              requestId: `${context.requestId}.inside`,
              address,
              userAgent,
              route: name,
              asked: input.params ?? {},
            },
            logger,
          );
    const own = audit.tenantDb(actor.tenantId, actor);
    const { key } = input;
    const db = key === undefined ? own : openOnceInside(idempotency, own, { route, actor, key }).db;
    try {
      requireScopes(actor, access.scopes);
      const reply: unknown = await route
        .handler({ ...context, db, reply: noControls }, await parsed(route, input))
        .catch(replyBefore);
      await audit.succeeded();
      return fitting(route, reply);
    } catch (thrown) {
      await audit.failed(toAppError(thrown));
      throw thrown;
    }
  };
}

function replyBefore(thrown: unknown): unknown {
  const before = answeredBefore(thrown);
  if (!before) throw thrown;
  return before.body === '' ? undefined : JSON.parse(before.body);
}

const noControls: RequestContext['reply'] = { header: () => undefined, early: () => undefined };

async function parsed({ params, query, body }: Route, input: InsideInput) {
  return {
    params: params && (await parseInput(params, input.params ?? {})),
    query: query && (await parseInput(query, input.query ?? {}, 'query')),
    body: body && (await parseInput(body, input.body)),
  };
}

/** What the route does not declare is no more for us than for anybody. */
function fitting({ reply: schema }: Route, reply: unknown): unknown {
  if (schema === undefined) return undefined;
  if (schema === 'stream') throw new AppError('INTERNAL', 'A stream cannot be used from inside.');
  return schema.parse(reply);
}
