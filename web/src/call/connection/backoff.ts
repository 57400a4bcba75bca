/**
 * How long to wait before the next attempt: quick at first, because most drops are short, then longer, because a server
 * that is down is not helped by haste; spread, because everyone else in the clinic was cut off at the same moment.
 */
const firstMs = 250;
const longestMs = 5_000;

/** Milliseconds before attempt number `attempt` (1 is the first). Between half the step and the step, at most 5 s. */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
  const step = Math.min(longestMs, firstMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(step * (0.5 + random() / 2));
}
