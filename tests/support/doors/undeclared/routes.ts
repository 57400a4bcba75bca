/**
 * Routes that must not compile. Each stands below a directive that is an error itself when the line after it is none, so that
 * `npm run check:types` fails when one of them becomes possible; tests/unit/doors-declared.test.ts looks as well.
 */
import { z } from 'zod';
import { route } from '../../../../src/platform/http/route.ts';

const rest = { method: 'get', path: '/x', summary: 'X', tag: 'x', reply: undefined } as const;
const audit = { none: 'A fixture.' } as const;
const access = { scopes: ['profile:read'] } as const;

export const complete = route({ ...rest, access, audit, handler: async () => undefined });

// @ts-expect-error -- Does not say who may come in.
export const withoutAccess = route({ ...rest, audit, handler: async () => undefined });

// @ts-expect-error -- Does not say what the audit trail calls it.
export const withoutAudit = route({ ...rest, access, handler: async () => undefined });

// @ts-expect-error -- Lets everybody with a token in.
export const withNoScope = route({ ...rest, access: { scopes: [] }, audit, handler: async () => undefined });

// @ts-expect-error -- Does not say why it is public.
export const withNoReason = route({ ...rest, access: { public: true }, audit, handler: async () => undefined });

// @ts-expect-error -- Does not say why it leaves no entry.
export const withNoCause = route({ ...rest, access, audit: { none: true }, handler: async () => undefined });

export const publicWithData = route({
  ...rest,
  access: { public: 'Everybody may.' },
  audit,
  // @ts-expect-error -- A public route has no clinic's data at hand.
  handler: async ({ db }) => void db,
});

export const internalWithData = route({
  ...rest,
  access: { internal: 'Monitoring.' },
  audit,
  // @ts-expect-error -- Nor has one for the operator's own programs, and no way to any.
  handler: async (context) => void context.tenantDb,
});

export const unreadInput = route({
  ...rest,
  access,
  audit,
  query: z.strictObject({ a: z.string() }),
  // @ts-expect-error -- What is not declared is not read.
  handler: async (_context, { body }) => void body.a,
});
