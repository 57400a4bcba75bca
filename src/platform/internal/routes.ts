/** What the operator's own programs may ask about the whole installation. Numbers and names of our own, nothing of a clinic. */
import { z } from 'zod';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Database } from '../db/scope.ts';
import { type Route, route } from '../http/route.ts';
import { readStatus } from './status.ts';

const instant = z.iso.datetime();
const Lag = z.object({
  waiting: z.int().nonnegative(),
  oldest: instant.nullable().meta({ description: 'Since when the oldest one waits.' }),
});

export const InternalStatus = z
  .object({
    version: z.string(),
    node: z.string().meta({ description: 'Of Node.js.' }),
    database: z.string().meta({ description: 'The version of PostgreSQL.' }),
    now: instant.meta({ description: "By the database's clock." }),
    nodes: z.array(z.object({ id: z.uuid(), startedAt: instant, leaseUntil: instant, isAlive: z.boolean() })),
    migrations: z.array(z.object({ name: z.string(), finishedAt: instant })),
    outbox: Lag.extend({ retried: z.int().nonnegative().meta({ description: 'Of those waiting, tried in vain.' }) }),
    auditSeals: Lag,
  })
  .meta({ id: 'InternalStatus' });
export type InternalStatus = z.output<typeof InternalStatus>;

export function internalRoutes({ database }: { database: Database }): Route[] {
  return [
    route({
      method: 'get',
      path: '/internal/status',
      summary: 'The nodes, the versions, the migrations, and what waits',
      tag: 'internal',
      access: { internal: "For the operator's monitoring and deployment." },
      audit: { none: 'Says nothing about anybody.' },
      reply: InternalStatus,
      handler: async () => {
        const versions = { version: packageJson.version, node: process.versions.node };
        return { ...versions, ...(await readStatus(database)) };
      },
    }),
  ];
}
