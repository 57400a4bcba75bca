/** The audit trail over REST, for the clinic's own officers. Looking at it stands in it. */
import type { Clock } from '../../platform/clock.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { exportEntries } from './export-csv.ts';
import { AuditFilters, AuditPage, AuditQuery, type ChainHead, Verification, VerifyQuery } from './schema.ts';
import { listEntries } from './trail.ts';
import { verifyTrail } from './verify.ts';

const tag = 'admin';

export function auditRoutes({ clock }: { clock: Clock }): Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/audit',
      summary: 'Who did what, whose data it was, when, from where, why and whether it worked; newest first',
      tag,
      access: { scopes: ['audit:read'] },
      audit: { action: 'audit.read', purpose: 'SYSADMIN' },
      query: AuditQuery,
      reply: AuditPage,
      handler: ({ db }, { query }) => listEntries(db, query),
    }),
    route({
      method: 'get',
      path: '/admin/audit/export.csv',
      summary: 'The entries of the same filters as CSV',
      tag,
      access: { scopes: ['audit:export'] },
      audit: { action: 'audit.export', purpose: 'SYSADMIN' },
      query: AuditFilters,
      reply: 'stream',
      handler: async ({ db }, { query }) => ({
        contentType: 'text/csv; charset=utf-8',
        fileName: `audit-${clock.now().toISOString().slice(0, 10)}.csv`,
        stream: exportEntries(db, query),
      }),
    }),
    route({
      method: 'get',
      path: '/admin/audit/verify',
      summary: 'Whether every entry is as it was written and none is missing; reads the whole trail',
      tag,
      access: { scopes: ['audit:read'] },
      audit: { action: 'audit.verify', purpose: 'SYSADMIN' },
      query: VerifyQuery,
      reply: Verification,
      handler: ({ db }, { query }) =>
        verifyTrail(db, { expected: query.head === undefined ? undefined : readHead(query.head) }),
    }),
  ];
}

/** `position:hash`, as the schema has let it through. */
export function readHead(text: string): ChainHead {
  const [position = '', hash = ''] = text.split(':');
  return { position: Number(position), hash };
}
