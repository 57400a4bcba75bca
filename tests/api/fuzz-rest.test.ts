/**
 * Random and mutated requests at a live server, ten thousand of them in CI, by everybody and by nobody, generated from its description:
 * no 5xx, nothing repeated, and every answer fits what the description says of its status. fuzz-rest-more.test.ts sends as
 * many again.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fuzzRest } from '../support/fuzz/rest-run.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { summaryOf } from '../support/fuzz/summary.ts';
import { startTarget, type Target } from '../support/fuzz/target.ts';
import { type ModelServer, startModel } from '../support/model-server.ts';
import { isThorough, volume } from '../support/volume.ts';

const requests = Number(process.env['FUZZ_REQUESTS'] ?? volume(4_000, 10_000));
/** After which caches, pools and compiled code have their size. */
const warmUp = requests * 0.4;
const mayGrow = 12 * 2 ** 20;
/** Of all operations, the share that need not have been carried out by anybody: chance gets to most of them. */
const mayBeLeft = isThorough ? 0.35 : 0.5;

const seed = fuzzSeed();
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

it(`answers ${requests} random and mutated requests as described, repeats nothing, keeps nothing`, async () => {
  const first = await fuzzRest(target, { seed, requests: warmUp });
  const warm = await target.settled();
  const second = await fuzzRest(target, { seed: seed + 1_000_000, requests: requests - warmUp });
  const after = await target.settled();

  const faults = [...first.tally.faults, ...second.tally.faults, ...(await target.faults())];
  expect({ seed, count: faults.length, faults: summaryOf(faults) }).toEqual({ seed, count: 0, faults: [] });
  const asked = new Set([...first.tally.asked, ...second.tally.asked]);
  const never = first.operations.map(({ method, path }) => `${method} ${path}`).filter((one) => !asked.has(one));
  expect({ seed, never }).toEqual({ seed, never: [] });
  const seen = new Set([...first.tally.statuses.keys(), ...second.tally.statuses.keys()]);
  const unseen = [200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 415, 422].filter((status) => !seen.has(status));
  expect({ seed, unseen }).toEqual({ seed, unseen: [] });
  // Most of what there is to do was done by one of them.
  const done = new Set([...first.tally.carriedOut, ...second.tally.carriedOut]);
  const undone = first.operations.map(({ method, path }) => `${method} ${path}`).filter((one) => !done.has(one));
  expect({ seed, undone: undone.length > mayBeLeft * first.operations.length ? undone : [] }).toEqual({
    seed,
    undone: [],
  });
  expect(after.heapUsed - warm.heapUsed).toBeLessThan(mayGrow);
}, 600_000);
