/** Writes a draft: row, timeline and outbox in one statement, because a start or a join waits for it. */
import type { MeetingChanged } from '../../signaling/meeting-gate.ts';
import { Prisma } from '../platform/db/client.ts';
import { newId } from '../platform/ids.ts';
import type { NewMeetingRow } from './create.ts';
import { type Draft, drafted, effectsOf, missingOf } from './draft.ts';
import { stillPaid } from './payment-rule.ts';
import { attendanceOf, type MeetingRow, toMeeting } from './rows.ts';
import type { StoredMeeting } from './step.ts';

/** The outbox topic of `MeetingChanged`; its key is the meeting's id. */
export const meetingChanged = 'meeting.changed';

/** What there is to write; nothing when the draft is as it was opened. */
export function writesOf(draft: Draft): Prisma.Sql[] {
  if (draft.changed) return [changeWith(draft, Prisma.empty, Prisma.empty)];
  const entries = draft.entries.length > 0;
  return [
    ...(entries ? [Prisma.sql`insert into meeting_event ${entryColumns} values ${entriesOf(draft)}`] : []),
    ...deadlineOf(draft),
  ];
}

/**
 * The same for a draft of a row that is not locked: no row at all when the meeting, its people's names or the clinic's
 * settings are not as the draft took them to be. `beside` as in `TenantDb.writeIf`.
 */
export function writeIfUnchanged(draft: Draft, beside: Prisma.Sql): Prisma.Sql {
  const { version, doctorId, doctorName, patientId, patientName, settings } = draft.before;
  return changeWith(
    draft,
    Prisma.sql`
      and version = ${version}::int
      and exists (select from tenant t where t.id = meeting.tenant_id and t.settings = ${JSON.stringify(settings)}::jsonb)
      and exists (
        select from practitioner d
        where d.tenant_id = meeting.tenant_id and d.id = ${doctorId}::uuid and d.name = ${doctorName})
      and exists (
        select from patient p
        where p.tenant_id = meeting.tenant_id and p.id = ${patientId}::uuid and p.name = ${patientName})
      ${stillPaid(draft)}`,
    beside,
  );
}

function changeWith(draft: Draft, condition: Prisma.Sql, beside: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    with changed as (${updateOf(draft)} ${condition} returning id),
    told as (insert into outbox ${factOf(changeOfDraft(draft))} from changed)
    ${beside}
    insert into meeting_event ${entryColumns} select entry.* from changed, (values ${entriesOf(draft)}) as entry`;
}

function updateOf(draft: Draft): Prisma.Sql {
  const { before, stored, cancelReason } = draft;
  const row = drafted(draft);
  const { doctor, patient } = stored.context.seats;
  return Prisma.sql`
    update meeting set
      status = ${row.status}::meeting_status,
      scheduled_at = ${row.scheduledAt}::timestamptz,
      started_at = ${row.startedAt}::timestamptz,
      ended_at = ${row.endedAt}::timestamptz,
      duration_seconds = ${row.durationSeconds}::int,
      end_reason = ${row.endReason}::meeting_end_reason,
      cancel_reason = ${cancelReason}::text,
      reconnect_deadline = ${row.reconnectDeadline}::timestamptz,
      next_deadline_at = ${row.nextDeadlineAt}::timestamptz,
      doctor_node_id = ${doctor.nodeId}::uuid,
      patient_node_id = ${patient.nodeId}::uuid,
      waiting_since = ${row.waitingSince}::timestamptz,
      consent = ${row.consent}::text,
      consent_at = ${row.consentAt}::timestamptz,
      snapshot = ${JSON.stringify(stored)}::jsonb,
      version = ${row.version}::int,
      updated_at = now()
    where tenant_id = ${before.tenantId}::uuid and id = ${before.id}::uuid`;
}

/** A new meeting and the fact that it is there, in one statement. */
export function insertWithFact(row: NewMeetingRow, told: MeetingRow): Prisma.Sql {
  return Prisma.sql`
    with told as (insert into outbox ${factOf(changeOf(row.tenantId, told, row.snapshot, []))})
    insert into meeting (id, tenant_id, doctor_id, patient_id, appointment_id, reason, scheduled_at, next_deadline_at,
      consent, consent_at, snapshot, version, created_at)
    values (${row.id}::uuid, ${row.tenantId}::uuid, ${row.doctorId}::uuid, ${row.patientId}::uuid,
      ${row.appointmentId}::uuid, ${row.reason}::text, ${row.scheduledAt}::timestamptz, ${row.nextDeadlineAt}::timestamptz,
      ${row.consent}::text, ${row.consentAt}::timestamptz, ${JSON.stringify(row.snapshot)}::jsonb, ${told.version}::int, ${told.createdAt}::timestamptz)`;
}

function factOf(change: MeetingChanged): Prisma.Sql {
  const { tenantId, meeting } = change;
  return Prisma.sql`
    (id, tenant_id, topic, key, payload)
    select ${newId()}::uuid, ${tenantId}::uuid, ${meetingChanged}, ${meeting.id}::uuid, ${JSON.stringify(change)}::jsonb`;
}

const entryColumns = Prisma.sql`(tenant_id, meeting_id, id, type, actor_role, actor_id, at, node_id, detail)`;

function entriesOf({ before, entries }: Draft): Prisma.Sql {
  const rows = entries.map(
    ({ id, type, actorRole, actorId, at, nodeId, detail }) => Prisma.sql`
      (${before.tenantId}::uuid, ${before.id}::uuid, ${id}::uuid, ${type}, ${actorRole}, ${actorId}::uuid,
        ${at}::timestamptz, ${nodeId}::uuid, ${JSON.stringify(detail)}::jsonb)`,
  );
  return Prisma.join(rows);
}

/** The clinic's settings moved what the clock owes: nothing that callers see. */
function deadlineOf(draft: Draft): Prisma.Sql[] {
  const { nextDeadlineAt } = drafted(draft);
  if (nextDeadlineAt?.getTime() === draft.before.nextDeadlineAt?.getTime()) return [];
  const { tenantId, id } = draft.before;
  return [
    Prisma.sql`
      update meeting set next_deadline_at = ${nextDeadlineAt}::timestamptz
      where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`,
  ];
}

function changeOfDraft(draft: Draft): MeetingChanged {
  const missing = missingOf(draft);
  const { cancelledBy } = draft.stored.context;
  return {
    ...changeOf(draft.before.tenantId, drafted(draft), draft.stored, effectsOf(draft)),
    ...(missing !== null && { missing }),
    ...(cancelledBy !== null && { cancelledBy }),
  };
}

/** The fact that a meeting is now as `row` says. */
export function changeOf(
  tenantId: string,
  row: MeetingRow,
  stored: StoredMeeting,
  effects: MeetingChanged['effects'],
): MeetingChanged {
  const attendance = attendanceOf(row, stored).map((one) => ({
    ...one,
    deadline: one.deadline?.toISOString() ?? null,
  }));
  return { tenantId, meeting: toMeeting(row), attendance, effects };
}
