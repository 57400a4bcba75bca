/** signaling/SPEC.md, CL: nodes as processes of their own that are killed, or frozen and thawed, in the middle of calls. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { clusterEnv, enterAt, hearEachOther, sendSound } from '../support/cluster.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { mediaWorkersOf } from '../support/media-workers.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { noRedis, startRedis } from '../support/redis.ts';
import { call as rest } from '../support/serve-app.ts';
import type { SocketClient } from '../support/socket-client.ts';
import { createTenant, type TestPerson, type TestTenant, testJwt } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const withRedis = noRedis === undefined ? describe : describe.skip;

const stack = new AsyncDisposableStack();
let db: TestDatabase;
let clinic: TestTenant;
/** In the order in which they die. */
let nodes: ServerProcess[];
const last = () => nodes[2] as ServerProcess;

async function read(id: string): Promise<Meeting> {
  const token = await clinic.token('admin');
  return (await rest(`${last().url}/api/v1/meetings/${id}`, 'GET', { token })).json as Meeting;
}

interface Call extends Disposable {
  meetingId: string;
  doctor: SocketClient;
  patient: SocketClient;
  resume: { key: string; transports: string[] };
}

interface Persons {
  doctor: TestPerson;
  patient: TestPerson;
}

/** The doctor's node holds the room. */
async function consultation(
  doctorAt: ServerProcess,
  patientAt: ServerProcess,
  { doctor: doctorIs, patient: patientIs }: Persons = { doctor: 'doctor', patient: 'patient' },
): Promise<Call> {
  const doctorId = clinic.users[doctorIs].practitionerId;
  const patientId = clinic.users[patientIs].patientId;
  const body = { doctorId, patientId, scheduledAt: new Date().toISOString() };
  const token = await clinic.token('staff');
  const { id: meetingId } = (await rest(`${last().url}/api/v1/meetings`, 'POST', { token, body })).json as Meeting;
  const resume = { key: randomBytes(16).toString('base64url'), transports: [] };
  const doctor = await enterAt(doctorAt.url, clinic, doctorIs);
  const patient = await enterAt(patientAt.url, clinic, patientIs);
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId, resume });
  await doctor.next('participant:joined');
  const dispose = () => [doctor, patient].forEach((socket) => socket.close());
  return { meetingId, doctor, patient, resume, [Symbol.dispose]: dispose };
}

/** The doctor goes over to another node; the room stays where it is. */
async function elsewhere(call: Call, at: ServerProcess): Promise<SocketClient> {
  const doctor = await enterAt(at.url, clinic, 'doctor2');
  await doctor.call('meeting:start', { meetingId: call.meetingId });
  await call.doctor.next('seat:taken');
  return doctor;
}

withRedis(`of three nodes${noRedis ? ` (${noRedis})` : ''}`, () => {
  beforeAll(async () => {
    db = stack.use(await createTestDatabase());
    const redis = stack.use(await startRedis());
    const env = {
      ...clusterEnv(redis, 'sfu'),
      DATABASE_URL: db.appUrl,
      DATABASE_OWNER_URL: db.ownerUrl,
      JWT_SECRET: testJwt.secret,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
    };
    clinic = await createTenant(db, { settings: { doctorGraceSeconds: 0 } });
    // One after the other: together they hold each other up.
    nodes = [];
    while (nodes.length < 3) nodes.push(stack.use(await spawnServer(env)));
  }, 200_000);
  afterAll(async () => {
    await stack.disposeAsync();
  });

  it('[MD6] a media worker of the one that holds the room is killed: both build anew, on whichever node they are', async () => {
    const [holder, other] = nodes as [ServerProcess, ServerProcess];
    using call = await consultation(holder, other);
    await hearEachOther(call.doctor, call.patient);
    for (const pid of mediaWorkersOf(holder.process.pid ?? 0)) process.kill(pid, 'SIGKILL');
    await Promise.all([call.doctor.next('media:reset'), call.patient.next('media:reset')]);
    await hearEachOther(call.doctor, call.patient);
    expect(await read(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
  });

  it('[CL7] the one that holds the rooms is killed: who is on others goes on, and who was there comes back by the third', async () => {
    const [holder, other, third] = nodes as [ServerProcess, ServerProcess, ServerProcess];
    using call = await consultation(holder, other);
    using beside = await consultation(holder, other, { doctor: 'doctor2', patient: 'patient2' });
    await using doctor2 = await elsewhere(beside, third);
    await Promise.all([hearEachOther(call.doctor, call.patient), hearEachOther(doctor2, beside.patient)]);
    await holder.kill('SIGKILL');
    const patients = [call.patient, beside.patient];
    await Promise.all([doctor2, ...patients].map((socket) => socket.next('media:reset')));
    await hearEachOther(doctor2, beside.patient);
    expect(await read(beside.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
    expect([doctor2, beside.patient].flatMap((socket) => socket.heard('participant:dropped'))).toEqual([]);
    expect(await read(call.meetingId)).toMatchObject({ status: 'active' });
    await using doctor = await enterAt(third.url, clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId: call.meetingId });
    await hearEachOther(doctor, call.patient);
    expect(await read(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
  });

  it('[CL5] the one that holds the room is frozen: the others take it, and thawed it changes nothing', async () => {
    const [, holder, third] = nodes as [ServerProcess, ServerProcess, ServerProcess];
    using call = await consultation(holder, third);
    await hearEachOther(call.doctor, call.patient);
    holder.process.kill('SIGSTOP');
    try {
      // What needs the room finds that it does not answer.
      expect(await call.patient.refusal('media:create-transport', { direction: 'send' })).toBe('UNAVAILABLE');
      await call.patient.next('media:reset');
      await using doctor = await enterAt(third.url, clinic, 'doctor');
      await doctor.call('meeting:start', { meetingId: call.meetingId });
      await hearEachOther(doctor, call.patient);
      holder.process.kill('SIGCONT');
      await until('the frozen node lets its socket go', () => !call.doctor.socket.connected);
      await hearEachOther(doctor, call.patient);
      expect(await read(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
      expect(call.patient.heard('participant:left')).toEqual([]);
    } finally {
      holder.process.kill('SIGCONT');
    }
  });

  it('[CL7] another than the one that holds the room is killed: its media is kept for who comes back', async () => {
    const [, other, holder] = nodes as [ServerProcess, ServerProcess, ServerProcess];
    using call = await consultation(holder, other);
    const { transport } = await call.patient.call('media:create-transport', { direction: 'send' });
    await other.kill('SIGKILL');
    await using back = await enterAt(holder.url, clinic, 'patient');
    const resume = { ...call.resume, transports: [transport.id] };
    const joined = await back.call('meeting:join', { meetingId: call.meetingId, resume });
    expect(joined.mediaKept).toBe(true);
    await sendSound(back);
    await call.doctor.next('media:produced');
    expect(call.doctor.heard('media:reset')).toEqual([]);
    expect(await read(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
  });
});
