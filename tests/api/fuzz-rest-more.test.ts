/** More of what fuzz-rest.test.ts sends, from another seed: in CI the two together are the 20,000 that we promise. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fuzzRest } from '../support/fuzz/rest-run.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { summaryOf } from '../support/fuzz/summary.ts';
import { startTarget, type Target } from '../support/fuzz/target.ts';
import { type ModelServer, startModel } from '../support/model-server.ts';
import { volume } from '../support/volume.ts';

const requests = Number(process.env['FUZZ_REQUESTS'] ?? volume(500, 10_000));
const seed = fuzzSeed() + 2_000_000;
let target: Target;
let model: ModelServer;
beforeAll(async () => {
  // Without the worker: it would stumble over what every-row.ts makes up.
  model = await startModel();
  const env = { ...model.env, SMTP_URL: 'smtp://127.0.0.1:1' };
  target = await startTarget({ ...env, ROLES: 'api,signaling', MEDIA_ENGINE: 'p2p' });
}, 90_000);
afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
});

it(`answers ${requests} more as described`, async () => {
  const { tally } = await fuzzRest(target, { seed, requests });
  const faults = [...tally.faults, ...(await target.faults())];
  expect({ seed, count: faults.length, faults: summaryOf(faults) }).toEqual({ seed, count: 0, faults: [] });
  const answered = [...tally.statuses.values()].reduce((sum, count) => sum + count, 0);
  expect(answered).toBeGreaterThan(0.98 * requests);
}, 600_000);
