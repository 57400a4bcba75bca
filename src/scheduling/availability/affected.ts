/** What a change of hours does to what is booked: nothing, but somebody should know. */
import type { Tx } from '../../platform/db/scope.ts';
import { readSchedules, type ScheduleRow, schedulesSql } from '../slots/load.ts';
import type { Schedule } from '../slots/model.ts';
import { calendarOf, closedFor, periodsOf } from '../slots/periods.ts';
import { dayMs } from '../slots/zone-clock.ts';
import type { Affected, AffectedVisit } from './schema.ts';

/** Whose hours change, and when; everybody's with null. */
export interface Change {
  practitionerId: string | null;
  /** Epoch milliseconds; visits that start outside of it are not looked at. */
  from: number;
  to: number;
}

const mostTold = 200;

interface Booked {
  appointmentId: string;
  practitionerId: string;
  locationId: string | null;
  modality: AffectedVisit['modality'];
  startsAt: Date;
  endsAt: Date;
}

/** Does the work, and tells which booked visits lay within hours before it and do not any more. */
export async function withAffected<T>(
  tx: Tx,
  tenantId: string,
  change: Change,
  work: () => Promise<T>,
): Promise<Affected & { result: T }> {
  const booked = await bookedIn(tx, tenantId, change);
  const before = await coverageOf(tx, tenantId, booked);
  const result = await work();
  const after = await coverageOf(tx, tenantId, booked);
  const lost = booked.filter((visit) => before(visit) && !after(visit));
  return { result, affected: lost.slice(0, mostTold).map(toView), affectedCount: lost.length };
}

function bookedIn(tx: Tx, tenantId: string, { practitionerId, from, to }: Change): Promise<Booked[]> {
  return tx.$queryRaw<Booked[]>`
    select appointment_id as "appointmentId", practitioner_id as "practitionerId", location_id as "locationId",
      modality::text as modality, starts_at as "startsAt", ends_at as "endsAt"
    from busy_time
    where tenant_id = ${tenantId}::uuid and appointment_id is not null
      and (${practitionerId}::uuid is null or practitioner_id = ${practitionerId}::uuid)
      and starts_at >= ${new Date(from).toISOString()}::timestamptz and starts_at < ${new Date(to).toISOString()}::timestamptz
    order by starts_at, appointment_id`;
}

/** Whether hours cover a visit, by the hours as they are now. */
async function coverageOf(tx: Tx, tenantId: string, booked: readonly Booked[]): Promise<(visit: Booked) => boolean> {
  const [first, last] = [booked[0], booked.at(-1)];
  if (!first || !last) return () => false;
  const window = { from: first.startsAt.getTime(), to: last.startsAt.getTime() + dayMs, now: 0 };
  const whose = { practitionerIds: [...new Set(booked.map(({ practitionerId }) => practitionerId))] };
  const [row] = await tx.$queryRaw<ScheduleRow[]>(schedulesSql({ tenantId, serviceId: null, whose, ...window }));
  if (!row) return () => false;
  const covers = new Map(readSchedules(row).schedules.map((one) => [one.practitionerId, coverage(one, window)]));
  return (visit) => covers.get(visit.practitionerId)?.(visit) ?? false;
}

function coverage(schedule: Schedule, window: { from: number; to: number }): (visit: Booked) => boolean {
  const calendar = calendarOf(window);
  const periods = [...periodsOf(schedule, window, calendar)];
  return ({ startsAt, endsAt, locationId, modality }) => {
    const [from, until] = [startsAt.getTime(), endsAt.getTime()];
    return periods.some(
      ({ hours, opens, closes }) =>
        opens <= from &&
        until <= closes &&
        // A video visit is at no place, wherever its doctor works in these hours.
        (modality === 'video' || hours.locationId === locationId) &&
        (hours.modality === 'both' || hours.modality === modality) &&
        !closedFor(schedule, hours, calendar).some((closed) => closed.from < until && closed.until > from),
    );
  };
}

function toView({ startsAt, endsAt, ...visit }: Booked): AffectedVisit {
  return { ...visit, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}
