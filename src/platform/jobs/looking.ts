/**
 * How often a process looks for what no one has told it. Whoever does something tells those who have to go on with it, so that
 * looking is the floor under that, for what was lost together with its process.
 */

/** How many processes look for the same, this one included, as far as it knows. */
export type Lookers = () => number;

export const alone: Lookers = () => 1;

/** However many there are: when all others die in one moment, what they owed waits no longer. */
const mostLookers = 4;

/** Milliseconds from one look of this process to its next, so that all together look as often as one of them would alone. */
export function pauseOf(pollMs: number, lookers: Lookers): number {
  return pollMs * Math.min(Math.max(1, lookers()), mostLookers);
}

/** Looks again and again, each time after as long as `pauseMs` says then; keeps no process alive. Gives back how to stop. */
export function lookEvery(pauseMs: () => number, look: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    timer = setTimeout(() => {
      next();
      look();
    }, pauseMs()).unref();
  };
  next();
  return () => clearTimeout(timer);
}
