/** Forgets conversations whose time is over. */
import type { Clock } from '../../platform/clock.ts';
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { HourlyKeeper } from '../../platform/jobs/hourly-keeper.ts';
import type { Logger } from '../../platform/logger.ts';

const batch = 500;

interface Deps {
  database: Database;
  logger: Logger;
  clock: Clock;
}

export function createChatKeeper({ database, logger, clock }: Deps): HourlyKeeper {
  const forget = async () => {
    const rows = await withoutTenant_forNamedJob(
      database.prisma,
      'forget-chats',
      (tx) => tx.$queryRaw<{ gone: number }[]>`select forget_chats(${clock.now()}::timestamptz, ${batch}::int) as gone`,
    );
    return rows[0]?.gone ?? 0;
  };
  return new HourlyKeeper({ forget, batch, trouble: 'conversations were not forgotten, trying again later', logger });
}
