/** A live meeting on this node: who sits in it with which socket, and its media. The meeting itself is a row elsewhere. */

import type { MediaEngine, MediaRoom } from '../media/engine.ts';
import type { Admission, Attendance, SeatRef } from '../meeting-gate.ts';
import type { IceServer, Participant, SendingState } from '../protocol/index.ts';
import { type Announcer, meetingChannel } from './channels.ts';
import type { Session } from './session.ts';

const silent: SendingState = { audio: false, video: false };

interface Member {
  session: Session;
  seat: SeatRef;
  sending: SendingState;
}

export interface RoomDeps {
  media: MediaEngine;
  announcer: Announcer;
  iceServers: (participantId: string) => IceServer[];
}

export class Room {
  readonly tenantId: string;
  readonly meetingId: string;
  readonly channel: string;
  readonly #deps: RoomDeps;
  readonly #members = new Map<string, Member>();
  #media: MediaRoom | undefined;

  private constructor(tenantId: string, meetingId: string, deps: RoomDeps) {
    this.tenantId = tenantId;
    this.meetingId = meetingId;
    this.channel = meetingChannel(tenantId, meetingId);
    this.#deps = deps;
  }

  /** Throws what the engine throws when it has no media to give. */
  static async open(tenantId: string, meetingId: string, deps: RoomDeps): Promise<Room> {
    const room = new Room(tenantId, meetingId, deps);
    const { announcer } = deps;
    room.#media = await deps.media.openRoom(meetingId, {
      produced: (producer) =>
        announcer.tell([room.channel], 'media:produced', { producer }, room.#socketOf(producer.participantId)),
      closed: (producer) =>
        announcer.tell([room.channel], 'media:closed', producer, room.#socketOf(producer.participantId)),
      quality: (report) => announcer.tell([room.channel], 'media:quality', report),
      reset: () => room.#tellReset(),
    });
    return room;
  }

  get media(): MediaRoom {
    if (!this.#media) throw new Error('A room was used before it was open.');
    return this.#media;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** How many sit here. */
  get size(): number {
    return this.#members.size;
  }

  /** Seats the session; whoever held the participant's seat before on this node is told and closed. */
  async seat(session: Session, admission: Admission): Promise<void> {
    const { seat } = admission;
    const before = this.#members.get(seat.participantId);
    this.#members.set(seat.participantId, { session, seat, sending: silent });
    session.seating = { room: this, seat };
    if (before) this.media.closeParticipant(seat.participantId);
    if (before && before.session !== session) before.session.takeSeatAway();
    await session.socket.join(this.channel);
  }

  /** Takes the session out of the room if the participant's seat is still the session's own. */
  async unseat(session: Session): Promise<void> {
    const participantId = session.seating?.seat.participantId;
    session.seating = null;
    if (participantId && this.#members.get(participantId)?.session === session) {
      this.#members.delete(participantId);
      this.media.closeParticipant(participantId);
    }
    await session.socket.leave(this.channel);
  }

  /** The participant took a higher seat on another node: the session here is old. */
  outseat(participantId: string, seat: number): void {
    const member = this.#members.get(participantId);
    if (!member || member.seat.seat >= seat) return;
    this.#members.delete(participantId);
    this.media.closeParticipant(participantId);
    member.session.takeSeatAway();
  }

  session(participantId: string): Session | undefined {
    return this.#members.get(participantId)?.session;
  }

  async setSending(seat: SeatRef, sending: SendingState): Promise<void> {
    const member = this.#members.get(seat.participantId);
    if (!member) return;
    member.sending = sending;
    await this.media.setSending(seat.participantId, sending);
    const fact = { participantId: seat.participantId, sending };
    this.#deps.announcer.tell([this.channel], 'media:sending', fact, [member.session.id]);
  }

  /** A person of the meeting as the others see them. */
  present(attendance: Omit<Attendance, 'deadline'> & { deadline: Date | string | null }): Participant {
    const sending = this.#members.get(attendance.participantId)?.sending ?? silent;
    return presentParticipant(attendance, sending);
  }

  iceServers(participantId: string): IceServer[] {
    return this.#deps.iceServers(participantId);
  }

  /** Ends the media and sends everyone out; their sockets live on. Idempotent. */
  async close(reason: string): Promise<void> {
    this.#media?.close(reason);
    const sessions = [...this.#members.values()].map((member) => member.session);
    this.#members.clear();
    await Promise.all(
      sessions.map(async (session) => {
        session.seating = null;
        await session.socket.leave(this.channel);
      }),
    );
  }

  #socketOf(participantId: string): string[] {
    const session = this.session(participantId);
    return session ? [session.id] : [];
  }

  #tellReset(): void {
    for (const { session, seat } of this.#members.values()) {
      session.socket.emit('media:reset', {
        media: this.media.describe(seat.participantId),
        iceServers: this.iceServers(seat.participantId),
      });
    }
  }
}

export function presentParticipant(
  attendance: Omit<Attendance, 'deadline'> & { deadline: Date | string | null },
  sending: SendingState = silent,
): Participant {
  const { participantId, role, displayName, presence, deadline } = attendance;
  return {
    id: participantId,
    role,
    displayName,
    presence,
    deadline: deadline === null ? null : new Date(deadline).toISOString(),
    sending,
  };
}
