/** A room that another node holds, as the one session of this node sees it that sits in it. One object for each stay. */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../src/platform/errors.ts';
import type { MediaRoom, SfuRoom } from '../media/engine.ts';
import type { Admission, Attendance, SeatRef } from '../meeting-gate.ts';
import type { IceServer, Participant, Resume, RoomMedia, SendingState } from '../protocol/index.ts';
import { meetingChannel } from '../rooms/channels.ts';
import { channelOf, leaveChannels, presentParticipant } from '../rooms/room.ts';
import type { Session, SignalingSocket } from '../rooms/session.ts';
import type { RoomDoor, Sitter } from '../rooms/sitter.ts';
import { type Bus, Unreachable } from './bus.ts';
import type { Holding } from './claims.ts';
import { Moved } from './envelope.ts';
import { type Asked, type MediaCall, mediaCalls, type Opened, type RoomRef, type Welcome } from './messages.ts';

const silent: SendingState = { audio: false, video: false };
/** A holder that is silent for longer is dead by then, or not heard by anybody. */
const questions = 15;
const askAgainMs = 1_000;

export interface RemoteRoomDeps {
  bus: Pick<Bus, 'ask'>;
  /** The holder does not answer (`isDead`), or holds it no more; the session is to follow the room. */
  onLost(room: RemoteRoom, isDead: boolean): void;
}

export class RemoteRoom implements RoomDoor {
  readonly tenantId: string;
  readonly meetingId: string;
  readonly channel: string;
  readonly holding: Holding;
  readonly media: MediaRoom;
  /** Its holder closes it. */
  readonly isEmpty = false;
  readonly #deps: RemoteRoomDeps;
  #sitter: Sitter | undefined;
  #seat: SeatRef | undefined;
  #welcome: Welcome | undefined;
  #sending = silent;

  constructor(deps: RemoteRoomDeps, meeting: { tenantId: string; meetingId: string }, at: Holding, { kind }: Opened) {
    this.#deps = deps;
    this.tenantId = meeting.tenantId;
    this.meetingId = meeting.meetingId;
    this.channel = meetingChannel(meeting.tenantId, meeting.meetingId);
    this.holding = at;
    this.media = kind === 'p2p' ? this.#p2p() : this.#sfu();
  }

  /** Who sits in it, once they do. */
  get sitter(): Sitter | undefined {
    return this.#sitter;
  }

  /** What its participant last said of camera and microphone. */
  get sending(): SendingState {
    return this.#sending;
  }

  async seat(session: Sitter, admission: Admission, resume?: Resume): Promise<boolean> {
    const { seat } = admission;
    const channel = channelOf(this.channel, admission);
    // First the channel: what is told from the moment of the seat on is heard.
    await session.socket.join(channel);
    try {
      const asked = { room: this.#ref, socketId: session.id, admission, ...(resume && { resume }) };
      this.#welcome = (await this.#deps.bus.ask(this.holding.node, { kind: 'seat', ...asked })) as Welcome;
    } catch (error) {
      await leaveChannels(session, this.channel);
      throw error;
    }
    this.#sitter = session;
    this.#seat = seat;
    this.#sending = this.#welcome.sending[seat.participantId] ?? silent;
    session.seating = { room: this, seat, admission };
    return this.#welcome.mediaKept;
  }

  /** Never rejects: a holder that cannot be told finds out by itself that the socket, or this node, is gone. */
  async unseat(session: Sitter): Promise<void> {
    session.seating = null;
    await leaveChannels(session, this.channel);
    const seat = this.#seat;
    if (seat)
      await this.#askHolder({ kind: 'unseat', wasCutOff: session.wasCutOff, ...this.#of(seat) }).catch(() => undefined);
  }

  /** Goes on to where the room is now, without a word to the holder, which is gone; hears what is told meanwhile. */
  forget(session: Sitter): void {
    session.seating = null;
  }

  /**
   * To be called when this node may have been taken for dead: the holder puts out whoever sat there over such a node, and they
   * have to be found a room again. Asks until the holder answers, which may have been away as well: whether it is dead is for
   * others to find out. Never rejects.
   */
  async check(): Promise<void> {
    for (let question = 1; question <= questions; question += 1) {
      const seat = this.#seat;
      if (!seat || this.#sitter?.seating?.room !== this) return;
      const isOut = await this.#askHolder({ kind: 'sits', ...this.#of(seat) }).then(
        (sits) => sits === false,
        (error: unknown) => (error instanceof Unreachable ? undefined : error instanceof Moved),
      );
      if (isOut) this.#deps.onLost(this, false);
      if (isOut !== undefined) return;
      await pause(askAgainMs, undefined, { ref: false });
    }
  }

  guestsBeside(): Attendance[] {
    return this.#welcome?.guests ?? [];
  }

  present(attendance: Parameters<RoomDoor['present']>[0]): Participant {
    return presentParticipant(attendance, this.#welcome?.sending[attendance.participantId]);
  }

  iceServers(): IceServer[] {
    return this.#welcome?.iceServers ?? [];
  }

  async setSending(seat: SeatRef, sending: SendingState): Promise<void> {
    this.#sending = sending;
    await this.#ask({ kind: 'set-sending', room: this.#ref, seat, sending });
  }

  session(participantId: string): { socket: Pick<SignalingSocket, 'emit'> } | undefined {
    const seat = this.#seat;
    if (!seat) return undefined;
    const emit: SignalingSocket['emit'] = (fact, ...[payload]: unknown[]) => {
      const told = { to: participantId, fact: fact as never, payload };
      // Somebody who is away now does not hear it either.
      this.#ask({ kind: 'tell-other', ...told, ...this.#of(seat) }).catch(() => undefined);
      return true;
    };
    return { socket: { emit } };
  }

  get #ref(): RoomRef {
    return { tenantId: this.tenantId, meetingId: this.meetingId, epoch: this.holding.epoch };
  }

  #of({ participantId, seat }: SeatRef): { room: RoomRef; participantId: string; seat: number } {
    return { room: this.#ref, participantId, seat };
  }

  #askHolder(what: Asked): Promise<unknown> {
    return this.#deps.bus.ask(this.holding.node, what);
  }

  /** Throws UNAVAILABLE when the holder cannot be asked: the caller hears `media:reset` once the room is found again. */
  async #ask(what: Asked): Promise<unknown> {
    try {
      return await this.#askHolder(what);
    } catch (error) {
      const isDead = error instanceof Unreachable && error.why !== 'cut off';
      if (isDead || error instanceof Moved) this.#deps.onLost(this, isDead);
      else if (!(error instanceof Unreachable)) throw error;
      throw new AppError('UNAVAILABLE', 'The room is being found again. Try again.', { cause: error });
    }
  }

  /** What was told at the door; nobody asks for it later. */
  #describe(): RoomMedia {
    if (!this.#welcome) throw new AppError('NOT_JOINED');
    return this.#welcome.media;
  }

  #p2p(): MediaRoom {
    return { kind: 'p2p', ...this.#ofHolder() };
  }

  #sfu(): SfuRoom {
    const ask = async (call: MediaCall, args: readonly unknown[]): Promise<unknown> => {
      if (!this.#seat) throw new AppError('NOT_JOINED');
      return this.#ask({ kind: 'media', call, args, ...this.#of(this.#seat) });
    };
    const calls = mediaCalls.map((call) => [call, (_me: string, ...args: unknown[]) => ask(call, args)]);
    // The table of calls is that of the interface, whose answers the holder gives.
    const asked = Object.fromEntries(calls) as Pick<SfuRoom, MediaCall>;
    return { kind: 'sfu', ...asked, ...this.#ofHolder(), holds: () => false };
  }

  /** What a holder does for its members by itself; here there is nothing to do. */
  #ofHolder(): Pick<SfuRoom, 'roomId' | 'describe' | 'closeParticipant' | 'setSending' | 'close'> {
    return {
      roomId: this.meetingId,
      describe: () => this.#describe(),
      closeParticipant: () => undefined,
      setSending: async () => undefined,
      close: () => undefined,
    };
  }
}

/** Whether the session sits in a room of another node. */
export function remoteRoomOf({ seating }: Session): RemoteRoom | undefined {
  return seating?.room instanceof RemoteRoom ? seating.room : undefined;
}
