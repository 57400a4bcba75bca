/** A room is somewhere else from now on: the session in it follows, keeps its seat, and builds its media anew. */
import { AppError } from '../../src/platform/errors.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { MeetingGate } from '../meeting-gate.ts';
import type { SendingState } from '../protocol/index.ts';
import type { Registry } from '../rooms/registry.ts';
import type { Seating, Session } from '../rooms/session.ts';
import type { RoomDoor } from '../rooms/sitter.ts';
import { RemoteRoom } from './remote-room.ts';

export interface FollowDeps {
  registry: Registry;
  gate: Pick<MeetingGate, 'drop'>;
  logger: Logger;
  nodeId(): string;
}

/** Harmless when the session is not (any more) in that room; its calls wait meanwhile. Never rejects. */
export function follow(deps: FollowDeps, session: Session, from: RoomDoor): Promise<void> {
  const following = goAfter(deps, session, from);
  if (session.seating?.room === from) session.isMoving(following);
  return following;
}

async function goAfter(deps: FollowDeps, session: Session, from: RoomDoor): Promise<void> {
  const { tenantId, meetingId } = from;
  try {
    await deps.registry.exclusive(tenantId, meetingId, async () => {
      const { seating } = session;
      if (!seating || seating.room !== from || !session.isConnected) return;
      try {
        await change(deps, session, seating);
      } catch (error) {
        if (error instanceof AppError && error.code === 'NOT_JOINED') return sitsElsewhere(session, seating);
        deps.logger.warn({ err: error, meetingId }, 'a room was not found again: its participant has to come back');
        await release(deps, session, seating);
      }
    });
  } catch (error) {
    deps.logger.error({ err: error, meetingId }, 'a seat was not settled');
  }
}

async function change(deps: FollowDeps, session: Session, { room: from, seat, admission }: Seating): Promise<void> {
  const { registry } = deps;
  const sending = await leave(registry, session, from, seat.participantId);
  const room = await registry.reach(seat.tenantId, seat.meetingId);
  await room.seat(session, admission);
  if (!session.isConnected) {
    // Its loss found it between two rooms.
    await registry.leave(session, room);
    await deps.gate.drop(seat, session.cause, deps.nodeId());
    return;
  }
  await room.setSending(seat, sending);
  // Between the browsers nothing has changed.
  if (room.media.kind === 'p2p') return;
  const { participantId } = seat;
  session.socket.emit('media:reset', {
    media: room.media.describe(participantId),
    iceServers: room.iceServers(participantId),
  });
}

/** What the participant was sending is known here alone. */
async function leave(
  registry: Registry,
  session: Session,
  from: RoomDoor,
  participantId: string,
): Promise<SendingState> {
  if (from instanceof RemoteRoom) {
    from.forget(session);
    return from.sending;
  }
  const nobody = { role: 'guest', displayName: '', presence: 'present', deadline: null } as const;
  const { sending } = from.present({ participantId, ...nobody });
  await registry.leave(session, from, true);
  return sending;
}

/** A newer socket of the same person was quicker. */
function sitsElsewhere(session: Session, seating: Seating): void {
  session.seating = seating;
  session.takeSeatAway();
}

/** The server's fault, not the person's leaving: they come back, to whichever node. */
async function release({ gate, nodeId }: FollowDeps, session: Session, { seat }: Seating): Promise<void> {
  session.seating = null;
  session.releasedByServer = true;
  session.socket.emit('server:draining', {});
  session.socket.disconnect();
  await gate.drop(seat, 'server', nodeId());
}
