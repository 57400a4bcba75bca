/**
 * Whose connection it was that lost what did not come down. The server cannot pass on what it never got, so a packet that
 * one participant lost on the way up is missing at all the others too, and is not counted against them. Pure.
 */

/** What one participant's report said of the time between two moments, in epoch milliseconds. Shares from 0 to 1. */
export interface Look {
  from: number;
  until: number;
  lossUp: number | null;
  lossDown: number | null;
}

/** Receivers of sound say what they lost this often (RFC 3550, section 6.2), so that a sender knows it so much later. */
const toldLateMs = 5_000;
/** Those that can touch the time which is judged now. */
const looksToKeep = 4;

export function withLook(looks: readonly Look[], look: Look): Look[] {
  return [...looks.slice(1 - looksToKeep), look];
}

/**
 * What a participant's own connection lost on the way down in the look before the last one of theirs: only now has everybody
 * said what they lost on the way up meanwhile. Null when nothing is known.
 */
export function ownLossDown(looks: readonly Look[], others: readonly (readonly Look[])[]): number | null {
  const look = looks.at(-2);
  if (!look || look.lossDown === null) return null;
  // Reports begin at different moments: whatever touches this one counts, or a loss that has just begun blames both.
  const meanwhile = others.flat().filter((other) => other.from < look.until + toldLateMs && other.until > look.from);
  const lostByOthers = Math.max(0, ...meanwhile.map((other) => other.lossUp ?? 0));
  if (lostByOthers >= 1) return 0;
  return Math.max(0, 1 - (1 - look.lossDown) / (1 - lostByOthers));
}
