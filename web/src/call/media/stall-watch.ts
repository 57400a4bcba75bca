/**
 * Notices when nothing at all comes from somebody who says that they are sending: a frozen browser, a pulled cable and a
 * way that carries packets in one direction only all look like that, long before any connection is declared dead.
 */
import type { InboundCount } from './media-session.ts';

export interface StallEvents {
  /** `attempt` is 1 when it is first noticed, 2 when what was tried then did not help. */
  stalled(participantId: string, attempt: 1 | 2): void;
  resumed(participantId: string): void;
}

interface Seen {
  packets: number;
  /** Epoch milliseconds of the last packet noticed. */
  at: number;
  attempt: 0 | 1 | 2;
}

/** A muted microphone's silence still sends two packets a second, so three seconds without any is no pause in speech. */
export const stalledAfterMs = 3_000;
/** A new way is found within a second or two, or not at all. */
export const secondAttemptMs = 4_000;

export interface StallWatch {
  /** With each look: the counts, and whom something is expected from. Nobody is missed unheard. */
  look(counts: readonly InboundCount[], expected: readonly string[]): void;
  /** Whether nothing comes from somebody; another way is looked for now, and has its time. */
  again(): boolean;
}

export function createStallWatch(events: StallEvents, now: () => number = Date.now): StallWatch {
  const seen = new Map<string, Seen>();
  const look = (id: string, packets: number): void => {
    const at = now();
    const before = seen.get(id);
    if (!before || packets > before.packets) {
      seen.set(id, { packets, at, attempt: 0 });
      if (before && before.attempt > 0) events.resumed(id);
      return;
    }
    // Built again, it counts from nothing.
    before.packets = packets;
    // Before the first packet the call is only beginning.
    const quietMs = packets === 0 ? 0 : at - before.at;
    if (before.attempt === 0 && quietMs >= stalledAfterMs) {
      before.attempt = 1;
      events.stalled(id, 1);
    } else if (before.attempt === 1 && quietMs >= stalledAfterMs + secondAttemptMs) {
      before.attempt = 2;
      events.stalled(id, 2);
    }
  };
  return {
    look(counts, expected) {
      for (const [id, { attempt }] of seen) {
        if (expected.includes(id)) continue;
        seen.delete(id);
        if (attempt > 0) events.resumed(id);
      }
      for (const id of expected) {
        const packets = counts.filter((one) => one.participantId === id).reduce((sum, one) => sum + one.packets, 0);
        look(id, packets);
      }
    },
    again() {
      const stalled = [...seen.values()].filter(({ attempt }) => attempt > 0);
      for (const one of stalled) Object.assign(one, { at: now() - stalledAfterMs, attempt: 1 });
      return stalled.length > 0;
    },
  };
}
