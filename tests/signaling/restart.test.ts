/** signaling/SPEC.md, CL and RC3: a server's death is not a participant's leaving, and time goes on without it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startLive } from '../support/live.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { createTenant, type TestPerson, type TestTenant, testJwt } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
});

const spawn = () =>
  spawnServer({
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    JWT_SECRET: testJwt.secret,
    RATE_LIMITS: 'off',
  });

const enter = async (server: ServerProcess, clinic: TestTenant, person: TestPerson) =>
  SocketClient.connect(server.url, await clinic.token(person));

async function meetingOf(server: ServerProcess, clinic: TestTenant): Promise<Meeting> {
  const { doctorId, patientId } = clinic;
  const body = { doctorId, patientId, scheduledAt: new Date().toISOString() };
  return (await call(`${server.url}/api/v1/meetings`, 'POST', { token: await clinic.token('staff'), body }))
    .json as Meeting;
}

async function read(server: ServerProcess, clinic: TestTenant, id: string): Promise<Meeting> {
  return (await call(`${server.url}/api/v1/meetings/${id}`, 'GET', { token: await clinic.token('admin') }))
    .json as Meeting;
}

/** A meeting with both in it, on a server that is then killed. */
async function killedInACall(clinic: TestTenant): Promise<string> {
  await using server = await spawn();
  const { id: meetingId } = await meetingOf(server, clinic);
  await using doctor = await enter(server, clinic, 'doctor');
  await using patient = await enter(server, clinic, 'patient');
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId });
  await server.kill('SIGKILL');
  return meetingId;
}

describe('a server that is killed in a call', () => {
  it('[CL1] and started again finds the meeting active, and both come back', async () => {
    const clinic = await createTenant(db);
    const meetingId = await killedInACall(clinic);
    await using server = await spawn();
    expect((await read(server, clinic, meetingId)).status).toBe('active');
    await using doctor = await enter(server, clinic, 'doctor');
    await using patient = await enter(server, clinic, 'patient');
    expect((await doctor.call('meeting:start', { meetingId })).meeting.status).toBe('active');
    await patient.call('meeting:join', { meetingId });
    await doctor.call('chat:send', { text: 'There you are.', clientId: '1' });
    await patient.next('chat:sent');
    expect(await read(server, clinic, meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
  });

  it('[CL1] gives both the recovery window when its lease runs out, whatever the doctor’s grace', async () => {
    const clinic = await createTenant(db, { settings: { doctorGraceSeconds: 0, recoveryWindowSeconds: 90 } });
    const meetingId = await killedInACall(clinic);
    await using live = await startLive({ db, leaseMs: 300 });
    await db.sql(
      "update node set lease_until = now() - interval '1 second' where lease_until > now() + interval '2 seconds'",
    );
    const meeting = await until('the dead node is noticed', async () => {
      const now = (await live.rest(clinic, 'admin', 'GET', `/meetings/${meetingId}`)).json as Meeting;
      return now.reconnectDeadline ? now : undefined;
    });
    expect(meeting.status).toBe('active');
    const left = Date.parse(meeting.reconnectDeadline ?? '') - Date.now();
    expect(left).toBeGreaterThan(60_000);
    // By the database's clock, which is not this process's to the millisecond.
    expect(left).toBeLessThan(91_000);
    await live.forward(91);
    const over = (await live.rest(clinic, 'admin', 'GET', `/meetings/${meetingId}`)).json as Meeting;
    expect(over).toMatchObject({
      status: 'ended',
      endReason: 'doctor_disconnected',
      endedAt: meeting.reconnectDeadline,
    });
  });
});

describe('a reconnect window', () => {
  it('[RC3] that runs out while every server is down is settled within 5 s of the start, at its own time', async () => {
    const clinic = await createTenant(db, { settings: { reconnectWindowSeconds: 1 } });
    const first = await spawn();
    const { id: meetingId } = await meetingOf(first, clinic);
    await using doctor = await enter(first, clinic, 'doctor');
    const patient = await enter(first, clinic, 'patient');
    await doctor.call('meeting:start', { meetingId });
    await patient.call('meeting:join', { meetingId });
    patient.cut();
    const { deadline } = await doctor.next('participant:dropped');
    await first.kill('SIGKILL');
    await until('the window has run out', () => Date.now() > Date.parse(deadline));
    await using second = await spawn();
    const meeting = await until(
      'the meeting is settled',
      async () => {
        const now = await read(second, clinic, meetingId);
        return now.status === 'ended' ? now : undefined;
      },
      5_000,
    );
    expect(meeting).toMatchObject({ endReason: 'patient_timeout', endedAt: deadline });
  });
});

describe('a server that is asked to stop', () => {
  it('[CL3] tells its sockets, keeps the seats for the recovery window, and ends with code 0', async () => {
    const clinic = await createTenant(db);
    const server = await spawn();
    const { id: meetingId } = await meetingOf(server, clinic);
    await using doctor = await enter(server, clinic, 'doctor');
    await using patient = await enter(server, clinic, 'patient');
    await doctor.call('meeting:start', { meetingId });
    await patient.call('meeting:join', { meetingId });
    const ended = server.kill('SIGTERM');
    await Promise.all([doctor.next('server:draining'), patient.next('server:draining')]);
    expect(await ended).toBe(0);
    await using again = await spawn();
    expect(await read(again, clinic, meetingId)).toMatchObject({
      status: 'active',
      reconnectDeadline: expect.any(String),
    });
    await using back = await enter(again, clinic, 'doctor');
    expect((await back.call('meeting:start', { meetingId })).meeting.status).toBe('active');
  });
});

describe('a node whose lease was lost while it lived', () => {
  it('[CL2] closes its sockets and goes on under a new name', async () => {
    await using live = await startLive({ leaseMs: 300 });
    const clinic = await live.tenant();
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    await live.db.sql('delete from node');
    await doctor.next('server:draining');
    await until('the socket is closed', () => !doctor.socket.connected);
    await using again = await live.socket(clinic, 'doctor');
    expect((await again.call('meeting:start', { meetingId })).meeting.status).toBe('active');
  });
});
