/** What a guest says, kept with the meeting like everybody's. */
import type { SeatRef } from '../../../signaling/meeting-gate.ts';
import type { ChatLine } from '../../../signaling/protocol/index.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { keepLine } from '../chat.ts';
import type { MeetingDeps } from '../transact.ts';
import { isOver, lockGuestOf } from './rows.ts';

/** As `say` for the two: MEETING_ENDED after the end, NOT_JOINED from a seat that is not held any more. */
export function sayAsGuest(
  deps: MeetingDeps,
  db: TenantDb,
  seat: SeatRef,
  line: { text: string; clientId: string },
): Promise<ChatLine> {
  return db.run(async (tx) => {
    const guest = await lockGuestOf(tx, db, { meetingId: seat.meetingId, id: seat.participantId });
    if (isOver(guest)) throw new AppError('MEETING_ENDED');
    if (guest.nodeId === null || guest.seat !== seat.seat) throw new AppError('NOT_JOINED');
    return keepLine(deps, tx, seat, line);
  });
}
