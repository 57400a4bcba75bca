/**
 * signaling/SPEC.md, CL and RC3: two nodes as processes of their own, and a PostgreSQL that is cut off from one, restarted,
 * there when nobody is, or at another time than they. The first node has no keeper of deadlines (ROLES), the second has.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase } from '../../src/platform/db/scope.ts';
import { clusterEnv, enterAt, through } from '../support/cluster.ts';
import { type CuttableProxy, startCuttableProxy } from '../support/cuttable-proxy.ts';
import { type DebianPostgres, noPostgres, startDebianPostgres } from '../support/debian-postgres.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { noRedis, startRedis } from '../support/redis.ts';
import { call as rest } from '../support/serve-app.ts';
import type { SocketClient } from '../support/socket-client.ts';
import { createTenant, type TestTenant, testJwt } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const missing = noRedis ?? noPostgres;
const suite = missing === undefined ? describe : describe.skip;
const operations = readFileSync(path.resolve(import.meta.dirname, '../../docs/OPERATIONS.md'), 'utf8');
/** The statements that an administrator copies. */
const setUp = (/```sql\n([^`]*create database housecall[^`]*)```/.exec(operations)?.[1] ?? '').replaceAll('…', 'p');

const stack = new AsyncDisposableStack();
let postgres: DebianPostgres;
/** Of the first node to PostgreSQL. */
let way: CuttableProxy;
let env: Record<string, string>;
let one: ServerProcess;
let other: ServerProcess;
/** Its doctor has no grace, its patient five minutes. */
let clinic: TestTenant;
/** Its patient has one second. */
let hasty: TestTenant;

const urlOf = (role: string) => postgres.url('housecall', `${role}:p`);

/** As the superuser, whom nothing binds; a connection each, since PostgreSQL comes and goes. */
async function sql<R extends object>(text: string, values: unknown[] = []): Promise<R[]> {
  const client = new Client({ connectionString: postgres.url('housecall') });
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function tenants(): Promise<void> {
  const prisma = createPrisma(urlOf('housecall_app'), { poolSize: 1 });
  const pool = createPool(urlOf('housecall_app'), { poolSize: 1 });
  try {
    const database = createDatabase({ prisma, pool });
    clinic = await createTenant(database, { settings: { doctorGraceSeconds: 0 } });
    hasty = await createTenant(database, { settings: { reconnectWindowSeconds: 1 } });
  } finally {
    await Promise.all([prisma.$disconnect(), pool.end()]);
  }
}

interface Call extends Disposable {
  meetingId: string;
  doctor: SocketClient;
  patient: SocketClient;
}

async function consultation(of: TestTenant, doctorAt = one, patientAt = other): Promise<Call> {
  const { doctorId, patientId } = of;
  const body = { doctorId, patientId, scheduledAt: new Date().toISOString() };
  const token = await of.token('staff');
  const { id: meetingId } = (await rest(`${other.url}/api/v1/meetings`, 'POST', { token, body })).json as Meeting;
  const doctor = await enterAt(doctorAt.url, of, 'doctor');
  const patient = await enterAt(patientAt.url, of, 'patient');
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId });
  await doctor.next('participant:joined');
  const dispose = () => [doctor, patient].forEach((socket) => socket.close());
  return { meetingId, doctor, patient, [Symbol.dispose]: dispose };
}

/** As the second node has it. */
async function read(of: TestTenant, meetingId: string): Promise<Meeting> {
  const token = await of.token('admin');
  return (await rest(`${other.url}/api/v1/meetings/${meetingId}`, 'GET', { token })).json as Meeting;
}

const untilEnded = (of: TestTenant, meetingId: string) =>
  until('the meeting is settled', async () => {
    const now = await read(of, meetingId);
    return now.status === 'ended' ? now : undefined;
  });

const entries = (meetingId: string, type: 'drop' | 'deadline') =>
  sql<{ at: Date }>('select at from meeting_event where meeting_id = $1 and type = $2', [meetingId, type]);

/** The patient comes in by a node that may not yet be able to. */
async function untilIn(node: ServerProcess, meetingId: string): Promise<SocketClient> {
  return until(
    'the node takes people in',
    async () => {
      const patient = await enterAt(node.url, clinic, 'patient').catch(() => undefined);
      // One that holds no lease yet sends away whom it has just let connect.
      const joined = await patient?.ask('meeting:join', { meetingId }).catch(() => undefined);
      if (patient && joined?.ok) return patient;
      patient?.close();
      return undefined;
    },
    30_000,
  );
}

async function hearsOther(url: string): Promise<boolean> {
  return /^housecall_peers 1$/m.test(await (await fetch(`${url}/metrics`)).text());
}

let lines = 0;
/** Whoever writes first tries again, as a person does who reads that it was not sent. */
async function writeToEachOther(doctor: SocketClient, patient: SocketClient): Promise<void> {
  for (const [from, to] of [
    [doctor, patient],
    [patient, doctor],
  ] as const) {
    const clientId = String((lines += 1));
    await until('the line is taken', async () => (await from.ask('chat:send', { text: 'There?', clientId })).ok);
    await to.next('chat:sent', (line) => line.clientId === clientId);
  }
}

suite(`two nodes and their PostgreSQL${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    postgres = stack.use(await startDebianPostgres());
    for (const statement of setUp.split(';').filter((one) => one.trim() !== ''))
      await postgres.run('psql', '-qd', postgres.url('postgres'), '-c', statement);
    const redis = stack.use(await startRedis());
    way = stack.use(await startCuttableProxy(urlOf('housecall_app')));
    env = {
      ...clusterEnv(redis, 'p2p'),
      DATABASE_URL: urlOf('housecall_app'),
      DATABASE_OWNER_URL: urlOf('housecall_owner'),
      JWT_SECRET: testJwt.secret,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
    };
    const settable = `--import=${path.resolve(import.meta.dirname, '../support/settable-clock.ts')}`;
    other = stack.use(await spawnServer({ ...env, NODE_OPTIONS: settable }));
    const behind = { DATABASE_URL: through(urlOf('housecall_app'), way), ROLES: 'api,signaling' };
    one = stack.use(await spawnServer({ ...env, ...behind }));
    await tenants();
    for (const { url } of [one, other]) await until('the nodes hear each other', async () => hearsOther(url));
  }, 200_000);
  afterAll(async () => {
    await stack.disposeAsync();
  }, 90_000);

  it('[CL8] one of which has its clock set an hour ahead, then back, end no meeting early, and none late', async () => {
    using call = await consultation(clinic, other, other);
    call.patient.cut();
    const { deadline } = await call.doctor.next('participant:dropped');
    for (const [index, set] of ['3600000', '-3600000'].entries()) {
      other.process.kill('SIGUSR2');
      await until('the clock is set', () => other.output().includes(`set ${set} ms ahead`));
      // Settled by the node whose clock is wrong, which has looked what is due since it was set.
      using due = await consultation(hasty, other, one);
      due.patient.cut();
      const window = await due.doctor.next('participant:dropped');
      expect(await untilEnded(hasty, due.meetingId)).toMatchObject({ endedAt: window.deadline });
      expect(await read(clinic, call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: deadline });
      // Its sockets and their tokens are no older than they are.
      await call.doctor.call('chat:send', { text: 'Do you come back?', clientId: `clock ${index}` });
    }
    await using patient = await enterAt(other.url, clinic, 'patient');
    await patient.call('meeting:join', { meetingId: call.meetingId });
    const wrong = await sql(
      "select from meeting_event where meeting_id = $1 and at not between now() - interval '10 minutes' and now() + interval '1 minute'",
      [call.meetingId],
    );
    expect(wrong).toEqual([]);
  }, 90_000);

  it('[CL5] one of which is cut off from it: it changes nothing, the meeting goes on with the other, and both are one again', async () => {
    using call = await consultation(clinic);
    const [{ node_id: cutOff } = {}] = await sql<{ node_id: string }>(
      'select node_id from meeting_room where meeting_id = $1',
      [call.meetingId],
    );
    way.cut();
    // Where its lease has run out before they are answered, its people are sent to the other node.
    const refused = ['UNAVAILABLE', 'sent away'];
    const away = () => 'sent away';
    expect(refused).toContain(await call.doctor.refusal('meeting:end', {}).catch(away));
    const line = { text: 'Not now.', clientId: 'cut' };
    expect(refused).toContain(await call.doctor.refusal('chat:send', line).catch(away));
    // As when its lease has run out.
    await sql('update node set lease_until = now() where id = $1', [cutOff]);
    await call.patient.next('participant:dropped', ({ participant }) => participant.id === clinic.doctorId, 30_000);
    await using doctor = await enterAt(other.url, clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId: call.meetingId });
    await until('who was there is let go', () => !call.doctor.socket.connected);
    await writeToEachOther(doctor, call.patient);
    expect(await read(clinic, call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
    expect(await entries(call.meetingId, 'drop')).toHaveLength(1);
    way.mend();
    // It has a lease again: under another name it takes people in, and holds rooms.
    await using patient = await untilIn(one, call.meetingId);
    await writeToEachOther(doctor, patient);
    using next = await consultation(clinic);
    await writeToEachOther(next.doctor, next.patient);
  }, 90_000);

  it('[CL9] go on when it is restarted: sockets stay, the meeting is active throughout, and nothing is stuck', async () => {
    using call = await consultation(clinic);
    await postgres.stop();
    expect(await call.doctor.refusal('chat:send', { text: 'Not now.', clientId: 'lost' })).toBe('UNAVAILABLE');
    expect((await fetch(`${other.url}/readyz`)).status).toBe(503);
    // What happens meanwhile is written down once it can be.
    call.patient.cut();
    await postgres.start();
    await call.doctor.next('participant:dropped', undefined, 30_000);
    await using patient = await enterAt(other.url, clinic, 'patient');
    await patient.call('meeting:join', { meetingId: call.meetingId });
    await writeToEachOther(call.doctor, patient);
    expect(await read(clinic, call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
    expect(await entries(call.meetingId, 'drop')).toHaveLength(1);
    expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
    await call.doctor.call('meeting:end', {});
    await Promise.all([call.doctor.next('meeting:ended'), patient.next('meeting:ended')]);
  }, 90_000);

  it('[RC3] that are down when a window runs out, and start at the same instant, settle it at once, once, at its own time', async () => {
    using call = await consultation(hasty);
    call.patient.cut();
    const { deadline } = await call.doctor.next('participant:dropped');
    await Promise.all([one.kill('SIGKILL'), other.kill('SIGKILL')]);
    const version = async () =>
      (await sql<{ version: number }>('select version from meeting where id = $1', [call.meetingId]))[0]?.version ?? 0;
    const before = await version();
    await until('the window has run out', async () => {
      const [{ over } = { over: false }] = await sql<{ over: boolean }>('select now() > $1 as over', [deadline]);
      return over;
    });
    [one, other] = await Promise.all([spawnServer(env), spawnServer(env)]);
    stack.use(one);
    stack.use(other);
    const ended = await untilEnded(hasty, call.meetingId);
    expect(ended).toMatchObject({ endReason: 'patient_timeout', endedAt: deadline });
    expect(await version()).toBe(before + 1);
    expect(await entries(call.meetingId, 'deadline')).toHaveLength(1);
  }, 120_000);
});
