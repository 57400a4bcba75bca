/** Writes appointments: row, timeline and reminders in one statement. */
import { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';
import type { PlannedReminder } from './reminders.ts';
import type { AppointmentRow } from './rows.ts';
import type { AppointmentEntry, Canceller, EventDetail } from './schema.ts';
import { closeAtOf } from './windows.ts';

/** What the timeline keeps of a change. */
export interface Entry {
  type: AppointmentEntry['type'];
  role: Canceller;
  /** The account or the key; null for the clock. */
  actorId: string | null;
  at: Date;
  detail: EventDetail;
}

export interface NewRow extends Omit<AppointmentRow, 'meetingId'> {
  lane: number;
  createdById: string;
}

/** Fails with what turns.ts reads as SLOT_TAKEN when the time overlaps another appointment. */
export function insertAppointment(
  tenantId: string,
  row: NewRow,
  { entry, reminders }: { entry: Entry; reminders: readonly PlannedReminder[] },
): Prisma.Sql {
  return Prisma.sql`
    with told as (${entryOf(tenantId, row.id, entry)}),
    reminded as (${remindersInto(tenantId, row.id, reminders)})
    insert into appointment (id, tenant_id, practitioner_id, patient_id, service_id, location_id, room_id, modality,
      starts_at, ends_at, busy_from, busy_until, lane, status, hold_until, reason, price_minor, currency, series_id,
      waitlist_entry_id, created_by_id, created_at, version, close_at)
    values (${row.id}::uuid, ${tenantId}::uuid, ${row.practitionerId}::uuid, ${row.patientId}::uuid, ${row.serviceId}::uuid,
      ${row.locationId}::uuid, ${row.roomId}::uuid, ${row.modality}::visit_modality,
      ${row.startsAt}::timestamptz, ${row.endsAt}::timestamptz, ${row.busyFrom}::timestamptz, ${row.busyUntil}::timestamptz,
      ${row.lane}::smallint, ${row.status}::appointment_status, ${row.holdUntil}::timestamptz, ${row.reason}::text,
      ${row.priceMinor}::int, ${row.currency}::text, ${row.seriesId}::uuid, ${row.waitlistEntryId}::uuid,
      ${row.createdById}::uuid, ${row.createdAt}::timestamptz, ${row.version}::int, ${closeAtOf(row)}::timestamptz)`;
}

/** What may change in a row, with the version raised. */
export async function updateAppointment(
  tx: Tx,
  tenantId: string,
  row: AppointmentRow & { lane?: number },
  { entry, reminders }: { entry: Entry; reminders: readonly PlannedReminder[] },
): Promise<void> {
  const offsets = reminders.map(({ minutesBefore }) => minutesBefore);
  await tx.$executeRaw(Prisma.sql`
    with told as (${entryOf(tenantId, row.id, entry)}),
    given_up as (
      update appointment_reminder set state = 'cancelled', updated_at = now()
      where tenant_id = ${tenantId}::uuid and appointment_id = ${row.id}::uuid and state = 'pending'
        and minutes_before <> all (${offsets}::int[])
    ),
    reminded as (${remindersInto(tenantId, row.id, reminders)})
    update appointment set
      status = ${row.status}::appointment_status,
      location_id = ${row.locationId}::uuid, room_id = ${row.roomId}::uuid,
      starts_at = ${row.startsAt}::timestamptz, ends_at = ${row.endsAt}::timestamptz,
      busy_from = ${row.busyFrom}::timestamptz, busy_until = ${row.busyUntil}::timestamptz,
      lane = coalesce(${row.lane ?? null}::smallint, lane),
      hold_until = ${row.holdUntil}::timestamptz, close_at = ${closeAtOf(row)}::timestamptz,
      cancel_code = ${row.cancelCode}::text, cancel_reason = ${row.cancelReason}::text,
      cancelled_by = ${row.cancelledBy}::text, cancelled_late = ${row.cancelledLate}::boolean,
      no_show_side = ${row.noShowSide}::no_show_side,
      sequence = ${row.sequence}::int, version = ${row.version}::int, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${row.id}::uuid`);
}

/** The entry alone, for a change that writes its row itself. */
export function entryOf(
  tenantId: string,
  appointmentId: string,
  { type, role, actorId, at, detail }: Entry,
): Prisma.Sql {
  return Prisma.sql`
    insert into appointment_event (id, tenant_id, appointment_id, type, actor_role, actor_id, at, detail)
    values (${newId()}::uuid, ${tenantId}::uuid, ${appointmentId}::uuid, ${type}, ${role}, ${actorId}::uuid,
      ${at}::timestamptz, ${JSON.stringify(detail)}::jsonb)`;
}

/** One for each offset; one that has been sent is sent again only for another time. */
function remindersInto(tenantId: string, appointmentId: string, reminders: readonly PlannedReminder[]): Prisma.Sql {
  const ids = reminders.map(() => newId());
  const offsets = reminders.map(({ minutesBefore }) => minutesBefore);
  const times = reminders.map(({ dueAt }) => dueAt.toISOString());
  return Prisma.sql`
    insert into appointment_reminder (id, tenant_id, appointment_id, minutes_before, due_at)
    select id, ${tenantId}::uuid, ${appointmentId}::uuid, minutes, due
    from unnest(${ids}::uuid[], ${offsets}::int[], ${times}::timestamptz[]) as planned (id, minutes, due)
    on conflict (tenant_id, appointment_id, minutes_before) do update
    set due_at = excluded.due_at, state = 'pending', updated_at = now()
    where appointment_reminder.due_at <> excluded.due_at`;
}
