/** In-call chat, kept with the meeting. */
import type { OwnSeat, SeatRef } from '../../signaling/meeting-gate.ts';
import { type ChatLine, ParticipantId } from '../../signaling/protocol/index.ts';
import type { TenantDb, Tx } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { StoredMeeting } from './step.ts';
import type { MeetingDeps } from './transact.ts';

/**
 * Keeps a line; the same `clientId` of the same participant again gives the first one back.
 * MEETING_ENDED after the end, NOT_JOINED from a seat that is not held any more.
 */
export function say(
  deps: MeetingDeps,
  db: TenantDb,
  seat: OwnSeat,
  line: { text: string; clientId: string },
): Promise<ChatLine> {
  const { tenantId, meetingId, role } = seat;
  return db.run(async (tx) => {
    db.about({ entity: { type: 'Meeting', id: meetingId } });
    const meeting = await tx.meeting.findFirst({
      where: { tenantId, id: meetingId },
      select: { patientId: true, snapshot: true },
    });
    if (!meeting) throw new AppError('MEETING_NOT_FOUND');
    db.about({ patientIds: [meeting.patientId] });
    const { value, context } = StoredMeeting.parse(meeting.snapshot);
    if (value === 'ended') throw new AppError('MEETING_ENDED');
    const held =
      typeof value !== 'string' && value.active[role] === 'present' && context.seats[role].seat === seat.seat;
    if (!held) throw new AppError('NOT_JOINED');
    return keepLine(deps, tx, seat, line);
  });
}

/** Keeps it once, whoever of the meeting says it. */
export async function keepLine(
  { clock }: MeetingDeps,
  tx: Tx,
  { tenantId, meetingId, role: fromRole, participantId: fromId }: SeatRef,
  { clientId, text }: { text: string; clientId: string },
): Promise<ChatLine> {
  await tx.meetingChatLine.createMany({
    data: [{ id: newId(), tenantId, meetingId, fromId, fromRole, clientId, text, sentAt: clock.now() }],
    skipDuplicates: true,
  });
  const kept = await tx.meetingChatLine.findFirstOrThrow({ where: { tenantId, meetingId, fromId, clientId } });
  return {
    id: kept.id,
    from: ParticipantId.parse(fromId),
    text: kept.text,
    clientId,
    sentAt: kept.sentAt.toISOString(),
  };
}
