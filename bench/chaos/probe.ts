/** How long the two of a meeting do without each other: a line of chat goes both ways, or it does not. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Visit } from './visit.ts';

const tryMs = 1_000;
const lookMs = 20;
/** From one line to the next while something is broken. */
const everyMs = 300;
/** What a failure does to people may come behind it, as when a node finds out that it has lost its lease. */
const behindMs = 3_000;

/** From `since` until both are heard. Milliseconds; undefined when the talk was over before, by plan or because nobody waits any longer. */
export async function untilBothBack(visit: Visit, since: number, giveUp: AbortSignal): Promise<number | undefined> {
  const { doctor, patient } = visit;
  while (visit.isInTalk && !visit.isOver && !giveUp.aborted) {
    const [byDoctor, byPatient] = [randomUUID(), randomUUID()];
    void doctor.say(byDoctor);
    void patient.say(byPatient);
    const end = performance.now() + tryMs;
    while (performance.now() < end) {
      if (patient.heard.has(byDoctor) && doctor.heard.has(byPatient)) return performance.now() - since;
      await pause(lookMs);
    }
  }
  return undefined;
}

/**
 * The longest that a line took both ways, of those that were begun from `since` until shortly after `done`, in milliseconds.
 * Undefined when the talk was over before by plan: how long it would have been is not known.
 */
export async function longestApart(
  visit: Visit,
  { since, done }: { since: number; done: Promise<unknown> },
  giveUp: AbortSignal,
): Promise<number | undefined> {
  let until = Number.POSITIVE_INFINITY;
  const mended = () => {
    until = performance.now() + behindMs;
  };
  done.then(mended, mended);
  let longest = 0;
  for (let from = since; from < until; from = performance.now()) {
    const ms = await untilBothBack(visit, from, giveUp);
    if (ms === undefined) return undefined;
    longest = Math.max(longest, ms);
    await pause(everyMs);
  }
  return longest;
}
