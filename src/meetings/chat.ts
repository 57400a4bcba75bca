/** In-call chat, kept with the meeting. */
import type { OwnSeat, SeatRef } from '../../signaling/meeting-gate.ts';
import { type ChatLine, ParticipantId } from '../../signaling/protocol/index.ts';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { TenantDb, Tx } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { StoredMeeting } from './step.ts';
import type { MeetingDeps } from './transact.ts';

/** What somebody says. */
interface Said {
  text: string;
  /** Made by the client. */
  clientId: string;
}

/**
 * Keeps a line; the same `clientId` of the same participant again gives the first one back.
 * MEETING_ENDED after the end, NOT_JOINED from a seat that is not held any more.
 */
export function say({ clock }: MeetingDeps, db: TenantDb, seat: OwnSeat, said: Said): Promise<ChatLine> {
  const { tenantId, meetingId, role } = seat;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const read: Reads<KeptLine & { patientId: string; snapshot: unknown }> = Prisma.sql`
    select line.*, m.patient_id as "patientId", m.snapshot
    from meeting m cross join lateral (${lineOf(seat, said)}) line
    where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid`;
  return db.decide(
    read,
    ([row]) => {
      if (!row) throw new AppError('MEETING_NOT_FOUND');
      db.about({ patientIds: [row.patientId] });
      const { value, context } = StoredMeeting.parse(row.snapshot);
      if (value === 'ended') throw new AppError('MEETING_ENDED');
      const held =
        typeof value !== 'string' && value.active[role] === 'present' && context.seats[role].seat === seat.seat;
      if (!held) throw new AppError('NOT_JOINED');
      return { writes: [], answer: toLine(seat, said, row) };
    },
    // Written first, in the same round trip, and undone when it was not to be said. Of two that race, one waits for the other.
    { ahead: [insertOf(seat, said, clock.now())] },
  );
}

/** Keeps it once, whoever of the meeting says it. */
export async function keepLine({ clock }: MeetingDeps, tx: Tx, seat: SeatRef, said: Said): Promise<ChatLine> {
  await tx.$executeRaw(insertOf(seat, said, clock.now()));
  const [kept] = await tx.$queryRaw<KeptLine[]>(lineOf(seat, said));
  if (!kept) throw new AppError('MEETING_NOT_FOUND');
  return toLine(seat, said, kept);
}

interface KeptLine {
  id: string;
  text: string;
  sentAt: Date;
}

function insertOf(
  { tenantId, meetingId, participantId, role }: SeatRef,
  { clientId, text }: Said,
  at: Date,
): Prisma.Sql {
  return Prisma.sql`
    insert into meeting_chat_line (id, tenant_id, meeting_id, from_id, from_role, client_id, text, sent_at)
    select ${newId()}::uuid, m.tenant_id, m.id, ${participantId}::uuid, ${role}::text, ${clientId}::text, ${text}::text,
      ${at}::timestamptz
    from meeting m where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid
    on conflict (tenant_id, meeting_id, from_id, client_id) do nothing`;
}

function lineOf({ tenantId, meetingId, participantId }: SeatRef, { clientId }: Said): Prisma.Sql {
  return Prisma.sql`
    select l.id, l.text, l.sent_at as "sentAt" from meeting_chat_line l
    where l.tenant_id = ${tenantId}::uuid and l.meeting_id = ${meetingId}::uuid and l.from_id = ${participantId}::uuid
      and l.client_id = ${clientId}::text`;
}

function toLine({ participantId }: SeatRef, { clientId }: Said, { id, text, sentAt }: KeptLine): ChatLine {
  return { id, from: ParticipantId.parse(participantId), text, clientId, sentAt: sentAt.toISOString() };
}
