/** What is said about many measured values. */

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
}

/** The smallest value that at least `share` (0 to 1) of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error('There is no percentile of nothing.');
  return found;
}

export function spread(values: readonly number[]): Spread {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), p99: percentile(values, 0.99) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing.');
  return (low + high) / 2;
}

/** One value of the thing and one of its floor, taken in the same round. */
export interface Pair {
  thing: number;
  floor: number;
}

/** Medians over the rounds, and the median of each round's own ratio: what disturbs a round disturbs both of its sides. */
export function compare(pairs: readonly Pair[]): Pair & { ratio: number } {
  return {
    thing: median(pairs.map(({ thing }) => thing)),
    floor: median(pairs.map(({ floor }) => floor)),
    ratio: median(pairs.map(({ thing, floor }) => thing / floor)),
  };
}
