/**
 * When a picture is given up to keep the sound, and when it comes back. Pure. Giving up takes two bad looks in a row, so
 * that one hiccup stops no picture; coming back takes a rest and three better looks, and a longer rest each time that the
 * picture was too much again soon after, so that it does not come and go. A line that is never better than bearable (by
 * satellite it takes 600 ms there and back) carried a picture before: there it is tried again, after much longer.
 */

export interface SoundFirst {
  on: boolean;
  /** Epoch milliseconds of the last change. */
  since: number;
  badLooks: number;
  betterLooks: number;
  restMs: number;
  /** Since when no look was a bad one, in epoch milliseconds; null when the last one was, or while pictures are sent. */
  bearableSince: number | null;
}

const looksToGiveUp = 2;
const looksToReturn = 3;
const firstRestMs = 15_000;
const longestRestMs = 120_000;
/** So many rests without a bad look, and a picture is tried though no look was a better one. */
const restsToTry = 8;
/** A picture that lasted so long was no mistake. */
const wellMs = 60_000;

export const pictureToo: SoundFirst = {
  on: false,
  since: 0,
  badLooks: 0,
  betterLooks: 0,
  restMs: firstRestMs,
  bearableSince: null,
};

/** The state after a look with this score, 1 to 5, at `now`. */
export function nextSoundFirst(state: SoundFirst, score: number, now: number): SoundFirst {
  return state.on ? whilePaused(state, score, now) : whileShown(state, score, now);
}

function whileShown(state: SoundFirst, score: number, now: number): SoundFirst {
  if (score > 1) return { ...state, badLooks: 0 };
  const badLooks = state.badLooks + 1;
  if (badLooks < looksToGiveUp) return { ...state, badLooks };
  const isRelapse = state.since > 0 && now - state.since < wellMs;
  const restMs = isRelapse ? Math.min(longestRestMs, state.restMs * 2) : firstRestMs;
  return { on: true, since: now, badLooks: 0, betterLooks: 0, restMs, bearableSince: null };
}

function whilePaused(state: SoundFirst, score: number, now: number): SoundFirst {
  const betterLooks = score >= 3 ? state.betterLooks + 1 : 0;
  const bearableSince = score > 1 ? (state.bearableSince ?? now) : null;
  const isBetter = betterLooks >= looksToReturn && now - state.since >= state.restMs;
  const isBearable = bearableSince !== null && now - bearableSince >= restsToTry * state.restMs;
  if (!isBetter && !isBearable) return { ...state, betterLooks, bearableSince };
  return { ...state, on: false, since: now, badLooks: 0, betterLooks: 0, bearableSince: null };
}
