/** One socket's stay of one signed-in person. It has at most one seat. */
import type { Socket } from 'socket.io';
import type { Actor } from '../../src/platform/actor.ts';
import { type Clock, systemClock } from '../../src/platform/clock.ts';
import type { Admission, SeatRef } from '../meeting-gate.ts';
import type { ClientToServer, ServerToClient } from '../protocol/index.ts';
import { personChannel } from './channels.ts';
import type { RoomDoor } from './sitter.ts';

export type SignalingSocket = Socket<ClientToServer, ServerToClient>;

export interface Seating {
  room: RoomDoor;
  seat: SeatRef;
  /** By which the seat was taken. */
  admission: Admission;
}

/** How long before its token runs out a socket is asked for a new one. */
const askBeforeMs = 60_000;
/** How long a socket whose token is out of date has to show a newer one. */
const renewWithinMs = 20_000;
/** Nobody gives up sooner: a page asks again after two seconds without a word. */
const longMs = 2_000;
/** By then a page has given up, or has its answer. */
const answerMs = 10_000;

export class Session {
  readonly socket: SignalingSocket;
  /** By which its token runs out. */
  readonly #clock: Clock;
  #actor: Actor;
  #expiry: NodeJS.Timeout | undefined;
  #isOver = false;
  #mustRenew = false;
  #move: Promise<unknown> | undefined;
  seating: Seating | null = null;
  /** The meeting whose waiting room this socket entered. */
  waitingFor: string | null = null;
  /** The network took the connection away: neither the server nor the page meant it to end. */
  wasCutOff = false;
  /** So it did, when this process had stood still: whoever gave up waiting for it has not left. */
  wasHeldUp = false;
  /** It waited so long for its seat that whoever is behind it may have given up: until then that is the server's doing. */
  #keptWaitingUntil = 0;
  /** Set when the server gives the socket up by itself: what follows is then not the person's doing. */
  releasedByServer = false;

  constructor(socket: SignalingSocket, actor: Actor, clock = systemClock) {
    this.socket = socket;
    this.#clock = clock;
    this.#actor = actor;
    this.#watchExpiry();
  }

  get actor(): Actor {
    return this.#actor;
  }

  /** The person has shown a token. One that is not newer is good, and changes nothing. */
  renew(actor: Actor): void {
    if (actor.expiresAt <= this.#actor.expiresAt && actor.issuedAt <= this.#actor.issuedAt) return;
    this.#actor = actor;
    this.#mustRenew = false;
    this.#watchExpiry();
  }

  /** What the token says is not true any more: until a newer one is shown, no other call is taken. */
  get mustRenew(): boolean {
    return this.#mustRenew || this.#actor.expiresAt.getTime() <= this.#clock.now().getTime();
  }

  /** It is on its way from one room to another, or to the same one elsewhere, until then. Hand over what never rejects. */
  isMoving(until: Promise<void>): void {
    const move = Promise.all([this.#move, until]).then(() => {
      if (this.#move === move) this.#move = undefined;
    });
    this.#move = move;
  }

  /** Until when it sits again, or not any more; undefined while it is not on its way. */
  get move(): Promise<unknown> | undefined {
    return this.#move;
  }

  get id(): string {
    return this.socket.id;
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  /** Their way to a seat took this long. */
  noteWait(ms: number): void {
    if (ms >= longMs) this.#keptWaitingUntil = performance.now() + answerMs;
  }

  /** Whose doing it is that the socket is gone. */
  get cause(): 'server' | 'connection' {
    const isServers = this.releasedByServer || this.wasHeldUp || performance.now() < this.#keptWaitingUntil;
    return isServers ? 'server' : 'connection';
  }

  /** The channels of the person behind the socket: a doctor who is also a patient has two, a guest their own. */
  personChannels(): string[] {
    const { kind, userId, tenantId, patientId, practitionerId } = this.actor;
    return [patientId, practitionerId, kind === 'guest' ? userId : null]
      .filter((id) => id !== null)
      .map((id) => personChannel(tenantId, id));
  }

  /** No timer outlives the socket, also when a newer token is still being looked at. */
  forget(): void {
    this.#isOver = true;
    clearTimeout(this.#expiry);
  }

  /** Says that the sign-in is over, and closes the socket. */
  end(): void {
    this.socket.emit('session:ended', {});
    this.socket.disconnect();
  }

  /** Asks for a token that says what is true now; the socket is closed when none comes. Once, however often it is called. */
  askForNewer(): void {
    if (this.#mustRenew || this.#isOver) return;
    this.#mustRenew = true;
    clearTimeout(this.#expiry);
    this.#askUntil(Math.min(this.#clock.now().getTime() + renewWithinMs, this.#actor.expiresAt.getTime()));
  }

  /** Says that the person went on elsewhere, and closes the socket. */
  takeSeatAway(): void {
    const meetingId = this.seating?.seat.meetingId;
    this.seating = null;
    this.releasedByServer = true;
    if (meetingId) this.socket.emit('seat:taken', { meetingId });
    this.socket.disconnect();
  }

  /** Asks for a new token in time; a socket whose token ran out is closed. */
  #watchExpiry(): void {
    clearTimeout(this.#expiry);
    if (this.#isOver) return;
    const leftMs = this.#actor.expiresAt.getTime() - this.#clock.now().getTime();
    const ask = () => this.#askUntil(this.#actor.expiresAt.getTime());
    this.#expiry = setTimeout(ask, Math.max(0, leftMs - askBeforeMs)).unref();
  }

  #askUntil(endMs: number): void {
    this.socket.emit('session:refresh', { expiresAt: new Date(endMs).toISOString() });
    this.#expiry = setTimeout(() => this.socket.disconnect(), Math.max(0, endMs - this.#clock.now().getTime())).unref();
  }
}
