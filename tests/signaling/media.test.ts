/** signaling/SPEC.md, MD: media over the socket, with real mediasoup workers and peer to peer. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Joined, Resume } from '../../signaling/protocol/index.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import { recordedAudio, recordedCapabilities, recordedDtls, recordedVideo } from '../support/media-recorded.ts';
import { mediaWorkersOf } from '../support/media-workers.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

interface Consultation extends Disposable {
  meetingId: string;
  doctor: SocketClient;
  patient: SocketClient;
  joined: Joined;
}

async function consultation(live: LiveServer, clinic: TestTenant, resume?: Resume): Promise<Consultation> {
  const { id: meetingId } = await live.meeting(clinic);
  const [doctor, patient] = [await live.socket(clinic, 'doctor'), await live.socket(clinic, 'patient')];
  await doctor.call('meeting:start', { meetingId });
  const joined = await patient.call('meeting:join', { meetingId, ...(resume && { resume }) });
  const dispose = () => [doctor, patient].forEach((socket) => socket.close());
  return { meetingId, doctor, patient, joined, [Symbol.dispose]: dispose };
}

async function sendTransport(socket: SocketClient): Promise<string> {
  const { transport } = await socket.call('media:create-transport', { direction: 'send' });
  await socket.call('media:connect-transport', { transportId: transport.id, dtlsParameters: recordedDtls });
  return transport.id;
}

const microphone = (transportId: string) =>
  ({ transportId, kind: 'audio', source: 'microphone', rtpParameters: recordedAudio() }) as const;

const aKey = (): string => randomBytes(16).toString('base64url');

/** A new socket of the patient, once the old one's loss is known, joins with this. */
async function comeBack(live: LiveServer, call: Consultation, clinic: TestTenant, resume?: Resume) {
  await call.doctor.next('participant:dropped', ({ participant }) => participant.role === 'patient');
  const socket = await live.socket(clinic, 'patient');
  const joined = await socket.call('meeting:join', { meetingId: call.meetingId, ...(resume && { resume }) });
  return { socket, joined, [Symbol.dispose]: () => socket.close() };
}

describe('media through the server', () => {
  let live: LiveServer;
  let clinic: TestTenant;
  beforeAll(async () => {
    live = await startLive({ env: { MEDIA_ENGINE: 'sfu', MEDIA_PORT: '0' } });
    clinic = await live.tenant();
  });
  afterAll(async () => {
    await live[Symbol.asyncDispose]();
  });

  it('[MD1] is refused before there is a seat, and after the end', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using patient = await live.socket(clinic, 'patient');
    await patient.call('meeting:wait', { meetingId });
    expect(await patient.refusal('media:create-transport', { direction: 'send' })).toBe('NOT_JOINED');
    using call = await consultation(live, clinic);
    const transportId = await sendTransport(call.patient);
    await call.doctor.call('meeting:end', {});
    await call.patient.next('meeting:ended', ({ meeting }) => meeting.id === call.meetingId);
    await until('the room is closed', () => live.server.counts().rooms === 0);
    expect(await call.patient.refusal('media:produce', microphone(transportId))).toBe('NOT_JOINED');
    expect(await call.patient.refusal('media:create-transport', { direction: 'send' })).toBe('NOT_JOINED');
  });

  it('[MD2][MD4] tells the others what is sent, and what is not sent any more', async () => {
    using call = await consultation(live, clinic);
    expect(call.joined.media).toMatchObject({ kind: 'sfu', producers: [] });
    const transportId = await sendTransport(call.patient);
    const { producerId } = await call.patient.call('media:produce', microphone(transportId));
    const heard = await call.doctor.next('media:produced');
    expect(heard.producer).toEqual({
      producerId,
      participantId: clinic.patientId,
      kind: 'audio',
      source: 'microphone',
      paused: false,
    });
    const { transport } = await call.doctor.call('media:create-transport', { direction: 'recv' });
    const consumer = await call.doctor.call('media:consume', {
      transportId: transport.id,
      producerId,
      rtpCapabilities: recordedCapabilities,
    });
    expect(consumer).toMatchObject({ producerId, kind: 'audio', participantId: clinic.patientId });
    await call.doctor.call('media:resume', { consumerId: consumer.id });
    call.patient.cut();
    expect(await call.doctor.next('media:closed')).toEqual({ producerId, participantId: clinic.patientId });
  });

  it('[MD15] gives who asks in the same breath as for the seat what is there, with the transport', async () => {
    using call = await consultation(live, clinic);
    const transportId = await sendTransport(call.patient);
    const { producerId } = await call.patient.call('media:produce', microphone(transportId));
    await using again = await live.socket(clinic, 'doctor');
    // Behind the answers to neither.
    const [joined, received, sent] = await Promise.all([
      again.call('meeting:start', { meetingId: call.meetingId }),
      again.call('media:create-transport', { direction: 'recv', rtpCapabilities: recordedCapabilities }),
      again.call('media:create-transport', { direction: 'send', rtpCapabilities: recordedCapabilities }),
    ]);
    expect(joined.media).toMatchObject({ producers: [{ producerId }] });
    expect(received.consumers).toMatchObject([{ producerId, kind: 'audio', participantId: clinic.patientId }]);
    expect(sent.consumers).toBeUndefined();
    await again.call('media:connect-transport', { transportId: received.transport.id, dtlsParameters: recordedDtls });
    await again.call('media:resume', { consumerId: received.consumers?.[0]?.id ?? '' });
  });

  it('[MD1][MD15] refuses the transport with the seat, and leaves out what cannot be received', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using patient = await live.socket(clinic, 'patient');
    const receiving = { direction: 'recv', rtpCapabilities: recordedCapabilities } as const;
    expect(
      await Promise.all([
        patient.refusal('meeting:join', { meetingId }),
        patient.refusal('media:create-transport', receiving),
      ]),
    ).toEqual(['MEETING_NOT_STARTED', 'NOT_JOINED']);
    using call = await consultation(live, clinic);
    await call.patient.call('media:produce', microphone(await sendTransport(call.patient)));
    const deaf = { codecs: [], headerExtensions: [] };
    const made = await call.doctor.call('media:create-transport', { direction: 'recv', rtpCapabilities: deaf });
    expect(made.consumers).toEqual([]);
  });

  it('[MD2] closes the old transport of a direction when a new one is made', async () => {
    using call = await consultation(live, clinic);
    const old = await sendTransport(call.patient);
    const { producerId } = await call.patient.call('media:produce', microphone(old));
    await sendTransport(call.patient);
    expect(await call.doctor.next('media:closed')).toMatchObject({ producerId });
    expect(await call.patient.refusal('media:produce', microphone(old))).toBe('INVALID_CALL');
  });

  it('[MD8] gives a transport new ICE credentials, and what it carries goes on', async () => {
    using call = await consultation(live, clinic);
    const { transport } = await call.patient.call('media:create-transport', { direction: 'send' });
    const { iceParameters, iceServers } = await call.patient.call('media:restart-ice', { transportId: transport.id });
    expect(iceParameters.password).not.toBe(transport.iceParameters.password);
    expect(iceParameters.usernameFragment).not.toBe(transport.iceParameters.usernameFragment);
    expect(iceServers).toEqual([]);
    await call.patient.call('media:produce', microphone(transport.id));
    expect(await call.doctor.refusal('media:restart-ice', { transportId: transport.id })).toBe('INVALID_CALL');
    expect(await call.patient.refusal('media:restart-ice', { transportId: unknownId() })).toBe('INVALID_CALL');
  });

  it('[MD9] tells whoever is not heard, and nobody else', async () => {
    using call = await consultation(live, clinic);
    await call.doctor.call('media:report-stall', { participantId: clinic.patientId, attempt: 1 });
    expect(await call.patient.next('media:unheard')).toEqual({ attempt: 1 });
    expect(call.doctor.heard('media:unheard')).toEqual([]);
    const own = { participantId: clinic.doctorId, attempt: 1 };
    expect(await call.doctor.refusal('media:report-stall', own)).toBe('INVALID_CALL');
    // Somebody who is not in the room hears nothing, and the caller learns nothing of it.
    await call.doctor.call('media:report-stall', { participantId: unknownId(), attempt: 2 });
  });

  it('[MD3] takes no id that is somebody else’s or nobody’s', async () => {
    using call = await consultation(live, clinic);
    using other = await consultation(live, clinic);
    const theirs = await sendTransport(call.doctor);
    const { producerId } = await call.doctor.call('media:produce', microphone(theirs));
    const { patient } = call;
    expect(await patient.refusal('media:produce', microphone(theirs))).toBe('INVALID_CALL');
    expect(await patient.refusal('media:close-producer', { producerId })).toBe('INVALID_CALL');
    expect(await patient.refusal('media:resume', { consumerId: unknownId() })).toBe('INVALID_CALL');
    const { transport } = await other.patient.call('media:create-transport', { direction: 'recv' });
    const consume = { transportId: transport.id, producerId, rtpCapabilities: recordedCapabilities };
    expect(await other.patient.refusal('media:consume', consume)).toBe('INVALID_CALL');
  });

  it('[SC3] answers parameters that mediasoup cannot use with INVALID_CALL', async () => {
    using call = await consultation(live, clinic);
    const transportId = await sendTransport(call.patient);
    const broken = { ...recordedVideo(), codecs: [{ mimeType: 'video/nonsense', payloadType: 96, clockRate: 90_000 }] };
    const input = { transportId, kind: 'video', source: 'camera', rtpParameters: broken } as const;
    expect(await call.patient.refusal('media:produce', input)).toBe('INVALID_CALL');
    expect(await call.patient.refusal('signal:send', { to: clinic.doctorId })).toBe('INVALID_CALL');
  });

  it('tells the others when the microphone is muted', async () => {
    using call = await consultation(live, clinic);
    await call.patient.call('media:set-sending', { audio: true, video: false });
    expect(await call.doctor.next('media:sending')).toEqual({
      participantId: clinic.patientId,
      sending: { audio: true, video: false },
    });
    await using again = await live.socket(clinic, 'doctor');
    const { participants } = await again.call('meeting:start', { meetingId: call.meetingId });
    expect(participants[0]?.sending).toEqual({ audio: true, video: false });
  });

  it('[MD11] keeps what a page has built when its socket alone is lost', async () => {
    const key = aKey();
    using call = await consultation(live, clinic, { key, transports: [] });
    expect(call.joined.mediaKept).toBe(false);
    const transportId = await sendTransport(call.patient);
    const { producerId } = await call.patient.call('media:produce', microphone(transportId));
    await call.patient.call('media:set-sending', { audio: true, video: false });
    call.patient.cut();
    using back = await comeBack(live, call, clinic, { key, transports: [transportId] });
    expect(back.joined.mediaKept).toBe(true);
    const { participant } = await call.doctor.next('participant:returned');
    expect(participant.sending).toEqual({ audio: true, video: false });
    expect(call.doctor.heard('media:closed')).toEqual([]);
    // Ids of before are good on the new socket.
    await back.socket.call('media:restart-ice', { transportId });
    await back.socket.call('media:close-producer', { producerId });
    expect(await call.doctor.next('media:closed')).toMatchObject({ producerId });
  });

  it('[MD11] keeps it also when the new socket is there before the old one’s loss is noticed', async () => {
    const key = aKey();
    using call = await consultation(live, clinic, { key, transports: [] });
    const transportId = await sendTransport(call.patient);
    await call.patient.call('media:produce', microphone(transportId));
    await using again = await live.socket(clinic, 'patient');
    const resume = { key, transports: [transportId] };
    const joined = await again.call('meeting:join', { meetingId: call.meetingId, resume });
    expect(joined.mediaKept).toBe(true);
    await call.patient.closed();
    await again.call('media:restart-ice', { transportId });
    expect(call.doctor.heard('media:closed')).toEqual([]);
  });

  it.each([
    ['another page', (own: Resume): Resume => ({ ...own, key: aKey() })],
    ['a page without a key', () => undefined],
    ['a page that has lost a transport', (own: Resume): Resume => ({ ...own, transports: [] })],
    ['a page with somebody else’s transport', (own: Resume): Resume => ({ ...own, transports: [unknownId()] })],
  ])('[MD12] closes what was kept when %s takes the seat', async (_who, shown) => {
    const own: Resume = { key: aKey(), transports: [] };
    using call = await consultation(live, clinic, own);
    const transportId = await sendTransport(call.patient);
    const { producerId } = await call.patient.call('media:produce', microphone(transportId));
    call.patient.cut();
    using back = await comeBack(live, call, clinic, shown({ ...own, transports: [transportId] }));
    expect(back.joined.mediaKept).toBe(false);
    expect(await call.doctor.next('media:closed')).toMatchObject({ producerId });
    expect(await back.socket.refusal('media:restart-ice', { transportId })).toBe('INVALID_CALL');
  });

  it('[MD12] keeps nothing of who leaves or ends their connection themselves, and everything ends with the meeting', async () => {
    const key = aKey();
    using call = await consultation(live, clinic, { key, transports: [] });
    const transportId = await sendTransport(call.patient);
    const { producerId } = await call.patient.call('media:produce', microphone(transportId));
    call.patient.close();
    expect(await call.doctor.next('media:closed')).toMatchObject({ producerId });
    using back = await comeBack(live, call, clinic, { key, transports: [transportId] });
    expect(back.joined.mediaKept).toBe(false);
    await sendTransport(back.socket);
    back.socket.cut();
    await call.doctor.next('participant:dropped');
    await call.doctor.call('meeting:end', {});
    await until('the rooms are closed', () => live.server.counts().rooms === 0);
  });

  it('[CB1][MD11] keeps the room when both have lost their sockets in the same moment', async () => {
    const other = await live.tenant({ settings: { doctorGraceSeconds: 120 } });
    const key = aKey();
    using call = await consultation(live, other, { key, transports: [] });
    const transportId = await sendTransport(call.patient);
    await call.patient.call('media:produce', microphone(transportId));
    call.doctor.cut();
    await call.patient.next('participant:dropped');
    call.patient.cut();
    await until('both are away', async () => {
      const { json } = await live.rest(other, 'admin', 'GET', `/meetings/${call.meetingId}/timeline`);
      return (json as { items: { type: string }[] }).items.filter(({ type }) => type === 'drop').length === 2;
    });
    await using again = await live.socket(other, 'patient');
    const resume = { key, transports: [transportId] };
    expect(await again.call('meeting:join', { meetingId: call.meetingId, resume })).toMatchObject({ mediaKept: true });
  });

  it('[MD6] survives the death of every worker: rooms hear media:reset, and nothing happens to the meeting', async () => {
    using call = await consultation(live, clinic);
    await sendTransport(call.patient);
    for (const pid of mediaWorkersOf(process.pid)) process.kill(pid, 'SIGKILL');
    const { media } = await call.patient.next('media:reset');
    expect(media).toMatchObject({ kind: 'sfu', producers: [] });
    await call.doctor.next('media:reset');
    const transportId = await sendTransport(call.patient);
    await call.patient.call('media:produce', microphone(transportId));
    await call.doctor.next('media:produced');
    const { json } = await live.rest(clinic, 'doctor', 'GET', `/meetings/${call.meetingId}`);
    expect(json).toMatchObject({ status: 'active', reconnectDeadline: null });
  });
});

describe('media from browser to browser', () => {
  let live: LiveServer;
  let clinic: TestTenant;
  beforeAll(async () => {
    const env = {
      TURN_URLS: 'turn:turn.test.example:3478,stun:stun.test.example',
      TURN_SECRET: 'a secret of the test',
    };
    live = await startLive({ env: { MEDIA_ENGINE: 'p2p', ...env } });
    clinic = await live.tenant();
  });
  afterAll(async () => {
    await live[Symbol.asyncDispose]();
  });

  it('[MD7] relays a signal to the named participant of the same room and to nobody else', async () => {
    using call = await consultation(live, clinic);
    using other = await consultation(live, await live.tenant());
    const signal = { description: { type: 'offer', sdp: 'v=0' } } as const;
    await call.patient.call('signal:send', { to: clinic.doctorId, ...signal });
    expect(await call.doctor.next('signal:received')).toEqual({ from: clinic.patientId, ...signal });
    await other.patient.call('signal:send', { to: clinic.doctorId, ...signal });
    await call.patient.call('signal:send', { to: clinic.doctorId, candidate: null });
    expect(await call.doctor.next('signal:received')).toEqual({ from: clinic.patientId, candidate: null });
    expect(await call.patient.refusal('signal:send', { to: clinic.patientId })).toBe('INVALID_CALL');
  });

  it('[MD7] gives an offer that comes right behind the join to whoever is there, and to nobody without the seat', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await using patient = await live.socket(clinic, 'patient');
    const joinAndOffer = (sdp: string) =>
      Promise.all([
        patient.ask('meeting:join', { meetingId }),
        patient.ask('signal:send', { to: clinic.doctorId, description: { type: 'offer', sdp } }),
      ]);
    expect(await joinAndOffer('too early')).toMatchObject([
      { ok: false, error: { code: 'MEETING_NOT_STARTED' } },
      { ok: false, error: { code: 'NOT_JOINED' } },
    ]);
    await doctor.call('meeting:start', { meetingId });
    expect(await joinAndOffer('in time')).toMatchObject([{ ok: true }, { ok: true }]);
    const description = { type: 'offer', sdp: 'in time' };
    expect(await doctor.next('signal:received')).toEqual({ from: clinic.patientId, description });
  });

  it('[MD1] is refused before there is a seat', async () => {
    await using patient = await live.socket(clinic, 'patient');
    expect(await patient.refusal('signal:send', { to: clinic.doctorId, candidate: null })).toBe('NOT_JOINED');
  });

  it('[MD11] tells the page that lost its socket alone that what it has still counts, and no other', async () => {
    const resume = { key: aKey(), transports: [] };
    using call = await consultation(live, clinic, resume);
    expect(call.joined.mediaKept).toBe(false);
    call.patient.cut();
    using back = await comeBack(live, call, clinic, resume);
    expect(back.joined.mediaKept).toBe(true);
    back.socket.cut();
    using other = await comeBack(live, call, clinic, { key: aKey(), transports: [] });
    expect(other.joined.mediaKept).toBe(false);
  });

  it('has no transports', async () => {
    using call = await consultation(live, clinic);
    expect(await call.patient.refusal('media:create-transport', { direction: 'send' })).toBe('INVALID_CALL');
  });

  it('hands out short-lived TURN credentials that do not name the participant', async () => {
    using call = await consultation(live, clinic);
    const turn = call.joined.iceServers.find(({ urls }) => urls.some((url) => url.startsWith('turn:')));
    expect(turn).toMatchObject({ username: expect.stringMatching(/^\d+:/), credential: expect.any(String) });
    expect(turn?.username).not.toContain(clinic.patientId);
    expect(Number(turn?.username?.split(':')[0])).toBeGreaterThan(Date.now() / 1_000);
  });
});
