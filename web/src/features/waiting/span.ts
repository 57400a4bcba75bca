/** How long a wait is likely to be, in words that are no more precise than what is known. Pure. */
import type { WaitEstimate } from '../../../../signaling/protocol/waiting.ts';

export type Span =
  | { kind: 'unknown' }
  /** A few minutes. */
  | { kind: 'soon' }
  /** Both passed. */
  | { kind: 'longer' }
  /** Minutes. */
  | { kind: 'upTo'; to: number }
  | { kind: 'between'; from: number; to: number };

/** Whole fives below an hour, quarters of an hour above: downwards for the earliest, upwards for the latest. */
export function spanOf(estimate: WaitEstimate | null, now: number): Span {
  if (estimate === null) return { kind: 'unknown' };
  const earliest = (Date.parse(estimate.earliest) - now) / 60_000;
  const latest = (Date.parse(estimate.latest) - now) / 60_000;
  if (latest <= 0) return { kind: 'longer' };
  const to = Math.ceil(latest / stepOf(latest)) * stepOf(latest);
  const from = Math.max(0, Math.floor(earliest / stepOf(earliest)) * stepOf(earliest));
  if (to <= 5) return { kind: 'soon' };
  if (from === 0) return { kind: 'upTo', to };
  // Never one number: nobody knows it so well.
  return { kind: 'between', from: from === to ? from - stepOf(from) : from, to };
}

const stepOf = (minutes: number): number => (minutes <= 60 ? 5 : 15);
