/** One number decides everything random of a run. Printed, so that a failure can be had again. */
import { randomInt } from 'node:crypto';

/** FUZZ_SEED where it is given, else a new one. */
export function fuzzSeed(): number {
  const given = process.env['FUZZ_SEED'];
  const seed = given === undefined ? randomInt(2 ** 31 - 1) : Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error('FUZZ_SEED must be a whole number.');
  process.stdout.write(`Fuzz seed ${seed}; the same again with FUZZ_SEED=${seed}.\n`);
  return seed;
}
