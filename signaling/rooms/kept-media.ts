/** Media whose owner has lost the socket and nothing else: kept for a while, for the page that proves that it is the same. */
import { sameBytes, sha256 } from '../../src/platform/crypto.ts';
import type { SeatRef } from '../meeting-gate.ts';
import type { Resume, SendingState } from '../protocol/index.ts';

/** What one participant had when the socket was lost. */
export interface Left {
  seat: SeatRef;
  /** Of the page that built it. */
  key: Resume['key'];
  sending: SendingState;
}

/** A way that was silent for longer is seldom found again, and building anew is then no slower. */
const longestMs = 60_000;

export class KeptMedia {
  readonly #kept = new Map<string, Left & { timer: NodeJS.Timeout; until: number }>();
  readonly #onOver: (participantId: string) => void;

  /** `onOver` is heard when nobody came for it in time. */
  constructor(onOver: (participantId: string) => void) {
    this.#onOver = onOver;
  }

  get isEmpty(): boolean {
    return this.#kept.size === 0;
  }

  find(participantId: string): Left | undefined {
    return this.#kept.get(participantId);
  }

  /** For as long as their place is kept, and for a minute at most. */
  keep(left: Left, windowSeconds: number): void {
    const { participantId } = left.seat;
    this.take(participantId);
    const over = () => {
      this.#kept.delete(participantId);
      this.#onOver(participantId);
    };
    const ms = Math.min(windowSeconds * 1_000, longestMs);
    const timer = setTimeout(over, ms).unref();
    const { seat, key, sending } = left;
    this.#kept.set(participantId, { seat, key, sending, timer, until: performance.now() + ms });
  }

  /** From now on for no longer than this. */
  shorten(participantId: string, windowSeconds: number): void {
    const left = this.#kept.get(participantId);
    if (!left || left.until <= performance.now() + windowSeconds * 1_000) return;
    this.keep(left, windowSeconds);
  }

  /** Hands it over; from then on it is the taker's to keep or to close. */
  take(participantId: string): Left | undefined {
    const found = this.#kept.get(participantId);
    clearTimeout(found?.timer);
    this.#kept.delete(participantId);
    return found;
  }

  /** Forgets all of it. */
  clear(): void {
    for (const { timer } of this.#kept.values()) clearTimeout(timer);
    this.#kept.clear();
  }
}

/** Whether two keys are one, without telling by time how much of it was right. */
export function isSameKey(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && sameBytes(sha256(one), sha256(other));
}
