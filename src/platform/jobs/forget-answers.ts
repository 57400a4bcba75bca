/** Forgets answers that are kept for repeats once their day is over. */
import { type Database, withoutTenant_forNamedJob } from '../db/scope.ts';
import type { Logger } from '../logger.ts';
import { HourlyKeeper } from './hourly-keeper.ts';

const batch = 1_000;

export function createAnswerKeeper({ database, logger }: { database: Database; logger: Logger }): HourlyKeeper {
  const forget = async () => {
    const rows = await withoutTenant_forNamedJob(
      database.prisma,
      'forget-answers',
      (tx) => tx.$queryRaw<{ gone: number }[]>`select idempotency_forget(${batch}::int) as gone`,
    );
    return rows[0]?.gone ?? 0;
  };
  return new HourlyKeeper({ forget, batch, trouble: 'kept answers were not forgotten, trying again later', logger });
}
