/**
 * How long to wait before the next attempt: quick at first, because most drops are short, and no longer than a second while
 * a place is likely to be kept, because whoever has a network again should not sit out a pause; then longer, because a
 * server that is down is not helped by haste; spread, because everyone else in the clinic was cut off at the same moment.
 */
const firstMs = 250;
const longestMs = 1_000;
/** About a minute and a half of quick attempts. */
const quickAttempts = 80;
const longestLaterMs = 5_000;

/** Milliseconds before attempt number `attempt` (1 is the first). Between half the step and the step, at most 5 s. */
export function reconnectDelay(attempt: number, random: () => number = Math.random): number {
  const longest = attempt <= quickAttempts ? longestMs : longestLaterMs;
  const step = Math.min(longest, firstMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(step * (0.5 + random() / 2));
}
