/** signaling/SPEC.md, CL: two nodes, one database, one Redis. Each person is on another node unless it is said. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enterAt, receive, sendSound, startCluster, type TestCluster } from '../support/cluster.ts';
import { enterAs, guestSocket, inviteGuest } from '../support/guest.ts';
import type { LiveServer } from '../support/live.ts';
import { recordedCapabilities } from '../support/media-recorded.ts';
import { noRedis } from '../support/redis.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const withRedis = noRedis === undefined ? describe : describe.skip;

withRedis(`a doctor on one node and a patient on another${noRedis ? ` (${noRedis})` : ''}`, () => {
  let cluster: TestCluster;
  let one: LiveServer;
  let other: LiveServer;
  let clinic: TestTenant;
  beforeAll(async () => {
    cluster = await startCluster('sfu');
    [one, other] = cluster.nodes;
    clinic = await one.tenant();
  });
  afterAll(async () => {
    await cluster[Symbol.asyncDispose]();
  });

  /** The doctor starts on the first node, which then holds the room; the patient comes in on the second. */
  async function consultation(): Promise<
    { meetingId: string; doctor: SocketClient; patient: SocketClient } & Disposable
  > {
    const { id: meetingId } = await one.meeting(clinic);
    const [doctor, patient] = [await enterAt(one.url, clinic, 'doctor'), await enterAt(other.url, clinic, 'patient')];
    await doctor.call('meeting:start', { meetingId });
    await patient.call('meeting:join', { meetingId });
    await doctor.next('participant:joined');
    const dispose = () => [doctor, patient].forEach((socket) => socket.close());
    return { meetingId, doctor, patient, [Symbol.dispose]: dispose };
  }

  it('[CL4] are in one room, and hear and see each other through the node that holds it', async () => {
    using call = await consultation();
    expect(one.server.counts().rooms).toBe(1);
    expect(other.server.counts().rooms).toBe(0);
    const voice = await sendSound(call.patient);
    const { producer } = await call.doctor.next('media:produced');
    expect(producer).toMatchObject({ producerId: voice, participantId: clinic.patientId });
    expect(await receive(call.doctor, voice)).toMatchObject({ producerId: voice });
    const answer = await sendSound(call.doctor);
    expect((await call.patient.next('media:produced')).producer.producerId).toBe(answer);
    expect(await receive(call.patient, answer)).toMatchObject({ participantId: clinic.doctorId });
    await call.patient.call('media:set-sending', { audio: false, video: false });
    expect(await call.doctor.next('media:sending')).toMatchObject({ participantId: clinic.patientId });
  });

  it('[CL4] write to each other, wait for each other and hear how the meeting ends', async () => {
    const { id: meetingId } = await one.meeting(clinic);
    await using doctor = await enterAt(one.url, clinic, 'doctor');
    await using patient = await enterAt(other.url, clinic, 'patient');
    await patient.call('meeting:wait', { meetingId });
    await doctor.next('queue:changed', (queue) => 'waiting' in queue && queue.waiting.length === 1);
    await doctor.call('meeting:start', { meetingId });
    await patient.next('meeting:started');
    await patient.call('meeting:join', { meetingId });
    await doctor.call('chat:send', { text: 'Good morning.', clientId: '1' });
    expect(await patient.next('chat:sent')).toMatchObject({ text: 'Good morning.' });
    await doctor.call('meeting:end', {});
    await patient.next('meeting:ended');
    await until('the room is closed', () => one.server.counts().rooms === 0);
    // Until the word of it has come to their node the room is only not there.
    const refused = () => patient.refusal('media:create-transport', { direction: 'send' });
    await until('they are out of it', async () => (await refused()) === 'NOT_JOINED');
  });

  it('[JN5] lose the older socket wherever it is, and what it does afterwards changes nothing', async () => {
    using call = await consultation();
    await using elsewhere = await enterAt(one.url, clinic, 'patient');
    await elsewhere.call('meeting:join', { meetingId: call.meetingId });
    await call.patient.next('seat:taken');
    await until('the older socket is closed', () => !call.patient.socket.connected);
    await using again = await enterAt(other.url, clinic, 'patient');
    await again.call('meeting:join', { meetingId: call.meetingId });
    await elsewhere.next('seat:taken');
    await sendSound(again);
    await call.doctor.next('media:produced');
    expect(call.doctor.heard('participant:dropped')).toEqual([]);
  });

  it('[MD15] get what is there with the transport that is asked for with the seat, at either node', async () => {
    using call = await consultation();
    const voice = await sendSound(call.doctor);
    for (const { url } of [one, other]) {
      await using patient = await enterAt(url, clinic, 'patient');
      const receiving = { direction: 'recv', rtpCapabilities: recordedCapabilities } as const;
      const [, { consumers }] = await Promise.all([
        patient.call('meeting:join', { meetingId: call.meetingId }),
        patient.call('media:create-transport', receiving),
      ]);
      expect(consumers).toMatchObject([{ producerId: voice, participantId: clinic.doctorId }]);
    }
  });

  it('[RC1] are told of each other’s loss, and of the return to either node', async () => {
    using call = await consultation();
    const voice = await sendSound(call.patient);
    await call.doctor.next('media:produced');
    call.patient.cut();
    await call.doctor.next('participant:dropped', ({ participant }) => participant.id === clinic.patientId);
    expect(await call.doctor.next('media:closed')).toMatchObject({ producerId: voice });
    await using back = await enterAt(one.url, clinic, 'patient');
    await back.call('meeting:join', { meetingId: call.meetingId });
    await call.doctor.next('participant:returned');
  });

  it('[RC2][MD11] are seen sending at once by whoever stayed, when they come back to media that was kept', async () => {
    using call = await consultation();
    await using first = await enterAt(other.url, clinic, 'patient');
    const key = randomBytes(16).toString('base64url');
    await first.call('meeting:join', { meetingId: call.meetingId, resume: { key, transports: [] } });
    const { transport } = await first.call('media:create-transport', { direction: 'send' });
    const both = { audio: true, video: true };
    await first.call('media:set-sending', both);
    await call.doctor.next('media:sending');
    first.cut();
    await call.doctor.next('participant:dropped');
    await using back = await enterAt(other.url, clinic, 'patient');
    const resume = { key, transports: [transport.id] };
    const joined = await back.call('meeting:join', { meetingId: call.meetingId, resume });
    expect(joined).toMatchObject({ mediaKept: true, self: { sending: both } });
    const { participant } = await call.doctor.next('participant:returned');
    // Whichever node tells of it: the one that holds the room knows, the other is put right.
    const told = participant.sending.video ? participant : await call.doctor.next('media:sending');
    expect(told.sending).toEqual(both);
  });

  it('[GU1][GU2] let a guest in who is on the other node, and who hears no more than a guest may', async () => {
    using call = await consultation();
    const invite = await inviteGuest(one, clinic, call.meetingId);
    await using guest = await guestSocket(other, await enterAs(other, invite, 'Asha Menon'));
    await guest.call('guest:wait', {});
    await call.doctor.next('guest:changed', ({ guests }) => guests.some(({ state }) => state === 'waiting'));
    await call.doctor.call('guest:admit', { guestId: invite.id });
    await guest.next('guest:admitted');
    const joined = await guest.call('meeting:join', { meetingId: call.meetingId });
    expect(joined.participants).toHaveLength(2);
    const { displayName: patientName } = clinic.users.patient;
    expect(JSON.stringify([joined, ...guest.heard('meeting:changed')])).not.toContain(patientName);
    await call.doctor.next('participant:joined', ({ participant }) => participant.role === 'guest');
    await sendSound(guest);
    await call.patient.next('media:produced', ({ producer }) => producer.participantId === invite.id);
    await call.doctor.call('guest:remove', { guestId: invite.id });
    await until('the guest is out', () => !guest.socket.connected);
    await call.doctor.next('participant:left', ({ participant }) => participant.id === invite.id);
  });

  it('[CL4] hear of what is done over a process that has the role api alone', async () => {
    using call = await consultation();
    await using api = await cluster.start({ ROLES: 'api' });
    const ended = await api.rest(clinic, 'admin', 'POST', `/meetings/${call.meetingId}/end`);
    expect(ended.status).toBe(200);
    await Promise.all([call.doctor.next('meeting:ended'), call.patient.next('meeting:ended')]);
  });
});

withRedis('with media between the browsers, on two nodes', () => {
  it('[MD7] signals reach the named participant on the other node, both ways', async () => {
    await using cluster = await startCluster('p2p');
    const [one, other] = cluster.nodes;
    const clinic = await one.tenant();
    const { id: meetingId } = await one.meeting(clinic);
    await using doctor = await enterAt(one.url, clinic, 'doctor');
    await using patient = await enterAt(other.url, clinic, 'patient');
    await doctor.call('meeting:start', { meetingId });
    expect((await patient.call('meeting:join', { meetingId })).media).toEqual({ kind: 'p2p' });
    const description = { type: 'offer', sdp: 'v=0' } as const;
    await doctor.call('signal:send', { to: clinic.patientId, description });
    expect(await patient.next('signal:received')).toEqual({ from: clinic.doctorId, description });
    await patient.call('signal:send', { to: clinic.doctorId, candidate: null });
    expect(await doctor.next('signal:received')).toEqual({ from: clinic.patientId, candidate: null });
  });
});
