/** What is written between a waiting patient and the clinic: kept with the meeting, with until when each side has read. */

import type { Hearers } from '../../../signaling/meeting-gate.ts';
import type { WaitingLine, WaitingRead, WaitingSide } from '../../../signaling/protocol/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { MeetingDeps } from '../transact.ts';
import { sideOf, tooLate } from './policy.ts';
import { keepWaiting, type WaitedFor, waitedForColumns } from './rows.ts';

const newest = 200;

interface StoredLine {
  id: string;
  from: WaitingSide;
  clientId: string;
  text: string;
  /** From JSON, so with an offset. */
  sentAt: string;
}

interface Conversation extends WaitedFor {
  patientReadAt: Date | null;
  clinicReadAt: Date | null;
  lines: StoredLine[];
}

/** The meeting with those of its lines that `which` leaves. */
function conversation(tenantId: string, meetingId: string, which: Prisma.Sql): Reads<Conversation> {
  return Prisma.sql`
    select ${waitedForColumns}, w.patient_read_at as "patientReadAt", w.clinic_read_at as "clinicReadAt",
      (select coalesce(json_agg(json_build_object('id', l.id, 'from', l.from_role, 'clientId', l.client_id, 'text', l.text,
          'sentAt', l.sent_at) order by l.id), '[]'::json)
       from (select * from waiting_line l
             where l.tenant_id = m.tenant_id and l.meeting_id = m.id ${which} order by l.id desc limit ${newest}::int) l) as "lines"
    from meeting m left join waiting w on w.tenant_id = m.tenant_id and w.meeting_id = m.id
    where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid`;
}

/** Names whose conversation it is, and gives the actor's side of it. MEETING_NOT_FOUND, NOT_ASSIGNED. */
function enter(
  db: TenantDb,
  actor: Actor,
  found: Conversation | undefined,
): { meeting: Conversation; side: WaitingSide } {
  if (!found) throw new AppError('MEETING_NOT_FOUND');
  const side = sideOf(actor, found);
  if (side === null) throw new AppError('NOT_ASSIGNED');
  db.about({ patientIds: [found.patientId] });
  return { meeting: found, side };
}

const idOf = (actor: Actor, { doctorId, patientId }: Hearers, side: WaitingSide): string =>
  ({ doctor: doctorId, patient: patientId, staff: actor.userId })[side];

/**
 * Keeps a line; the same `clientId` of the same person again gives the first one back. Who writes has read what was written
 * before. Only before the meeting begins: MEETING_ACTIVE, MEETING_ENDED, MEETING_CANCELLED afterwards.
 */
export function sayWaiting(
  { clock }: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  { meetingId, clientId, text }: { meetingId: string; clientId: string; text: string },
): Promise<Hearers & { line: WaitingLine }> {
  const { tenantId } = db;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const same = Prisma.sql`and l.client_id = ${clientId}`;
  return db.decide(conversation(tenantId, meetingId, same), ([found]) => {
    const { meeting, side } = enter(db, actor, found);
    const hearers = { doctorId: meeting.doctorId, patientId: meeting.patientId };
    const [first] = meeting.lines.filter(({ from }) => from === side);
    if (first) return { writes: [], answer: { ...hearers, line: lineOf(meetingId, first) } };
    const refusal = tooLate(meeting);
    if (refusal) throw new AppError(refusal);
    const [id, sentAt] = [newId(), clock.now()];
    const write = Prisma.sql`
      insert into waiting_line (id, tenant_id, meeting_id, from_role, from_id, client_id, text, sent_at)
      values (${id}::uuid, ${tenantId}::uuid, ${meetingId}::uuid, ${side}, ${idOf(actor, hearers, side)}::uuid,
        ${clientId}, ${text}, ${sentAt}::timestamptz)
      on conflict do nothing`;
    const line = { id, from: side, clientId, text, sentAt: sentAt.toISOString() };
    return {
      writes: [write, markRead(tenantId, meetingId, side, sentAt)],
      answer: { ...hearers, line: lineOf(meetingId, line) },
    };
  });
}

/** The newest lines, oldest first. */
export function linesOf(
  db: TenantDb,
  actor: Actor,
  meetingId: string,
): Promise<{ lines: WaitingLine[]; read: WaitingRead }> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.decide(conversation(db.tenantId, meetingId, Prisma.empty), ([found]) => {
    const { meeting } = enter(db, actor, found);
    return {
      writes: [],
      answer: { lines: meeting.lines.map((line) => lineOf(meetingId, line)), read: readOf(meeting) },
    };
  });
}

/** The actor's side has read everything up to a line. An unknown one changes nothing; an older one than before neither. */
export function readLines(
  db: TenantDb,
  actor: Actor,
  { meetingId, lineId }: { meetingId: string; lineId: string },
): Promise<Hearers & { read: WaitingRead }> {
  const { tenantId } = db;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const that = Prisma.sql`and l.id = ${lineId}::uuid`;
  return db.decide(conversation(tenantId, meetingId, that), ([found]) => {
    const { meeting, side } = enter(db, actor, found);
    const [line] = meeting.lines;
    const until = line && new Date(line.sentAt);
    const own = side === 'patient' ? meeting.patientReadAt : meeting.clinicReadAt;
    const isNews = until !== undefined && (own === null || own < until);
    const { doctorId, patientId } = meeting;
    const after = isNews ? { ...meeting, [side === 'patient' ? 'patientReadAt' : 'clinicReadAt']: until } : meeting;
    return {
      writes: isNews ? [markRead(tenantId, meetingId, side, until)] : [],
      answer: { doctorId, patientId, read: readOf(after) },
    };
  });
}

function markRead(tenantId: string, meetingId: string, side: WaitingSide, until: Date): Prisma.Sql {
  const column = side === 'patient' ? 'patient_read_at' : 'clinic_read_at';
  return keepWaiting(tenantId, meetingId, [[column, Prisma.sql`${until}::timestamptz`]]);
}

function readOf({ patientReadAt, clinicReadAt }: Conversation): WaitingRead {
  return { patient: patientReadAt?.toISOString() ?? null, clinic: clinicReadAt?.toISOString() ?? null };
}

function lineOf(meetingId: string, { id, from, text, clientId, sentAt }: StoredLine): WaitingLine {
  return { id, meetingId, from, text, clientId, sentAt: new Date(sentAt).toISOString() };
}
