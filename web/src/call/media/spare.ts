/**
 * A connection to another browser, made before anybody is there to be connected to. Its candidates are gathered in stock
 * (W3C WebRTC, `iceCandidatePoolSize`): a TURN server takes three messages and a browser's own pause until it gives an
 * address, some 60 ms, which are over when the call begins. Peer to peer only; the server's media needs no relay to be found.
 * For whoever will come second it makes its offer as well (offer-in-hand.ts); that one is of no use for answering.
 */
import { addLines } from './offer-in-hand.ts';

/** For one or for the spare: one transport carries all lines, so one stock is enough. */
export function openConnection(iceServers: RTCIceServer[]): RTCPeerConnection {
  // Relays are asked for an address at once, and not after the descriptions are made.
  return new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle', iceCandidatePoolSize: 1 });
}

export type SpareRole = 'answers' | 'offers';

export interface SpareParts {
  /** Begins to hear of changes of the network; answers how to stop. */
  watch(changed: () => void): () => void;
  /** Epoch milliseconds. */
  now(): number;
}

/** What was gathered may be out of date by then: a router forgot the way, the machine slept. */
const freshMs = 4 * 60_000;
/** Nobody is kept a relay for longer; the credentials are good for four times as long. */
const longestMs = 60 * 60_000;

interface Held {
  connection: RTCPeerConnection;
  iceServers: RTCIceServer[];
  role: SpareRole;
  madeAt: number;
}

export class Spare {
  readonly #parts: SpareParts;
  #held: Held | null = null;
  #wantedSince = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopWatching: () => void = () => undefined;

  constructor(parts: SpareParts) {
    this.#parts = parts;
  }

  get isThere(): boolean {
    return this.#held !== null;
  }

  /** Has one ready from now on, for an hour at most; while one of the kind is there, that one stays. */
  keep(iceServers: RTCIceServer[], role: SpareRole = 'answers'): void {
    if (this.#held?.role === role) return;
    this.drop();
    this.#wantedSince = this.#parts.now();
    this.#stopWatching = this.#parts.watch(() => this.#renew());
    this.#make(iceServers, role);
  }

  /** Hands it out, once; null when there is none that is fresh and serves. Whoever takes it closes it. */
  take(role: SpareRole): RTCPeerConnection | null {
    const held = this.#held;
    if (!held) return null;
    // A timer that slept with the machine has not renewed it.
    const isOld = this.#parts.now() - held.madeAt > 2 * freshMs;
    if (isOld || (role === 'answers' && held.role === 'offers')) {
      this.drop();
      return null;
    }
    this.#forget();
    return held.connection;
  }

  /** As `take`, if it has made its offer; one that has not stays. */
  takeOffered(): RTCPeerConnection | null {
    return this.#held?.connection.signalingState === 'have-local-offer' ? this.take('offers') : null;
  }

  /** Gives its relays back. Harmless when there is none. */
  drop(): void {
    const held = this.#held;
    this.#forget();
    held?.connection.close();
  }

  #make(iceServers: RTCIceServer[], role: SpareRole): void {
    const connection = openConnection(iceServers);
    this.#held = { connection, iceServers, role, madeAt: this.#parts.now() };
    if (role === 'offers') {
      addLines(connection);
      // Closed meanwhile, or made once more by whoever takes it.
      connection.setLocalDescription().catch(() => undefined);
    }
    this.#timer = setTimeout(() => this.#renew(), freshMs);
  }

  #renew(): void {
    if (!this.#held) return;
    const { connection, iceServers, role } = this.#held;
    if (this.#parts.now() - this.#wantedSince > longestMs) {
      this.drop();
      return;
    }
    clearTimeout(this.#timer);
    connection.close();
    this.#make(iceServers, role);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#stopWatching();
    this.#stopWatching = () => undefined;
    this.#held = null;
  }
}
