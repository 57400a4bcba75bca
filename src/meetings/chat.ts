/** In-call chat, kept with the meeting. */
import type { SeatRef } from '../../signaling/meeting-gate.ts';
import { type ChatLine, ParticipantId } from '../../signaling/protocol/index.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { StoredMeeting } from './step.ts';
import type { MeetingDeps } from './transact.ts';

/**
 * Keeps a line; the same `clientId` of the same participant again gives the first one back.
 * MEETING_ENDED after the end, NOT_JOINED from a seat that is not held any more.
 */
export async function say(
  deps: MeetingDeps,
  db: TenantDb,
  seat: SeatRef,
  line: { text: string; clientId: string },
): Promise<ChatLine> {
  const { tenantId, meetingId, role, participantId: fromId } = seat;
  const { clientId, text } = line;
  const kept = await db.run(async (tx) => {
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
    const sentAt = deps.clock.now();
    await tx.meetingChatLine.createMany({
      data: [{ id: newId(), tenantId, meetingId, fromId, fromRole: role, clientId, text, sentAt }],
      skipDuplicates: true,
    });
    return tx.meetingChatLine.findFirstOrThrow({ where: { tenantId, meetingId, fromId, clientId } });
  });
  return {
    id: kept.id,
    from: ParticipantId.parse(fromId),
    text: kept.text,
    clientId,
    sentAt: kept.sentAt.toISOString(),
  };
}
