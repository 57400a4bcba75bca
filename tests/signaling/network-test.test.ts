/** The network test before a visit, over the socket, with a real mediasoup worker and without one. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NetworkTest } from '../../signaling/protocol/index.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import { recordedAudio, recordedCapabilities, recordedDtls } from '../support/media-recorded.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';

type SfuTest = Extract<NetworkTest, { kind: 'sfu' }>;

async function beginSfu(socket: SocketClient): Promise<SfuTest> {
  const test = await socket.call('test:begin', {});
  if (test.kind !== 'sfu') throw new Error('The server carries no media.');
  return test;
}

async function produce(socket: SocketClient, { send }: SfuTest): Promise<string> {
  await socket.call('test:connect', { transportId: send.id, dtlsParameters: recordedDtls });
  const sound = { transportId: send.id, kind: 'audio', rtpParameters: recordedAudio() } as const;
  return (await socket.call('test:produce', sound)).producerId;
}

/** Whose relay it is: the first part of the name is the hour at which it runs out. */
function relayOf({ iceServers: [relay] }: NetworkTest): object {
  const [, person] = relay?.username?.split(':') ?? [];
  return { urls: relay?.urls, username: expect.stringMatching(new RegExp(`^\\d+:${person}$`, 'u')) };
}

describe('through the server', () => {
  let live: LiveServer;
  let clinic: TestTenant;
  beforeAll(async () => {
    live = await startLive({ env: { MEDIA_ENGINE: 'sfu', MEDIA_PORT: '0' } });
    clinic = await live.tenant();
  });
  afterAll(() => live[Symbol.asyncDispose]());

  it('[MD14] tells what its rooms take, once there has been one, as a join does', async () => {
    await using doctor = await live.socket(clinic, 'doctor');
    const { id: meetingId } = await live.meeting(clinic);
    const { media } = await doctor.call('meeting:start', { meetingId });
    const prepared = await doctor.call('media:prepare', {});
    expect(media).toEqual({ ...prepared, producers: [] });
    await doctor.call('meeting:end', {});
  });

  it('gives back what was sent, over the port of the calls, to who has no visit yet', async () => {
    await using patient = await live.socket(clinic, 'patient');
    const test = await beginSfu(patient);
    const ports = [test.send, test.recv].map(({ iceCandidates }) => iceCandidates.map(({ port }) => port));
    expect(ports[0]).toEqual(ports[1]);
    const producerId = await produce(patient, test);
    const echo = await patient.call('test:consume', {
      transportId: test.recv.id,
      producerId,
      rtpCapabilities: recordedCapabilities,
    });
    expect(echo).toMatchObject({ producerId, kind: 'audio' });
    await patient.call('test:resume', { consumerId: echo.id });
    await patient.call('test:end', {});
    expect(await patient.refusal('test:resume', { consumerId: echo.id })).toBe('INVALID_CALL');
  });

  it('is one a person: a newer one ends the older, on whichever socket', async () => {
    await using laptop = await live.socket(clinic, 'doctor');
    await using phone = await live.socket(clinic, 'doctor');
    const first = await beginSfu(laptop);
    await beginSfu(phone);
    const late = { transportId: first.send.id, dtlsParameters: recordedDtls };
    expect(await laptop.refusal('test:connect', late)).toBe('INVALID_CALL');
    await laptop.call('test:end', {});
    const again = await beginSfu(phone);
    await phone.call('test:connect', { transportId: again.send.id, dtlsParameters: recordedDtls });
  });

  it('lets nobody hear or use what is another’s', async () => {
    await using doctor = await live.socket(clinic, 'doctor');
    await using patient = await live.socket(clinic, 'patient');
    const [own, others] = [await beginSfu(patient), await beginSfu(doctor)];
    const producerId = await produce(doctor, others);
    const listening = { transportId: own.recv.id, producerId, rtpCapabilities: recordedCapabilities };
    expect(await patient.refusal('test:consume', listening)).toBe('INVALID_CALL');
    const foreign = { transportId: others.recv.id, dtlsParameters: recordedDtls };
    expect(await patient.refusal('test:connect', foreign)).toBe('INVALID_CALL');
    expect(await patient.refusal('test:resume', { consumerId: unknownId() })).toBe('INVALID_CALL');
  });

  it('goes with its socket', async () => {
    const patient = await live.socket(clinic, 'patient');
    const before = await beginSfu(patient);
    patient.close();
    await using again = await live.socket(clinic, 'patient');
    const late = { transportId: before.send.id, dtlsParameters: recordedDtls };
    expect(await again.refusal('test:connect', late)).toBe('INVALID_CALL');
  });
});

it('peer to peer, tells of the relay alone', async () => {
  await using live = await startLive({
    env: { TURN_URLS: 'turn:127.0.0.1:3478', TURN_SECRET: 'a-secret-of-the-test' },
  });
  const clinic = await live.tenant();
  await using patient = await live.socket(clinic, 'patient');
  const test = await patient.call('test:begin', {});
  expect(test).toMatchObject({ kind: 'p2p', iceServers: [{ urls: ['turn:127.0.0.1:3478'] }] });
  // [MD14] The same is to be had before a call, by whoever may be in one.
  const prepared = await patient.call('media:prepare', {});
  expect(prepared).toEqual({ kind: 'p2p', iceServers: [expect.objectContaining(relayOf(test))] });
  await using lab = await live.socket(clinic, 'lab');
  expect(await lab.refusal('media:prepare', {})).toBe('FORBIDDEN');
  expect(await patient.refusal('test:resume', { consumerId: unknownId() })).toBe('INVALID_CALL');
});
