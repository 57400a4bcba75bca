/** Forgets conversations, and lines of the record of exchanges, whose time is over by their clinic's settings as they are now. */
import { defaultTerms } from '../../identity/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { Prisma } from '../../platform/db/client.ts';
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { HourlyKeeper } from '../../platform/jobs/hourly-keeper.ts';
import type { Logger } from '../../platform/logger.ts';

const batch = 500;

interface Deps {
  database: Database;
  logger: Logger;
  clock: Clock;
}

export interface ChatKeeper {
  /** Both look now and once an hour. */
  start(): void;
  /** Idempotent; waits for what is under way. */
  stop(): Promise<void>;
}

export function createChatKeeper({ database, logger, clock }: Deps): ChatKeeper {
  const { chatRetentionDays, chatRecordDays } = defaultTerms;
  const keeper = (statement: () => Prisma.Sql, trouble: string) =>
    new HourlyKeeper({
      forget: async () => {
        const rows = await withoutTenant_forNamedJob(database.prisma, 'forget-chats', (tx) =>
          tx.$queryRaw<{ gone: number }[]>(statement()),
        );
        return rows[0]?.gone ?? 0;
      },
      batch,
      trouble,
      logger,
    });
  const keepers = [
    keeper(
      () =>
        Prisma.sql`select forget_chats(${clock.now()}::timestamptz, ${chatRetentionDays}::int, ${batch}::int) as gone`,
      'conversations were not forgotten, trying again later',
    ),
    keeper(
      () =>
        Prisma.sql`select forget_exchanges(${clock.now()}::timestamptz, ${chatRecordDays}::int, ${batch}::int) as gone`,
      'the record of exchanges was not shortened, trying again later',
    ),
  ];
  return {
    start: () => keepers.forEach((one) => one.start()),
    stop: async () => void (await Promise.all(keepers.map((one) => one.stop()))),
  };
}
