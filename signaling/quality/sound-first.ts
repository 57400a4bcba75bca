/**
 * When a picture is given up to keep the sound, and when it comes back. Pure. Giving up takes two bad looks in a row, so
 * that one hiccup stops no picture; coming back takes a rest and three better looks, and a longer rest each time that the
 * picture was too much again soon after, so that it does not come and go.
 */

export interface SoundFirst {
  on: boolean;
  /** Epoch milliseconds of the last change. */
  since: number;
  badLooks: number;
  betterLooks: number;
  restMs: number;
}

const looksToGiveUp = 2;
const looksToReturn = 3;
const firstRestMs = 15_000;
const longestRestMs = 120_000;
/** A picture that lasted so long was no mistake. */
const wellMs = 60_000;

export const pictureToo: SoundFirst = { on: false, since: 0, badLooks: 0, betterLooks: 0, restMs: firstRestMs };

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
  return { on: true, since: now, badLooks: 0, betterLooks: 0, restMs };
}

function whilePaused(state: SoundFirst, score: number, now: number): SoundFirst {
  const betterLooks = score >= 3 ? state.betterLooks + 1 : 0;
  if (betterLooks < looksToReturn || now - state.since < state.restMs) return { ...state, betterLooks };
  return { ...state, on: false, since: now, badLooks: 0, betterLooks: 0 };
}
