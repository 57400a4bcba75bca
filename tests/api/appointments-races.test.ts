/** Many at once for one time: from several connections, through two servers, on one PostgreSQL. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Desk, openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { testJwt } from '../support/tenant.ts';
import { volume } from '../support/volume.ts';

const times = volume(3, 20);

const seed = Number(process.env['SEED'] ?? Date.now() % 0x7fffffff);

let db: TestDatabase;
let live: LiveServer;
let other: ServerProcess;
let desk: Desk;
let token: string;
beforeAll(async () => {
  db = await createTestDatabase();
  // What two servers of one clinic share.
  const env = { ENCRYPTION_KEY: 'a key for the tests of no use to anybody', JWT_SECRET: testJwt.secret };
  live = await startLive({ db, env });
  other = await spawnServer({
    ...env,
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    RATE_LIMITS: 'off',
    MEDIA_PORT: '0',
  });
  desk = await openAppointmentDesk(live, { patients: 200 });
  token = await desk.clinic.token('staff');
}, 90_000);
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await live[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
});

/** Half of them through each server. */
const post = (index: number, path: string, body: unknown) =>
  call(`${index % 2 === 0 ? live.url : other.url}/api/v1${path}`, 'POST', { token, body });

const codeOf = (answer: { status: number; json: unknown }) =>
  answer.status < 300 ? answer.status : (answer.json as { code: string }).code;

function count(codes: readonly (string | number)[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const one of codes) counted[one] = (counted[one] ?? 0) + 1;
  return counted;
}

/** Pairs of appointments that bind one practitioner, patient or room at the same time. */
const overlaps = () =>
  db.sql(
    `select a.id, b.id as other from appointment a join appointment b on a.id < b.id and a.tenant_id = b.tenant_id
     where a.status in ('booked', 'arrived') and b.status in ('booked', 'arrived')
       and (a.practitioner_id = b.practitioner_id or a.patient_id = b.patient_id or a.room_id = b.room_id)
       and tstzrange(a.starts_at, a.ends_at, '[)') && tstzrange(b.starts_at, b.ends_at, '[)')`,
  );

it(`200 at once for one time through two servers: one has it, 199 hear SLOT_TAKEN, ${times} times`, async () => {
  for (let round = 0; round < times; round += 1) {
    const startsAt = timeAhead(live.clock.now(), 3, round);
    const answers = await Promise.all(
      desk.clinic.patients.map((patientId, index) => post(index, '/appointments', desk.body(startsAt, { patientId }))),
    );
    expect({ round, ...count(answers.map(codeOf)) }).toEqual({ round, 201: 1, SLOT_TAKEN: 199 });
  }
  expect(await overlaps()).toEqual([]);
  const [meetings] = await db.sql<{ n: number }>('select count(*)::int as n from meeting');
  expect(meetings?.n).toBe(times);
}, 240_000);

it(`appointments that move across each other never overlap, and nobody hears of a deadlock (SEED=${seed})`, async () => {
  const own = await openAppointmentDesk(live, { patients: 12 });
  const staff = await own.clinic.token('staff');
  const ids: string[] = [];
  for (const [index, patientId] of own.clinic.patients.entries()) {
    const practitionerId = index % 2 === 0 ? own.clinic.doctorId : own.clinic.doctor2Id;
    ids.push((await own.book('staff', timeAhead(live.clock.now(), 5, index), { patientId, practitionerId })).id);
  }
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  const codes: (string | number)[] = [];
  for (let round = 0; round < 15; round += 1) {
    const moves = Array.from({ length: 24 }, (_, index) => {
      const id = ids[random(ids.length)];
      const startsAt = timeAhead(live.clock.now(), 5, random(14)).toISOString();
      const url = index % 2 === 0 ? live.url : other.url;
      return call(`${url}/api/v1/appointments/${id}/reschedule`, 'POST', { token: staff, body: { startsAt } });
    });
    codes.push(...(await Promise.all(moves)).map(codeOf));
    expect(await overlaps()).toEqual([]);
  }
  const { 200: moved = 0, SLOT_TAKEN: taken = 0, ...rest } = count(codes);
  expect(rest).toEqual({});
  expect(moved).toBeGreaterThan(0);
  expect(taken).toBeGreaterThan(0);
  // Each meeting is where its appointment is.
  expect(
    await db.sql(
      `select a.id from appointment a join meeting m on m.appointment_id = a.id and m.tenant_id = a.tenant_id
       where a.status = 'booked' and m.scheduled_at <> a.starts_at`,
    ),
  ).toEqual([]);
}, 120_000);

it('50 equal requests with one key make one appointment and 50 equal answers', async () => {
  const startsAt = timeAhead(live.clock.now(), 7);
  const body = desk.body(startsAt, { patientId: desk.clinic.patients[0] });
  const ask = async (index: number): Promise<{ status: number; text: string }> => {
    for (;;) {
      const url = index % 2 === 0 ? live.url : other.url;
      const answer = await call(`${url}/api/v1/appointments`, 'POST', {
        token,
        body,
        headers: { 'idempotency-key': `booking-${startsAt.getTime()}` },
      });
      // The first is still at work: ask again, as the answer says.
      if (codeOf(answer) !== 'IDEMPOTENCY_IN_PROGRESS') return { status: answer.status, text: answer.text };
    }
  };
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => ask(index)));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  const rows = await db.sql('select id from appointment where starts_at = $1', [startsAt]);
  expect(rows).toHaveLength(1);
}, 180_000);
