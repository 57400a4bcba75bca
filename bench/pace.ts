/** When work begins: in turns, so many at a time, or at moments of chance, as people do. */
import { setTimeout as pause } from 'node:timers/promises';

/** So many calls wait for their answer at a time, or so many begin in a second, as chance will have it. */
export type Pace = { inFlight: number } | { perSecond: number };

/** Takes the work in order, so many at a time. */
export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const turns = items.entries();
  const lane = async () => {
    for (const [index, item] of turns) await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
}

/** Both sides' people begin at the same instants of chance, call by call. */
const random = chance(2026);

/** Begins each piece of work without waiting for the others. */
export async function byChance<T>(
  items: readonly T[],
  perSecond: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const begun: Promise<void>[] = [];
  let at = performance.now();
  for (const item of items) {
    at += (-Math.log(1 - random()) / perSecond) * 1_000;
    await pause(Math.max(0, at - performance.now()));
    begun.push(work(item));
  }
  await Promise.all(begun);
}

export async function paced<T>(items: readonly T[], pace: Pace, work: (item: T) => Promise<void>): Promise<void> {
  if ('inFlight' in pace) await inTurns(items, pace.inFlight, work);
  else await byChance(items, pace.perSecond, work);
}

/** Mulberry32: numbers from 0 to 1 that follow from the seed. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
