/** A server that is killed in the middle of bookings leaves whole appointments or none. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Bookable, makeBookable, timeAhead } from '../support/bookable.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { makeOwnFolder } from '../support/own-folder.ts';
import { call } from '../support/serve-app.ts';
import { createTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { volume } from '../support/volume.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 0x7fffffff);
const weeks = 6;
/** Of each of the two that are killed side by side. */
const kills = volume(6, 25);

/** What is not whole, by name; all of it must be empty. */
const halves = {
  'a video visit without its meeting': `
    select a.id from appointment a where a.modality = 'video' and a.status = 'booked'
      and not exists (select from meeting m where m.tenant_id = a.tenant_id and m.appointment_id = a.id)`,
  'a meeting that is not when its appointment is': `
    select m.id from meeting m join appointment a on a.tenant_id = m.tenant_id and a.id = m.appointment_id
    where (m.status = 'scheduled') <> (a.status = 'booked') or m.scheduled_at <> a.starts_at`,
  'half a series': `
    select series_id from appointment where series_id is not null group by series_id having count(*) <> ${weeks}`,
  'an appointment without a beginning in its timeline': `
    select a.id from appointment a
    where not exists (select from appointment_event e where e.appointment_id = a.id and e.type = 'book')`,
  'an appointment whose version its timeline does not explain': `
    select a.id from appointment a
    where a.version <> (select count(*) from appointment_event e where e.appointment_id = a.id)`,
  'a booked appointment that nobody is reminded of': `
    select a.id from appointment a where a.status = 'booked'
      and 2 <> (select count(*) from appointment_reminder r where r.appointment_id = a.id and r.state = 'pending')`,
  'a booking without its entry in the audit trail': `
    select a.id from appointment a where a.series_id is null and not exists (
      select from audit_trail e where e.tenant_id = a.tenant_id and e.entity_id = a.id::text and e.action = 'appointment.book')`,
};

interface Tally {
  booked: number;
  cut: number;
  /** Kills that left a request without its answer. */
  amid: number;
}

const program = path.resolve(import.meta.dirname, '../support/appointment-server.ts');

/** Modules as they were compiled by the first server, for the others. */
let cache: string;
beforeAll(async () => {
  cache = await makeOwnFolder(tmpdir(), 'housecall-test-cache-');
});
afterAll(() => rm(cache, { recursive: true, force: true }));

async function open(db: TestDatabase): Promise<{ server: ChildProcess; url: string }> {
  const server = fork(program, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { DATABASE_URL: db.appUrl, NODE_COMPILE_CACHE: cache },
  });
  const [url] = (await once(server, 'message')) as [string];
  return { server, url };
}

/** Books, books series, moves and cancels at once until the server is gone. */
async function work(url: string, clinic: Bookable, token: string, round: number, tally: Tally): Promise<void> {
  const post = async (path: string, body: unknown) => {
    const answer = await call(`${url}/api/v1${path}`, 'POST', { token, body });
    if (answer.status === 201) tally.booked += 1;
    if (answer.status >= 500) throw new Error(`The server failed: ${answer.text}`);
    return answer;
  };
  const body = (index: number, patientId: string | undefined) => ({ ...bookingOf(clinic, round, index), patientId });
  const one = async (index: number, patientId: string | undefined) => {
    const { json, status } = await post('/appointments', body(index * 2, patientId));
    if (status !== 201) return;
    const { id } = json as { id: string };
    const startsAt = timeAhead(new Date(), 200 + round, index).toISOString();
    await post(`/appointments/${id}/reschedule`, { startsAt });
    if (index % 3 === 0) await post(`/appointments/${id}/cancel`, {});
  };
  const several = (index: number, patientId: string | undefined) =>
    post('/appointments/series', { ...body(index * 2, patientId), count: weeks });
  const asked = clinic.patients.map((patientId, index) =>
    (index % 3 === 2 ? several(index, patientId) : one(index, patientId)).catch((error: unknown) => {
      // What fetch throws when the other side is gone, whichever realm its error is of.
      if (/^TypeError: (fetch failed|terminated)/.test(String(error))) tally.cut += 1;
      else throw error;
    }),
  );
  await Promise.all(asked);
}

const bookingOf = ({ doctorId, doctor2Id, serviceId }: Bookable, round: number, index: number) => ({
  practitionerId: index % 2 === 0 ? doctorId : doctor2Id,
  serviceId,
  modality: 'video',
  startsAt: timeAhead(new Date(), 3 + (round % 7), index).toISOString(),
});

/** Each kills its own servers, one after the other; the next one starts while the last one's work is looked at. */
async function killAgainAndAgain(rounds: number, random: () => number): Promise<Tally> {
  await using db = await createTestDatabase();
  const clinic = await makeBookable(await createTenant(db), { patients: 12 });
  const token = await clinic.token('staff');
  const tally: Tally = { booked: 0, cut: 0, amid: 0 };
  let next = open(db);
  // How long the work of a round takes here and now, in milliseconds: learned from those that were done with it.
  let span = 1_000;
  for (let round = 0; round < rounds; round += 1) {
    const { server, url } = await next;
    const gone = once(server, 'exit');
    const first = { ...bookingOf(clinic, round, 1), patientId: clinic.patientId };
    await call(`${url}/api/v1/appointments`, 'POST', { token, body: first });
    const [cutBefore, began] = [tally.cut, performance.now()];
    const working = work(url, clinic, token, round, tally);
    // When it dies is chance, within the time that the work takes; there is nothing to wait for.
    await Promise.race([working, pause(random() * span)]);
    server.kill('SIGKILL');
    const took = performance.now() - began;
    if (round + 1 < rounds) next = open(db);
    await Promise.all([working, gone]);
    const amid = tally.cut > cutBefore;
    tally.amid += amid ? 1 : 0;
    span = amid ? span * 1.05 : took;
    await until('PostgreSQL has noticed', async () => {
      const rows = await db.sql(
        `select 1 from pg_stat_activity where datname = current_database() and usename = 'housecall_app' and xact_start is not null`,
      );
      return rows.length === 0;
    });
    for (const [what, sql] of Object.entries(halves)) {
      expect({ round, [what]: await db.sql(sql) }).toEqual({ round, [what]: [] });
    }
  }
  return tally;
}

it(`killed ${2 * kills} times in the middle of it, never a half (SEED=${seed})`, async () => {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const tallies = await Promise.all([killAgainAndAgain(kills, random), killAgainAndAgain(kills, random)]);
  // Otherwise the kills came before or after all work, and showed nothing.
  expect(tallies.reduce((sum, { booked }) => sum + booked, 0)).toBeGreaterThan(volume(0, 50));
  expect(tallies.reduce((sum, { cut }) => sum + cut, 0)).toBeGreaterThan(volume(2, 50));
  expect(tallies.reduce((sum, { amid }) => sum + amid, 0)).toBeGreaterThan(volume(1, 25));
}, 600_000);
