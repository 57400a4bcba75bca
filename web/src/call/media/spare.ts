/**
 * A connection to another browser, made before anybody is there to be connected to. Its candidates are gathered in stock
 * (W3C WebRTC, `iceCandidatePoolSize`): a TURN server takes three messages and a browser's own pause until it gives an
 * address, some 60 ms, which are over when the call begins. Peer to peer only; the server's media needs no relay to be found.
 */

/** For one or for the spare: one transport carries all lines, so one stock is enough. */
export function openConnection(iceServers: RTCIceServer[]): RTCPeerConnection {
  // Relays are asked for an address at once, and not after the descriptions are made.
  return new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle', iceCandidatePoolSize: 1 });
}

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

  /** Has one ready from now on, for an hour at most; while one is there, that one stays. */
  keep(iceServers: RTCIceServer[]): void {
    if (this.#held) return;
    this.#wantedSince = this.#parts.now();
    this.#stopWatching = this.#parts.watch(() => this.#renew());
    this.#make(iceServers);
  }

  /** Hands it out, once; null when there is none that is fresh. Whoever takes it closes it. */
  take(): RTCPeerConnection | null {
    const held = this.#held;
    if (!held) return null;
    // A timer that slept with the machine has not renewed it.
    if (this.#parts.now() - held.madeAt > 2 * freshMs) {
      this.drop();
      return null;
    }
    this.#forget();
    return held.connection;
  }

  /** Gives its relays back. Harmless when there is none. */
  drop(): void {
    const held = this.#held;
    this.#forget();
    held?.connection.close();
  }

  #make(iceServers: RTCIceServer[]): void {
    this.#held = { connection: openConnection(iceServers), iceServers, madeAt: this.#parts.now() };
    this.#timer = setTimeout(() => this.#renew(), freshMs);
  }

  #renew(): void {
    if (!this.#held) return;
    const { connection, iceServers } = this.#held;
    if (this.#parts.now() - this.#wantedSince > longestMs) {
      this.drop();
      return;
    }
    clearTimeout(this.#timer);
    connection.close();
    this.#make(iceServers);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#stopWatching();
    this.#stopWatching = () => undefined;
    this.#held = null;
  }
}
