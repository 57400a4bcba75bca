/** How long, how many, how bad. */
import { randomInt } from 'node:crypto';

export interface ChaosOptions {
  /** Of what chance decides; when each thing happens still depends on the machine. */
  seed: number;
  /** How long failures go on. */
  seconds: number;
  /** Meetings at a time. */
  meetings: number;
  /** From one failure to the next. */
  everySeconds: number;
  /** The longest freeze, or cut; the shortest takes a second. */
  longestSeconds: number;
  /** Of both clinics: for who comes back, and for a doctor where one is given grace at all. Longer than failures can last. */
  windowSeconds: number;
  /** Whether persons leave for good, so that the windows have to run out before the end can be judged. */
  departures: boolean;
}

/** Windows are as long as two of the longest failures and a node's start on a busy machine. */
export const usual = {
  everySeconds: 10,
  longestSeconds: 20,
  windowSeconds: 60,
  departures: true,
} as const satisfies Partial<ChaosOptions>;

/** CHAOS_SEED where it is given, else a new one. */
export function chaosSeed(): number {
  const given = process.env['CHAOS_SEED'];
  const seed = given === undefined ? randomInt(2 ** 31 - 1) : Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error('CHAOS_SEED must be a whole number.');
  return seed;
}
