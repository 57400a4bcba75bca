/** The sessions of this node as other nodes speak of them, and which of them sit in rooms that others hold. */
import type { FactName } from '../protocol/index.ts';
import { leaveChannels, type Room } from '../rooms/room.ts';
import type { Session } from '../rooms/session.ts';
import type { SitterRef } from './messages.ts';
import { type RemoteRoom, remoteRoomOf } from './remote-room.ts';

/** Of the gateway. */
export interface Sessions {
  all(): Session[];
  find(socketId: string): Session | undefined;
}

export class OwnSessions {
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  all(): Session[] {
    return this.#sessions.all();
  }

  find(socketId: string): Session | undefined {
    return this.#sessions.find(socketId);
  }

  /** Tells one of them, if it is still here. */
  emit(socketId: string, fact: FactName, payload: unknown): void {
    const socket = this.find(socketId)?.socket;
    // The node that says it has them from the table of facts, fact and payload as a pair.
    (socket as { emit(fact: FactName, payload: unknown): void } | undefined)?.emit(fact, payload);
  }

  /** The session, if it still sits where the other node believes. */
  inSeat({ socketId, meetingId, epoch, seat }: SitterRef): Session | undefined {
    const session = this.find(socketId);
    const room = session && remoteRoomOf(session);
    const isThere = room?.meetingId === meetingId && room.holding.epoch === epoch;
    return isThere && session?.seating?.seat.seat === seat ? session : undefined;
  }

  /** Who sits in a room that this node holds, or held. */
  inRoom(room: Room): Session[] {
    return this.all().filter(({ seating }) => seating?.room === room);
  }

  hasSitters(room: Room): boolean {
    return this.all().some(({ seating }) => seating?.room === room);
  }

  /** Who sits in that meeting's room, and another node holds it. */
  elsewhere(meetingId: string): Session[] {
    return this.all().filter((session) => remoteRoomOf(session)?.meetingId === meetingId);
  }

  /** The rooms of others in which somebody sits, one for each who does. */
  rooms(): RemoteRoom[] {
    return this.all().flatMap((session) => remoteRoomOf(session) ?? []);
  }

  /** Whoever sits there with an older seat of that participant is out. */
  outseat(meetingId: string, participantId: string, seat: number): void {
    for (const session of this.elsewhere(meetingId)) {
      const own = session.seating?.seat;
      if (own?.participantId === participantId && own.seat < seat) session.takeSeatAway();
    }
  }
}

/** Out of the room; the socket lives on. */
export async function putOut(session: Session): Promise<void> {
  const { seating } = session;
  session.seating = null;
  if (seating) await leaveChannels(session, seating.room.channel);
}
