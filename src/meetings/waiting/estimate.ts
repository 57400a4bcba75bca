/** How long a patient is likely to wait: from the doctor's recent visits, never more precise than they are. Pure. */

/** What is known of a doctor's pace. */
export interface Pace {
  /** Since when they are in a consultation; null when they are in none. */
  busySince: Date | null;
  /** How long the doctor's recent visits lasted, seconds. */
  own: readonly number[];
  /** The same of the whole clinic, for a doctor of whom little is known. */
  clinic: readonly number[];
}

export interface Estimate {
  earliest: Date;
  latest: Date;
}

/** Fewer visits than this say nothing. */
const fewest = 5;

/**
 * Between when and when it is likely to be the patient's turn: the middle half of recent visits, for each one ahead and for
 * what is left of the visit that goes on. Who came early is not called before their time. Null when too little is known: too
 * few visits, one that lasts longer than all of them, or a free doctor with nobody ahead, who may begin at any moment.
 */
export function estimateOf(
  { busySince, own, clinic }: Pace,
  { ahead, scheduledAt }: { ahead: number; scheduledAt: Date },
  now: Date,
): Estimate | null {
  const visits = [own, clinic].find(({ length }) => length >= fewest)?.map((seconds) => seconds * 1_000);
  if (!visits || (busySince === null && ahead === 0)) return null;
  const left = busySince === null ? [0] : leftOf(visits, now.getTime() - busySince.getTime());
  if (left.length === 0) return null;
  const early = scheduledAt.getTime() - now.getTime();
  const after = (quarter: number) =>
    new Date(now.getTime() + Math.max(quantile(left, quarter) + ahead * quantile(visits, quarter), early));
  return { earliest: after(0.25), latest: after(0.75) };
}

/** What was left of those recent visits that lasted as long as this one by now. */
function leftOf(visits: readonly number[], elapsed: number): number[] {
  return visits.filter((lasted) => lasted > elapsed).map((lasted) => lasted - Math.max(elapsed, 0));
}

/** By linear interpolation between the values around it. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return Math.round(low + (high - low) * (at - Math.floor(at)));
}
