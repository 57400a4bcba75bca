/** What the metrics say of the database: how busy the quick pool is, and how far the outbox and the clock are behind. */
import { connectionsOf } from '../db/client.ts';
import type { Database } from '../db/scope.ts';
import { withoutTenant_forNamedJob } from '../db/scope.ts';
import type { Metrics } from './metrics.ts';

interface OutboxLag {
  waiting: number;
  retried: number;
  seconds: number;
}

export function addDatabaseMetrics(metrics: Metrics, database: Database): void {
  const { pool, prisma } = database;
  metrics.gauge('housecall_db_connections', 'Connections for transactions, and who waits for one.', () =>
    connectionsOf(prisma),
  );
  metrics.gauge('housecall_db_quick_connections', 'Connections of the quick pool, and who waits for one.', () => ({
    total: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }));
  const outbox = once(async () => {
    const [row] = await withoutTenant_forNamedJob(
      prisma,
      'measure-lag',
      (tx) => tx.$queryRaw<OutboxLag[]>`
        select waiting, retried, coalesce(extract(epoch from now() - oldest), 0)::float8 as seconds from outbox_lag()`,
    );
    return row ?? { waiting: 0, retried: 0, seconds: 0 };
  });
  metrics.gauge('housecall_outbox_facts', 'Facts that wait to be told, and those tried in vain.', async () => {
    const { waiting, retried } = await outbox();
    return { waiting, retried };
  });
  metrics.gauge(
    'housecall_outbox_lag_seconds',
    'How long the oldest fact has waited.',
    async () => (await outbox()).seconds,
  );
  metrics.gauge('housecall_meeting_deadline_lag_seconds', 'How overdue the most overdue meeting is.', async () => {
    const [row] = await withoutTenant_forNamedJob(
      prisma,
      'measure-lag',
      (tx) => tx.$queryRaw<{ seconds: number }[]>`
        select greatest(coalesce(extract(epoch from now() - next_meeting_deadline()), 0), 0)::float8 as seconds`,
    );
    return row?.seconds ?? 0;
  });
}

/** Who asks while an answer is on its way gets the same one. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | undefined;
  return () =>
    (pending ??= ask().finally(() => {
      pending = undefined;
    }));
}
