/** Settles what the clock owes meetings: absences that ran out, visits nobody started, the longest duration. */
import { Prisma } from '../platform/db/client.ts';
import { type Due, DueKeeper } from '../platform/jobs/due-keeper.ts';
import { type MeetingDeps, settleMeeting } from './transact.ts';

export type DeadlineKeeper = DueKeeper<Due>;

export function createDeadlineKeeper(deps: MeetingDeps): DeadlineKeeper {
  return new DueKeeper(
    { ...deps, pool: deps.database.pool },
    {
      job: 'claim-deadlines',
      words: "a meeting's deadline",
      due: (now, max) => Prisma.sql`
        select tenant_id as "tenantId", meeting_id as id from due_meetings(${now}::timestamptz, ${max}::int)`,
      next: Prisma.sql`next_meeting_deadline()`,
      settle: ({ tenantId, id }) => settleMeeting(deps, tenantId, id),
    },
  );
}
