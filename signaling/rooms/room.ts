/** A live meeting on this node: who sits in it with which socket, and its media. The meeting itself is a row elsewhere. */

import { AppError } from '../../src/platform/errors.ts';
import type { MediaEngine, MediaRoom } from '../media/engine.ts';
import type { Admission, Attendance, SeatRef } from '../meeting-gate.ts';
import type { IceServer, Participant, Resume, SendingState } from '../protocol/index.ts';
import { type Announcer, meetingChannel } from './channels.ts';
import { guestChannel } from './for-guests.ts';
import { isSameKey, KeptMedia } from './kept-media.ts';
import type { Sitter } from './sitter.ts';

const silent: SendingState = { audio: false, video: false };

/** By then whoever took a seat is in the room, or never will be: a node gives up asking after 4 s (cluster/bus.ts). */
const onTheWaySeconds = 5;

interface Member {
  session: Sitter;
  seat: SeatRef;
  /** The member's own channel of what is told to the room. */
  channel: string;
  /** Of a guest, whom the meeting's machine does not know. */
  guest: Attendance | undefined;
  sending: SendingState;
  /** Of the page that sits here; undefined when it never showed one. */
  key: Resume['key'] | undefined;
  returnWindowSeconds: number;
}

export interface RoomDeps {
  media: MediaEngine;
  announcer: Announcer;
  iceServers: (participantId: string) => IceServer[];
  /** The room has become empty by itself, without anybody's call. */
  onIdle: (room: Room) => void;
}

export class Room {
  readonly tenantId: string;
  readonly meetingId: string;
  readonly channel: string;
  readonly #deps: RoomDeps;
  readonly #members = new Map<string, Member>();
  readonly #kept: KeptMedia;
  #media: MediaRoom | undefined;

  private constructor(tenantId: string, meetingId: string, deps: RoomDeps) {
    this.tenantId = tenantId;
    this.meetingId = meetingId;
    this.channel = meetingChannel(tenantId, meetingId);
    this.#deps = deps;
    this.#kept = new KeptMedia((participantId) => this.#onKeptOver(participantId));
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

  /** Nobody sits here, and nobody's media is kept. */
  get isEmpty(): boolean {
    return this.#members.size === 0 && this.#kept.isEmpty;
  }

  /** How many sit here. */
  get size(): number {
    return this.#members.size;
  }

  /**
   * Seats the session; whoever held the participant's seat before on this node is told and closed. Answers whether the media
   * of the time before lives on, which only the page that built it gets. Throws NOT_JOINED when a newer socket of the
   * participant, over another node, was quicker.
   */
  async seat(session: Sitter, admission: Admission, resume?: Resume): Promise<boolean> {
    const { seat, returnWindowSeconds } = admission;
    const before = this.#members.get(seat.participantId);
    if (before && before.seat.seat > seat.seat) throw new AppError('NOT_JOINED', 'You have joined elsewhere by now.');
    const left: Pick<Member, 'key' | 'sending'> | undefined = this.#kept.take(seat.participantId) ?? before;
    const isKept = isSameKey(left?.key, resume?.key) && this.#holds(seat.participantId, resume);
    const channel = channelOf(this.channel, admission);
    const guest = admission.attendance.find(
      ({ role, participantId }) => role === 'guest' && participantId === seat.participantId,
    );
    const sending = isKept && left ? left.sending : silent;
    const member = { session, seat, channel, guest, sending, key: resume?.key, returnWindowSeconds };
    this.#members.set(seat.participantId, member);
    session.seating = { room: this, seat, admission };
    if (left && !isKept) this.media.closeParticipant(seat.participantId);
    if (before && before.session !== session) before.session.takeSeatAway();
    await session.socket.join(channel);
    return isKept;
  }

  /** The guests who sit here, but this one. */
  guestsBeside(participantId: string): Attendance[] {
    return [...this.#members.values()].flatMap(({ guest }) =>
      guest && guest.participantId !== participantId ? [guest] : [],
    );
  }

  /**
   * Takes the session out of the room if the participant's seat is still the session's own. Who `goesOn` to the same meeting's
   * room elsewhere hears what is told meanwhile.
   */
  async unseat(session: Sitter, goesOn = false): Promise<void> {
    const participantId = session.seating?.seat.participantId;
    session.seating = null;
    const member = participantId ? this.#members.get(participantId) : undefined;
    if (participantId && member?.session === session) {
      this.#members.delete(participantId);
      this.#closeOrKeep(member);
    }
    if (!goesOn) await leaveChannels(session, this.channel);
    if (member?.session === session && member.guest) this.#tellGuestLeft(member.guest);
  }

  /**
   * The participant took a higher seat, perhaps on another node: the session here is old. It may be the same page that is on
   * its way into this room, so its media waits for it a moment.
   */
  outseat(participantId: string, seat: number): void {
    const member = this.#members.get(participantId);
    if (!member || member.seat.seat >= seat) return;
    this.#members.delete(participantId);
    const { key, sending, guest } = member;
    if (key !== undefined && !guest) this.#kept.keep({ seat: member.seat, key, sending }, onTheWaySeconds);
    else this.media.closeParticipant(participantId);
    member.session.takeSeatAway();
  }

  /** Whether media of a lower seat of the participant is kept. */
  keepsOlder(participantId: string, seat: number): boolean {
    const left = this.#kept.find(participantId);
    return left !== undefined && left.seat.seat < seat;
  }

  /** The participant took a higher seat, perhaps on another node: what was kept of an older one is soon of no use. */
  forgetOlder(participantId: string, seat: number): void {
    if (this.keepsOlder(participantId, seat)) this.#kept.shorten(participantId, onTheWaySeconds);
  }

  session(participantId: string): Sitter | undefined {
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

  /** Once more, for others who were told that they came by a node that does not know it. Nothing for who sends nothing. */
  tellSending(participantId: string): void {
    const member = this.#members.get(participantId);
    if (!member || member.sending === silent) return;
    const fact = { participantId, sending: member.sending };
    this.#deps.announcer.tell([this.channel], 'media:sending', fact, [member.session.id]);
  }

  /** A person of the meeting as the others see them. */
  present(attendance: Omit<Attendance, 'deadline'> & { deadline: Date | string | null }): Participant {
    const { participantId } = attendance;
    const { sending } = this.#members.get(participantId) ?? this.#kept.find(participantId) ?? { sending: silent };
    return presentParticipant(attendance, sending);
  }

  iceServers(participantId: string): IceServer[] {
    return this.#deps.iceServers(participantId);
  }

  /** Ends the media and sends everyone out; their sockets live on. Idempotent. */
  async close(reason: string): Promise<void> {
    this.#media?.close(reason);
    this.#kept.clear();
    const sessions = [...this.#members.values()].map((member) => member.session);
    this.#members.clear();
    await Promise.all(
      sessions.map(async (session) => {
        session.seating = null;
        await leaveChannels(session, this.channel);
      }),
    );
  }

  #holds(participantId: string, resume: Resume | undefined): boolean {
    return this.media.kind === 'p2p' || this.media.holds(participantId, resume?.transports ?? []);
  }

  /**
   * A lost socket is no reason to stop what still flows. A guest's is: for the others they have left. So is one without a
   * place that is kept.
   */
  #closeOrKeep({ session, seat, key, sending, guest, returnWindowSeconds }: Member): void {
    if (session.wasCutOff && key !== undefined && !guest && returnWindowSeconds > 0) {
      this.#kept.keep({ seat, key, sending }, returnWindowSeconds);
    } else {
      this.media.closeParticipant(seat.participantId);
    }
  }

  #onKeptOver(participantId: string): void {
    this.media.closeParticipant(participantId);
    if (this.isEmpty) this.#deps.onIdle(this);
  }

  #socketOf(participantId: string): string[] {
    const session = this.session(participantId);
    return session ? [session.id] : [];
  }

  /** Their place is kept while the meeting goes on, and without a deadline: for the others they are gone until they join. */
  #tellGuestLeft(guest: Attendance): void {
    const participant = presentParticipant({ ...guest, presence: 'away' });
    this.#deps.announcer.tell([this.channel], 'participant:left', { participant });
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

/** A guest hears what is meant for them, whoever else is in the room. */
export function channelOf(meeting: string, { seat, namesPatient }: Admission): string {
  if (seat.role !== 'guest') return meeting;
  return guestChannel(meeting, namesPatient === true ? 'room-named' : 'room');
}

export async function leaveChannels({ socket }: Pick<Sitter, 'socket'>, meeting: string): Promise<void> {
  const places = ['room', 'room-named'] as const;
  for (const one of [meeting, ...places.map((place) => guestChannel(meeting, place))]) await socket.leave(one);
}

export function presentParticipant(
  attendance: Omit<Attendance, 'deadline'> & { deadline: Date | string | null },
  sending: SendingState = silent,
): Participant {
  const { participantId, role, guestRole, displayName, presence, deadline } = attendance;
  return {
    id: participantId,
    role,
    ...(guestRole && { guestRole }),
    displayName,
    presence,
    deadline: deadline === null ? null : new Date(deadline).toISOString(),
    sending,
  };
}
