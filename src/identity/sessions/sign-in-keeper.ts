/** Forgets what no sign-in needs any more. */
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { HourlyKeeper } from '../../platform/jobs/hourly-keeper.ts';
import type { Logger } from '../../platform/logger.ts';

/** How long a sign-in is kept after its last use, for whoever looks into a break-in. */
const keptDays = 90;

export function createSignInKeeper({ database, logger }: { database: Database; logger: Logger }): HourlyKeeper {
  const forget = async () => {
    const rows = await withoutTenant_forNamedJob(
      database.prisma,
      'forget-sign-ins',
      (tx) => tx.$queryRaw<{ gone: number }[]>`select forget_sign_ins(${keptDays}::int) as gone`,
    );
    return rows[0]?.gone ?? 0;
  };
  return new HourlyKeeper({ forget, trouble: 'old sign-ins were not forgotten, trying again later', logger });
}
