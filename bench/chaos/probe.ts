/** From a failure until both of a meeting are back: a line of chat goes both ways. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Visit } from './visit.ts';

const tryMs = 1_000;
const lookMs = 20;

/** Milliseconds; undefined when the talk was over before, by plan or because nobody waits any longer. */
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
