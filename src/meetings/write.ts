/** Writes a draft: row, timeline and outbox in one statement, because a start or a join waits for it. */
import type { MeetingChanged } from '../../signaling/meeting-gate.ts';
import { Prisma } from '../platform/db/client.ts';
import { newId } from '../platform/ids.ts';
import { type Draft, drafted, effectsOf } from './draft.ts';
import { attendanceOf, type MeetingRow, toMeeting } from './rows.ts';
import type { StoredMeeting } from './step.ts';

/** The outbox topic of `MeetingChanged`; its key is the meeting's id. */
export const meetingChanged = 'meeting.changed';

/** What there is to write; nothing when the draft is as it was opened. */
export function writesOf(draft: Draft): Prisma.Sql[] {
  if (draft.changed) {
    return [
      Prisma.sql`with changed as (${updateOf(draft)}), told as (${factOf(draft)})
      ${entriesOf(draft)}`,
    ];
  }
  return [...(draft.entries.length > 0 ? [entriesOf(draft)] : []), ...deadlineOf(draft)];
}

function updateOf(draft: Draft): Prisma.Sql {
  const { before, stored, cancelReason } = draft;
  const row = drafted(draft);
  const { doctor, patient } = stored.context.seats;
  return Prisma.sql`
    update meeting set
      status = ${row.status}::meeting_status,
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
      snapshot = ${JSON.stringify(stored)}::jsonb,
      version = ${row.version}::int,
      updated_at = now()
    where tenant_id = ${before.tenantId}::uuid and id = ${before.id}::uuid`;
}

function factOf(draft: Draft): Prisma.Sql {
  return factInsert(changeOf(draft.before.tenantId, drafted(draft), draft.stored, effectsOf(draft)));
}

/** Appends the fact to the outbox. */
export function factInsert(change: MeetingChanged): Prisma.Sql {
  const { tenantId, meeting } = change;
  return Prisma.sql`
    insert into outbox (id, tenant_id, topic, key, payload)
    values (${newId()}::uuid, ${tenantId}::uuid, ${meetingChanged}, ${meeting.id}::uuid, ${JSON.stringify(change)}::jsonb)`;
}

function entriesOf({ before, entries }: Draft): Prisma.Sql {
  const rows = entries.map(
    ({ id, type, actorRole, actorId, at, nodeId, detail }) => Prisma.sql`
      (${before.tenantId}::uuid, ${before.id}::uuid, ${id}::uuid, ${type}, ${actorRole}, ${actorId}::uuid,
        ${at}::timestamptz, ${nodeId}::uuid, ${JSON.stringify(detail)}::jsonb)`,
  );
  return Prisma.sql`
    insert into meeting_event (tenant_id, meeting_id, id, type, actor_role, actor_id, at, node_id, detail)
    values ${Prisma.join(rows)}`;
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
