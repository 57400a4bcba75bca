/** Waits for a fact about the world; fails with a sentence. */
import { setTimeout as pause } from 'node:timers/promises';

/** Far more than any fact takes on a busy machine: a wait ends when the fact is there, and only a fault lasts so long. */
const usualLimitMs = 30_000;

/** Asks again until the answer is truthy, and gives it back; seldom where asking is much work. For what announces itself, listen instead. */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  limitMs = usualLimitMs,
  everyMs = 20,
): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}.`);
    await pause(everyMs);
  }
}
