/** How the installation is, as its database knows it. */
import { type Database, withoutTenant_forNamedJob } from '../db/scope.ts';

interface Lag {
  waiting: number;
  oldest: Date | null;
}

export async function readStatus(database: Database) {
  return withoutTenant_forNamedJob(database.prisma, 'show-status', async (tx) => {
    const [now] = await tx.$queryRaw<{ now: Date; version: string }[]>`
      select now() as now, current_setting('server_version') as version`;
    const nodes = await tx.$queryRaw<{ id: string; startedAt: Date; leaseUntil: Date }[]>`
      select id, started_at as "startedAt", lease_until as "leaseUntil" from node_list()`;
    const migrations = await tx.$queryRaw<{ name: string; finishedAt: Date }[]>`
      select name, finished_at as "finishedAt" from applied_migrations()`;
    const [outbox] = await tx.$queryRaw<
      (Lag & { retried: number })[]
    >`select waiting, retried, oldest from outbox_lag()`;
    const [seals] = await tx.$queryRaw<Lag[]>`select waiting, oldest from audit_seal_lag()`;
    if (!now || !outbox || !seals) throw new Error('The database does not say how it is.');
    return {
      database: now.version,
      now: now.now.toISOString(),
      nodes: nodes.map(({ id, startedAt, leaseUntil }) => ({
        id,
        startedAt: startedAt.toISOString(),
        leaseUntil: leaseUntil.toISOString(),
        isAlive: leaseUntil > now.now,
      })),
      migrations: migrations.map(({ name, finishedAt }) => ({ name, finishedAt: finishedAt.toISOString() })),
      outbox: { ...toLag(outbox), retried: outbox.retried },
      auditSeals: toLag(seals),
    };
  });
}

function toLag({ waiting, oldest }: Lag): { waiting: number; oldest: string | null } {
  return { waiting, oldest: oldest?.toISOString() ?? null };
}
