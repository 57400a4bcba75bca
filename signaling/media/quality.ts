/**
 * How well a stream arrives, from what was measured: loss, round trip, jitter. Pure.
 *
 * The limits: an answer that takes longer than 300 ms to come back is noticed, longer than 800 ms makes people talk over
 * each other (ITU-T G.114: 150 ms one way is good, 400 ms the end of what is acceptable). Opus hides 3 % of loss and
 * cannot hide 10 %; a video stream repairs it at the price of stalls. A jitter buffer follows up to some 50 ms unheard.
 */
import type { QualityLevel } from '../protocol/index.ts';

/** One look at a participant's streams, the worst of each over them. What is not known is undefined. */
export interface QualitySample {
  /** Share of packets that did not arrive since the look before, 0 to 1. */
  loss: number | undefined;
  roundTripMs: number | undefined;
  jitterMs: number | undefined;
  /** Something should arrive and nothing did. */
  stalled: boolean;
}

export interface QualityState {
  level: QualityLevel;
  /** How many looks in a row were better than `level`, and the worst of them. */
  better: { looks: number; level: QualityLevel };
}

const limits = {
  weak: { loss: 0.03, roundTripMs: 300, jitterMs: 50 },
  very_weak: { loss: 0.1, roundTripMs: 800, jitterMs: 150 },
} as const;

const order: readonly QualityLevel[] = ['good', 'weak', 'very_weak'];
const looksToRecover = 3;

/** What one sample says by itself. */
export function levelOf(sample: QualitySample): QualityLevel {
  if (sample.stalled || reaches(sample, limits.very_weak)) return 'very_weak';
  return reaches(sample, limits.weak) ? 'weak' : 'good';
}

/** Worse is believed at once, because someone should know; better only after three looks in a row, so that it does not flicker. */
export function nextQuality(state: QualityState | undefined, sample: QualitySample): QualityState {
  const seen = levelOf(sample);
  if (!state || !isBetter(seen, state.level)) return { level: seen, better: { looks: 0, level: 'good' } };
  const worst = isBetter(seen, state.better.level) ? state.better.level : seen;
  const looks = state.better.looks + 1;
  if (looks >= looksToRecover) return { level: worst, better: { looks: 0, level: 'good' } };
  return { level: state.level, better: { looks, level: worst } };
}

function reaches(sample: QualitySample, limit: { loss: number; roundTripMs: number; jitterMs: number }): boolean {
  return (
    (sample.loss ?? 0) >= limit.loss ||
    (sample.roundTripMs ?? 0) >= limit.roundTripMs ||
    (sample.jitterMs ?? 0) >= limit.jitterMs
  );
}

function isBetter(a: QualityLevel, b: QualityLevel): boolean {
  return order.indexOf(a) < order.indexOf(b);
}
