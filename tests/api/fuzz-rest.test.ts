/** Thousands of random and mutated requests at a live server, by everybody and by nobody. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HostilePerson } from '../support/fuzz/call-people.ts';
import type { JsonSchema } from '../support/fuzz/json-schema.ts';
import { createRestClient } from '../support/fuzz/rest-client.ts';
import { faultsOfAnswer } from '../support/fuzz/rest-judge.ts';
import { operationsOf, type RestAims, type RestShot, restShot } from '../support/fuzz/rest-shots.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { startTarget, type Target } from '../support/fuzz/target.ts';
import { call } from '../support/serve-app.ts';
import { testPassword } from '../support/tenant.ts';

const requests = 5_000;
/** After which caches, pools and compiled code have their size. */
const warmUp = 2_000;
const mayGrow = 6 * 2 ** 20;
const connections = 8;

const seed = fuzzSeed();
let target: Target;
beforeAll(async () => {
  target = await startTarget({ MEDIA_ENGINE: 'p2p' });
}, 90_000);
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

async function aim(): Promise<RestAims> {
  const { clinic, other, url } = target;
  const { json } = await call(`${url}/api/v1/openapi.json`, 'GET');
  const description = json as { components: { schemas: Record<string, JsonSchema> } };
  const meetings: string[] = [];
  for (const [tenant, count] of [
    [clinic, 30],
    [other, 5],
  ] as const) {
    const { doctorId, patientId } = tenant;
    for (let made = 0; made < count; made += 1) {
      const scheduledAt = new Date(Date.now() + made * 60_000).toISOString();
      const answer = await target.rest(tenant, 'staff', 'POST', '/meetings', { doctorId, patientId, scheduledAt });
      meetings.push((answer.json as { id: string }).id);
    }
  }
  // Some are active, so that there is something to end.
  for (const meetingId of meetings.slice(0, 15)) {
    const doctor = await HostilePerson.connect('the doctor', url, await clinic.token('doctor'));
    await doctor.call('meeting:start', { meetingId });
    doctor.close();
  }
  const people = ['doctor', 'doctor2', 'patient', 'patient2', 'lab', 'staff', 'admin'] as const;
  const tokens = [
    ...(await Promise.all(people.map((person) => clinic.token(person)))),
    await other.token('admin'),
    await other.token('patient'),
  ];
  const session = await call(`${url}/api/v1/auth/login`, 'POST', {
    body: { email: clinic.users.doctor.email, password: testPassword },
  });
  const { refreshToken } = session.json as { refreshToken: string };
  const login = [clinic, other].map(({ users, slug }) => ({
    email: users.patient.email,
    password: testPassword,
    tenant: slug,
  }));
  return {
    operations: operationsOf(json),
    components: description.components.schemas,
    ids: [...meetings, clinic.doctorId, clinic.patientId, other.doctorId, other.patientId, clinic.id],
    credentials: [
      ...tokens.map((token) => `Bearer ${token}`),
      '',
      'Bearer ',
      'Basic YTpi',
      `Bearer ${refreshToken}`,
      `Bearer ${tokens[0]}x`,
      `Bearer eyJhbGciOiJub25lIn0.${tokens[6]?.split('.')[1]}.`,
    ],
    bodies: {
      'POST /api/v1/auth/login': [...login, { email: 'nobody@test.example', password: 'x' }],
      'POST /api/v1/auth/register': Array.from({ length: 20 }, (_, index) => ({
        tenant: clinic.slug,
        email: `new-${index}@test.example`,
        password: testPassword,
        displayName: 'Somebody New',
      })),
      'POST /api/v1/auth/refresh': [{ refreshToken }],
      'POST /api/v1/meetings': [
        { doctorId: clinic.doctorId, patientId: clinic.patientId, scheduledAt: new Date().toISOString() },
      ],
    },
  };
}

interface Tally {
  statuses: Map<number, number>;
  /** Operations that were carried out. */
  carriedOut: Set<string>;
  faults: string[];
}

/** Whoever is refused in the middle of sending may find the connection closed before they read why. */
function isTooLarge({ target, headers, body }: RestShot): boolean {
  return target.length + JSON.stringify(headers).length > 15_000 || (body?.length ?? 0) > 60_000;
}

async function fire(shots: readonly RestShot[], tally: Tally): Promise<void> {
  using client = createRestClient(target.url, connections);
  const rest = shots.values();
  const gun = async () => {
    for (const shot of rest) {
      const answer = await client.send(shot);
      const what = `${shot.method} ${shot.target.slice(0, 300)} ${shot.body?.subarray(0, 600).toString() ?? ''}`;
      if (answer === 'lost') {
        tally.faults.push(...(isTooLarge(shot) ? [] : [`${what} was not answered`]));
        continue;
      }
      tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1);
      if (shot.operation && answer.status < 300)
        tally.carriedOut.add(`${shot.operation.method} ${shot.operation.path}`);
      tally.faults.push(...faultsOfAnswer(shot, answer).map((fault) => `${what} ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: connections }, gun));
}

it(`answers ${requests} random and mutated requests without a 5xx, repeats nothing, keeps nothing`, async () => {
  const aims = await aim();
  const shots = fc.sample(restShot(aims), { seed, numRuns: requests });
  const tally: Tally = { statuses: new Map(), carriedOut: new Set(), faults: [] };
  await fire(shots.slice(0, warmUp), tally);
  const warm = await target.settled();
  await fire(shots.slice(warmUp), tally);
  const after = await target.settled();

  const faults = [...tally.faults, ...(await target.faults())];
  expect({ seed, count: faults.length, faults: faults.slice(0, 6) }).toEqual({ seed, count: 0, faults: [] });
  const never = aims.operations
    .map(({ method, path }) => `${method} ${path}`)
    .filter((one) => !tally.carriedOut.has(one));
  expect({ seed, never }).toEqual({ seed, never: [] });
  const unseen = [200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 415, 422].filter(
    (status) => !tally.statuses.has(status),
  );
  expect({ seed, unseen }).toEqual({ seed, unseen: [] });
  expect(after.heapUsed - warm.heapUsed).toBeLessThan(mayGrow);
}, 180_000);
