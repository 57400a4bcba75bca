/**
 * How well a participant's media arrives directly from their browser, from this browser's counts. Media that goes through
 * the server is measured there, by the same limits: up to 3 % of loss and 300 ms there and back nobody notices, from 10 %
 * and 800 ms on people cannot talk (ITU-T G.114), and jitter up to 50 ms is hidden by the buffer. Pure.
 */
import type { QualityLevel } from '../../../../signaling/protocol/index.ts';
import type { InboundCount } from './media-session.ts';

export interface QualityState {
  level: QualityLevel;
  /** How many looks in a row were better than `level`. */
  betterLooks: number;
}

const order: readonly QualityLevel[] = ['good', 'weak', 'very_weak'];
const looksToRecover = 3;

/** What two looks at one participant say; null when nothing came between them, which is for others to judge. */
export function qualityBetween(before: readonly InboundCount[], now: readonly InboundCount[]): QualityLevel | null {
  let packets = 0;
  let lost = 0;
  let worst = 0;
  for (const count of now) {
    const earlier = before.find((one) => one.kind === count.kind);
    if (!earlier) continue;
    packets += Math.max(0, count.packets - earlier.packets);
    lost += Math.max(0, count.lost - earlier.lost);
    // A picture's packets come in bursts, which looks like jitter and is none.
    const jitter = count.kind === 'audio' ? count.jitterSeconds : 0;
    worst = Math.max(worst, grade(count.roundTripSeconds ?? 0, 0.3, 0.8), grade(jitter, 0.05, 0.15));
  }
  if (packets + lost === 0) return null;
  return order[Math.max(worst, grade(lost / (packets + lost), 0.03, 0.1))] ?? null;
}

/** Worse is believed at once, better only after three looks in a row, so that the bars do not flicker. */
export function nextQuality(state: QualityState | undefined, seen: QualityLevel): QualityState {
  if (!state || order.indexOf(seen) >= order.indexOf(state.level)) return { level: seen, betterLooks: 0 };
  const betterLooks = state.betterLooks + 1;
  return betterLooks >= looksToRecover ? { level: seen, betterLooks: 0 } : { ...state, betterLooks };
}

function grade(value: number, weak: number, veryWeak: number): number {
  if (value >= veryWeak) return 2;
  return value >= weak ? 1 : 0;
}
