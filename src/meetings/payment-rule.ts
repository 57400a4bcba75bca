/**
 * Whether a visit waits for its payment, where the clinic asks for it first. A guard in front of start and join; the machine
 * knows nothing of it. Read with the meeting, in the same statement: payments stand above meetings and are not asked.
 */
import { Prisma } from '../platform/db/client.ts';
import type { Draft } from './draft.ts';
import { statusOf } from './step.ts';

/** Whether something of the visit's price is still owed; false where the clinic (`settings`) does not ask for it. */
const isOwed = (settings: Prisma.Sql, meeting: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (${settings} @> '{"paymentBeforeJoin": true}' and exists (
    select from appointment priced
    where priced.tenant_id = ${meeting}.tenant_id and priced.id = ${meeting}.appointment_id and priced.price_minor > 0
      and not exists (
        select from payment paid
        where paid.tenant_id = priced.tenant_id and paid.appointment_id = priced.id and paid.status in ('paid', 'partly_refunded'))))`;

/** A column of `meetingLock`. */
export const isUnpaid = isOwed(Prisma.sql`t.settings`, Prisma.sql`m`);

/** For a meeting that is written without being read first: that it is still paid. Nothing where the clinic does not ask. */
export function stillPaid({ before }: Draft): Prisma.Sql {
  if (!before.clinic.paymentBeforeJoin || before.isUnpaid) return Prisma.empty;
  return Prisma.sql`and not ${isOwed(Prisma.sql`'{"paymentBeforeJoin": true}'::jsonb`, Prisma.sql`meeting`)}`;
}

/** Whether the visit must not begin yet. A doctor who comes back to one in progress is not asked. */
export function startsUnpaid({ before, stored }: Draft): boolean {
  return before.isUnpaid && statusOf(stored) === 'scheduled';
}

/** Whether its patient must not come in yet. Who has been in comes back. */
export function joinsUnpaid({ before, stored }: Draft): boolean {
  return before.isUnpaid && statusOf(stored) === 'active' && stored.context.seats.patient.seat === 0;
}
