/**
 * signaling/SPEC.md, CL: two nodes that lose each other, Redis or the database, and meetings that go on. The doctor is on the
 * first node, which holds the room, the patient on the second.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { enterAt, hearEachOther, startCluster, type TestCluster } from '../support/cluster.ts';
import type { LiveServer } from '../support/live.ts';
import { noRedis } from '../support/redis.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const withRedis = noRedis === undefined ? describe : describe.skip;

interface Call extends Disposable {
  meetingId: string;
  doctor: SocketClient;
  patient: SocketClient;
}

let cluster: TestCluster;
let one: LiveServer;
let other: LiveServer;
let clinic: TestTenant;

async function consultation(): Promise<Call> {
  await cluster.together(cluster.nodes);
  const { id: meetingId } = await other.meeting(clinic);
  const [doctor, patient] = [await enterAt(one.url, clinic, 'doctor'), await enterAt(other.url, clinic, 'patient')];
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId });
  await doctor.next('participant:joined');
  const dispose = () => [doctor, patient].forEach((socket) => socket.close());
  return { meetingId, doctor, patient, [Symbol.dispose]: dispose };
}

/** As the second node has it. */
async function meetingNow(meetingId: string): Promise<Meeting> {
  return (await other.rest(clinic, 'admin', 'GET', `/meetings/${meetingId}`)).json as Meeting;
}

/** Whoever claims the room waits until it is released. */
async function holdRoom(meetingId: string) {
  const client = new Client({ connectionString: cluster.db.superUrl });
  await client.connect();
  await client.query('begin');
  await client.query('select from meeting_room where meeting_id = $1 for update', [meetingId]);
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  return {
    untilClaimed: () =>
      until(
        'the room is claimed',
        async () => (await cluster.db.sql(`${waiting} and query ~ 'room_claim'`)).length > 0,
      ),
    release: () => client.query('rollback'),
    [Symbol.asyncDispose]: () => client.end(),
  };
}

withRedis(`two nodes${noRedis ? ` (${noRedis})` : ''}`, () => {
  beforeAll(async () => {
    cluster = await startCluster('sfu', { leaseMs: 1_500 });
    [one, other] = cluster.nodes;
    clinic = await other.tenant({ settings: { doctorGraceSeconds: 0 } });
  });
  afterAll(async () => {
    await cluster?.[Symbol.asyncDispose]();
  });

  it('[CL5] that claim the same room at once agree on one, and both persons are in it', async () => {
    const { id: meetingId } = await other.meeting(clinic);
    await using first = await enterAt(one.url, clinic, 'doctor');
    await first.call('meeting:start', { meetingId });
    await cluster.db.sql('update meeting_room set node_id = null where meeting_id = $1', [meetingId]);
    await using doctor = await enterAt(one.url, clinic, 'doctor');
    await using patient = await enterAt(other.url, clinic, 'patient');
    await Promise.all([doctor.call('meeting:join', { meetingId }), patient.call('meeting:join', { meetingId })]);
    await hearEachOther(doctor, patient);
    await doctor.call('meeting:end', {});
    await patient.next('meeting:ended');
  });

  it('[RC3] settle a window that has run out once, however many look', async () => {
    using call = await consultation();
    call.patient.close();
    await call.doctor.next('participant:dropped');
    for (const { clock } of cluster.nodes) clock.forward(301);
    await Promise.all(cluster.nodes.map(({ server }) => server.settleDeadlines()));
    expect(await meetingNow(call.meetingId)).toMatchObject({ status: 'ended', endReason: 'patient_timeout' });
    await call.doctor.next('meeting:ended');
    const ends = await cluster.db.sql("select from meeting_event where meeting_id = $1 and type = 'deadline'", [
      call.meetingId,
    ]);
    expect(ends).toHaveLength(1);
  });

  it('[CL6] go on when Redis is restarted empty: what was lost meanwhile is told then', async () => {
    using call = await consultation();
    await cluster.redis.stop();
    await until('nobody is heard', () => cluster.nodes.every(({ server }) => server.peers() === 0));
    await call.doctor.call('chat:send', { text: 'Nobody hears this.', clientId: '1' });
    await cluster.redis.start();
    await cluster.together(cluster.nodes);
    await hearEachOther(call.doctor, call.patient);
    expect(await meetingNow(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
    expect(call.patient.heard('media:reset')).toEqual([]);
  });

  it('[CL6] tell the end of a meeting although Redis is away', async () => {
    using call = await consultation();
    await cluster.redis.stop();
    await until('nobody is heard', () => cluster.nodes.every(({ server }) => server.peers() === 0));
    await call.doctor.call('meeting:end', {});
    await Promise.all([call.doctor.next('meeting:ended'), call.patient.next('meeting:ended')]);
    await cluster.redis.start();
    await cluster.together(cluster.nodes);
    await until('no room is left', () => cluster.nodes.every(({ server }) => server.counts().rooms === 0));
  });

  it('[CL6] tell those who wait how things stand when another one starts, since what it has said so far nobody heard', async () => {
    await cluster.together(cluster.nodes);
    const { id: meetingId } = await other.meeting(clinic);
    await using patient = await enterAt(other.url, clinic, 'patient');
    await patient.call('meeting:wait', { meetingId });
    await until('all is told', async () => (await cluster.db.sql('select from outbox')).length === 0);
    const raise = 'update meeting set version = version + 1 where id = $1 returning version';
    const [changed] = await cluster.db.sql<{ version: number }>(raise, [meetingId]);
    await using third = await cluster.start();
    await patient.next('meeting:changed', ({ meeting }) => meeting.version === changed?.version);
    await cluster.together([...cluster.nodes, third]);
  });

  it('[CL6] hear the first that is written at a third one that has just started', async () => {
    await cluster.together(cluster.nodes);
    const { id: meetingId } = await other.meeting(clinic);
    await using doctor = await enterAt(one.url, clinic, 'doctor');
    await using patient = await enterAt(other.url, clinic, 'patient');
    await patient.call('meeting:wait', { meetingId });
    await using third = await cluster.start();
    await using phone = await enterAt(third.url, clinic, 'patient');
    const line = await phone.call('queue:message', { meetingId, text: 'I am early.', clientId: '1' });
    for (const socket of [doctor, patient]) expect((await socket.next('queue:messaged')).line).toEqual(line);
    await cluster.together([...cluster.nodes, third]);
  });

  it('[CL6] one of which is cut off from Redis lose its rooms to the other, and nobody their seat', async () => {
    using call = await consultation();
    await using held = await holdRoom(call.meetingId);
    cluster.ways.redis.cut();
    await held.untilClaimed();
    // On the way from one node to the other nobody hears that they are not in the visit: what they do waits.
    const written = call.patient.call('chat:send', { text: 'Are you still there?', clientId: 'moving' });
    await Promise.race([written, meetingNow(call.meetingId)]);
    await held.release();
    await written;
    await call.patient.next('media:reset');
    await call.doctor.next('server:draining');
    await until('the doctor is let go', () => !call.doctor.socket.connected);
    expect(await meetingNow(call.meetingId)).toMatchObject({ status: 'active' });
    await using doctor = await enterAt(other.url, clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId: call.meetingId });
    await hearEachOther(doctor, call.patient);
    expect(await meetingNow(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
    cluster.ways.redis.mend();
    await cluster.together(cluster.nodes);
    await hearEachOther(doctor, call.patient);
  });

  it('[CL6] one of which is taken for dead find those a room again who sit in one of the other', async () => {
    await cluster.together(cluster.nodes);
    const { id: meetingId } = await other.meeting(clinic);
    await using first = await enterAt(other.url, clinic, 'doctor');
    await first.call('meeting:start', { meetingId });
    await using patient = await enterAt(one.url, clinic, 'patient');
    await patient.call('meeting:join', { meetingId });
    await using doctor = await enterAt(one.url, clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    const rooms = () => cluster.nodes.map(({ server }) => server.counts().rooms);
    expect(rooms()).toEqual([0, 1]);
    cluster.ways.redis.cut();
    await until('both are put out', () => rooms()[1] === 0);
    cluster.ways.redis.mend();
    await Promise.all([doctor.next('media:reset'), patient.next('media:reset')]);
    await cluster.together(cluster.nodes);
    await hearEachOther(doctor, patient);
    await until('there is one room', () => rooms().reduce((sum, count) => sum + count) === 1);
    expect(await meetingNow(meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
  });

  it('[CL6] one of which says and hears nothing over a connection to Redis that looks open come together again', async () => {
    using call = await consultation();
    cluster.ways.redis.silence();
    await call.patient.next('media:reset');
    await until('the doctor is let go', () => !call.doctor.socket.connected);
    await using doctor = await enterAt(other.url, clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId: call.meetingId });
    await hearEachOther(doctor, call.patient);
    cluster.ways.redis.mend();
    await cluster.together(cluster.nodes);
    expect(await meetingNow(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
    await doctor.call('meeting:end', {});
    using next = await consultation();
    await hearEachOther(next.doctor, next.patient);
  });

  it('[CL2] one of which is cut off from the database lose its seats to the recovery window, and its rooms', async () => {
    using call = await consultation();
    cluster.ways.database.cut();
    await call.patient.next('participant:dropped', ({ participant }) => participant.id === clinic.doctorId);
    expect(await meetingNow(call.meetingId)).toMatchObject({ status: 'active' });
    await using doctor = await enterAt(other.url, clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId: call.meetingId });
    await call.patient.next('media:reset');
    await hearEachOther(doctor, call.patient);
    // Whoever stayed there would not come back before the window is over.
    await until('the old socket is let go', () => !call.doctor.socket.connected);
    cluster.ways.database.mend();
    expect(await meetingNow(call.meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
    await cluster.together(cluster.nodes);
  });

  it('[CL7] that stop one after the other end no consultation, and nobody loses their seat', async () => {
    const [third, fourth] = [await cluster.start(), await cluster.start()];
    try {
      const { id: meetingId } = await other.meeting(clinic);
      await using doctor = await enterAt(third.url, clinic, 'doctor');
      await using patient = await enterAt(fourth.url, clinic, 'patient');
      const key = randomBytes(16).toString('base64url');
      await doctor.call('meeting:start', { meetingId, resume: { key, transports: [] } });
      const { transport } = await doctor.call('media:create-transport', { direction: 'send' });
      await patient.call('meeting:join', { meetingId });
      const stopping = third.server.close('a rolling restart');
      await doctor.next('server:draining');
      // As our client does: first the new way, then the old one goes. Until then the room is where it was, and its media flows.
      await using moved = await enterAt(one.url, clinic, 'doctor');
      const resume = { key, transports: [transport.id] };
      // Or the node was just gone, now that nobody was on it: then the answer has the new room's media already.
      const { mediaKept } = await moved.call('meeting:start', { meetingId, resume });
      await Promise.all([patient.next('media:reset'), mediaKept ? moved.next('media:reset') : null]);
      await stopping;
      await hearEachOther(moved, patient);
      const stoppingToo = fourth.server.close('a rolling restart');
      await patient.next('server:draining');
      await using back = await enterAt(other.url, clinic, 'patient');
      await back.call('meeting:join', { meetingId });
      await stoppingToo;
      await hearEachOther(moved, back);
      expect(await meetingNow(meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
      const lost = await cluster.db.sql("select from meeting_event where meeting_id = $1 and type = 'drop'", [
        meetingId,
      ]);
      expect(lost).toEqual([]);
    } finally {
      await third[Symbol.asyncDispose]();
      await fourth[Symbol.asyncDispose]();
    }
  });
});
