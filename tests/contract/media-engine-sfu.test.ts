/** Media through the server, with the mediasoup worker that is installed. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createMediaEngine, listChoices } from '../../signaling/media/choose.ts';
import { MediaWorker } from '../../signaling/media/sfu/media-worker.ts';
import type { SfuEngine } from '../../signaling/media/sfu/sfu-engine.ts';
import { ConsumerOptions, RoomMedia, TransportOptions } from '../../signaling/protocol/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { recordedAudio, recordedCapabilities, recordedDtls, recordedVideo } from '../support/media-recorded.ts';
import { Caller, Ear, openCall, startSfu } from '../support/media-room.ts';

let engine: SfuEngine;
const opened: { close(reason: string): void }[] = [];
const call = async () => {
  const it = await openCall(engine);
  opened.push(it.room);
  return it;
};

beforeAll(async () => {
  engine = await startSfu();
});
afterEach(() => {
  for (const room of opened.splice(0)) room.close('test over');
});
afterAll(() => engine.close());

describe('a room on the sfu', () => {
  it('offers Opus, VP8 and H264 in the forms that browsers have', async () => {
    const { room } = await call();
    const media = RoomMedia.parse(room.describe(newId()));
    const codecs = media.kind === 'sfu' ? (media.routerRtpCapabilities.codecs ?? []) : [];
    expect(new Set(codecs.map(({ mimeType }) => mimeType))).toEqual(
      new Set(['audio/opus', 'video/VP8', 'video/H264', 'video/rtx']),
    );
    const modes = codecs
      .filter(({ mimeType }) => mimeType === 'video/H264')
      .map(({ parameters }) => parameters?.['packetization-mode']);
    expect(modes.toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 1, 1]);
  });

  it('gives a transport that a browser reaches over UDP and over TCP', async () => {
    const { doctor } = await call();
    const transport = TransportOptions.parse(await doctor.transport('send'));
    expect(transport.direction).toBe('send');
    expect(transport.iceParameters.iceLite).toBe(true);
    expect(transport.iceCandidates.map(({ protocol, ip, address }) => ({ protocol, ip, address }))).toEqual([
      { protocol: 'udp', ip: '127.0.0.1', address: '127.0.0.1' },
      { protocol: 'tcp', ip: '127.0.0.1', address: '127.0.0.1' },
    ]);
  });

  it('names the announced address to browsers, and never the one it listens on', async () => {
    const logger = createLogger('silent');
    const where = { listenAddress: '127.0.0.1', announcedAddress: '203.0.113.7', port: 0 };
    const announced = await createMediaEngine({ engine: 'sfu', production: false, workers: 1, logger, ...where });
    try {
      const room = await announced.openRoom(newId(), new Ear());
      if (room.kind !== 'sfu') throw new Error('Asked for sfu and got something else.');
      const { iceCandidates } = await room.createTransport(newId(), 'recv');
      expect(JSON.stringify(iceCandidates)).not.toContain('127.0.0.1');
      expect(iceCandidates.map(({ ip }) => ip)).toEqual(['203.0.113.7', '203.0.113.7']);
    } finally {
      await announced.close();
    }
  });

  it('tells the others of a stream, and lists it for all but its owner', async () => {
    const { ear, doctor, patient, microphone, camera } = await call();
    const streams = [
      { producerId: microphone, participantId: doctor.id, kind: 'audio', source: 'microphone', paused: false },
      { producerId: camera, participantId: doctor.id, kind: 'video', source: 'camera', paused: false },
    ];
    expect(ear.producers).toEqual(streams);
    expect(patient.others).toEqual(streams);
    expect(doctor.others).toEqual([]);
  });

  it('hands a stream to another participant, paused until they say that they are ready', async () => {
    const { room, doctor, patient, sendId, recvId, camera } = await call();
    await room.connectTransport(doctor.id, sendId, recordedDtls);
    await room.connectTransport(patient.id, recvId, recordedDtls);
    const consumer = ConsumerOptions.parse(await patient.receive(recvId, camera));
    expect(consumer).toMatchObject({ producerId: camera, participantId: doctor.id, kind: 'video', source: 'camera' });
    expect(consumer.rtpParameters.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/VP8', 'video/rtx']);
    await room.resume(patient.id, consumer.id);
    await room.resume(patient.id, consumer.id);
  });

  it('gives the same stream again under a new consumer, and ends the one before', async () => {
    const { room, patient, recvId, camera } = await call();
    const first = await patient.receive(recvId, camera);
    const second = await patient.receive(recvId, camera);
    await expect(room.resume(patient.id, first.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await room.resume(patient.id, second.id);
  });

  it('keeps one transport each way: a new one ends the one before with all that was on it', async () => {
    const { ear, doctor, patient, sendId, microphone, camera } = await call();
    const { id: nextId } = await doctor.transport('send');
    expect(ear.heard.slice(2)).toEqual([`closed ${microphone}`, `closed ${camera}`]);
    expect(patient.others).toEqual([]);
    await expect(doctor.send(sendId, 'camera')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await doctor.send(nextId, 'camera');
    expect(patient.others).toHaveLength(1);
  });

  it('keeps one stream of each source: a new one ends the one before', async () => {
    const { ear, doctor, patient, sendId, camera } = await call();
    const next = await doctor.send(sendId, 'camera');
    expect(ear.heard.slice(2)).toEqual([`closed ${camera}`, `produced ${next}`]);
    const screen = await doctor.send(sendId, 'screen');
    expect(patient.others.map(({ producerId }) => producerId)).toEqual(expect.arrayContaining([next, screen]));
    expect(patient.others).toHaveLength(3);
  });

  it('takes a stream that is sent in the place of another under the same MID and SSRC, as browsers do', async () => {
    const { room, doctor, patient, sendId } = await call();
    const produce = { transportId: sendId, kind: 'video', source: 'screen', rtpParameters: recordedVideo() } as const;
    const first = await room.produce(doctor.id, produce);
    const second = await room.produce(doctor.id, produce);
    expect(second.producerId).not.toBe(first.producerId);
    expect(patient.others.filter(({ source }) => source === 'screen')).toHaveLength(1);
  });

  it('ends a stream when its owner says so, and what came of it', async () => {
    const { room, ear, doctor, patient, recvId, camera } = await call();
    const consumer = await patient.receive(recvId, camera);
    room.closeProducer(doctor.id, camera);
    expect(ear.heard.at(-1)).toBe(`closed ${camera}`);
    await expect(room.resume(patient.id, consumer.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(() => room.closeProducer(doctor.id, camera)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});

describe('what somebody may not do on the sfu', () => {
  it('takes ids of others for ids that do not exist', async () => {
    const { room, doctor, patient, sendId, recvId, camera } = await call();
    const consumer = await patient.receive(recvId, camera);
    const notFound = { code: 'NOT_FOUND' };
    await patient.transport('send');
    await expect(patient.send(sendId, 'camera')).rejects.toMatchObject(notFound);
    await expect(room.connectTransport(patient.id, sendId, recordedDtls)).rejects.toMatchObject(notFound);
    await expect(room.resume(doctor.id, consumer.id)).rejects.toMatchObject(notFound);
    expect(() => room.closeProducer(patient.id, camera)).toThrow(expect.objectContaining(notFound));
    const stranger = new Caller(room);
    await expect(stranger.receive(recvId, camera)).rejects.toMatchObject(notFound);
    expect(patient.others).toHaveLength(2);
  });

  it('gives nobody their own stream, and nobody a stream of another room', async () => {
    const [here, there] = [await call(), await call()];
    const { id: ownRecv } = await here.doctor.transport('recv');
    await expect(here.doctor.receive(ownRecv, here.camera)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(here.patient.receive(here.recvId, there.camera)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('sends over a send transport and receives over a recv transport', async () => {
    const { doctor, patient, sendId, recvId, camera } = await call();
    await expect(patient.send(recvId, 'camera')).rejects.toMatchObject({ code: 'INVALID_CALL' });
    await expect(doctor.receive(sendId, camera)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await doctor.transport('recv');
    const ofPatient = await patient.send((await patient.transport('send')).id, 'camera');
    await expect(doctor.receive(sendId, ofPatient)).rejects.toMatchObject({ code: 'INVALID_CALL' });
  });

  it('refuses parameters that make no sense as a call that is not valid, never as a fault of the server', async () => {
    const { room, doctor, patient, sendId, recvId, camera } = await call();
    const invalid = { code: 'INVALID_CALL' };
    const produce = (
      rtpParameters: ReturnType<typeof recordedVideo>,
      source: 'camera' | 'screen' | 'microphone' = 'screen',
    ) => room.produce(doctor.id, { transportId: sendId, kind: 'video', source, rtpParameters });
    const deaf = { codecs: recordedCapabilities.codecs?.filter(({ kind }) => kind === 'audio') };
    const consume = room.consume(patient.id, { transportId: recvId, producerId: camera, rtpCapabilities: deaf });
    await expect(consume).rejects.toMatchObject(invalid);
    await expect(produce(recordedVideo(), 'microphone')).rejects.toMatchObject(invalid);
    await expect(produce({ ...recordedVideo(), codecs: recordedAudio().codecs })).rejects.toMatchObject(invalid);
    const unknown = { mimeType: 'video/flip-book', payloadType: 99, clockRate: 90_000 };
    await expect(produce({ ...recordedVideo(), codecs: [unknown] })).rejects.toMatchObject(invalid);
    const twice = recordedVideo();
    await produce(twice);
    await expect(produce({ ...recordedVideo(), mid: twice.mid }, 'camera')).rejects.toMatchObject(invalid);
    await room.connectTransport(doctor.id, sendId, recordedDtls);
    await expect(room.connectTransport(doctor.id, sendId, recordedDtls)).rejects.toMatchObject(invalid);
  });
});

describe('leaving the sfu', () => {
  it('tells the others that everything of somebody who leaves is over', async () => {
    const { room, ear, doctor, patient, sendId, recvId, microphone, camera } = await call();
    const consumer = await patient.receive(recvId, camera);
    room.closeParticipant(doctor.id);
    room.closeParticipant(doctor.id);
    expect(ear.heard.slice(2)).toEqual([`closed ${microphone}`, `closed ${camera}`]);
    expect(patient.others).toEqual([]);
    await expect(doctor.send(sendId, 'camera')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(room.resume(patient.id, consumer.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves nothing behind of a call that was under way when they left', async () => {
    const { room, ear, doctor, patient, sendId } = await call();
    const underWay = [doctor.send(sendId, 'screen'), doctor.transport('send'), doctor.transport('recv')];
    room.closeParticipant(doctor.id);
    const ended = await Promise.allSettled(underWay);
    expect(ended).toEqual(
      ended.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'NOT_JOINED' }) })),
    );
    expect(patient.others).toEqual([]);
    expect(ear.heard.filter((line) => line.startsWith('produced'))).toHaveLength(2);
  });

  it('refuses everything through a closed room, and says nothing any more', async () => {
    const { room, ear, doctor, patient, sendId, recvId, camera } = await call();
    const underWay = doctor.send(sendId, 'screen');
    room.close('the meeting ended');
    const gone = { code: 'NOT_JOINED' };
    await expect(underWay).rejects.toMatchObject(gone);
    await expect(doctor.transport('send')).rejects.toMatchObject(gone);
    await expect(doctor.send(sendId, 'camera')).rejects.toMatchObject(gone);
    await expect(patient.receive(recvId, camera)).rejects.toMatchObject(gone);
    await expect(room.connectTransport(doctor.id, sendId, recordedDtls)).rejects.toMatchObject(gone);
    await expect(room.resume(patient.id, newId())).rejects.toMatchObject(gone);
    expect(() => room.closeProducer(doctor.id, camera)).toThrow(expect.objectContaining(gone));
    room.closeParticipant(doctor.id);
    expect(ear.heard).toHaveLength(2);
  });
});

describe('what is off on the sfu', () => {
  it('is paused at the server, and runs again when it is on', async () => {
    const { room, doctor, patient } = await call();
    const paused = () => Object.fromEntries(patient.others.map(({ source, paused }) => [source, paused]));
    await room.setSending(doctor.id, { audio: false, video: true });
    expect(paused()).toEqual({ microphone: true, camera: false });
    await room.setSending(doctor.id, { audio: true, video: false });
    expect(paused()).toEqual({ microphone: false, camera: true });
    await Promise.all([
      room.setSending(doctor.id, { audio: false, video: false }),
      room.setSending(doctor.id, { audio: true, video: true }),
    ]);
    expect(paused()).toEqual({ microphone: false, camera: false });
  });

  it('is paused too when it was switched off while it began', async () => {
    const { room, doctor, patient, sendId } = await call();
    const beginning = doctor.send(sendId, 'camera');
    await room.setSending(doctor.id, { audio: true, video: false });
    const camera = await beginning;
    expect(patient.others.find(({ producerId }) => producerId === camera)?.paused).toBe(true);
  });

  it('stays off for a stream that begins afterwards, and is forgotten with a stay', async () => {
    const { room, doctor, patient, sendId } = await call();
    await room.setSending(doctor.id, { audio: true, video: false });
    await doctor.send(sendId, 'camera');
    await doctor.send(sendId, 'screen');
    const paused = () => Object.fromEntries(patient.others.map(({ source, paused }) => [source, paused]));
    expect(paused()).toEqual({ microphone: false, camera: true, screen: false });
    room.closeParticipant(doctor.id);
    await doctor.send((await doctor.transport('send')).id, 'camera');
    expect(paused()).toEqual({ camera: false });
  });
});

describe('a worker of the sfu', () => {
  it('gives a room the router of one that left nothing on it, and closes a router on which something is left', async () => {
    const choice = (await listChoices({ engine: 'auto', production: false })).find(({ kind }) => kind === 'sfu');
    if (choice?.kind !== 'sfu') throw new Error('There is no worker here.');
    const worker = await MediaWorker.create({
      mediasoup: choice.mediasoup,
      listen: { listenAddress: '127.0.0.1', announcedAddress: undefined, port: 0 },
      logger: createLogger('silent'),
      onStarted: () => undefined,
    });
    await using stack = new AsyncDisposableStack();
    stack.defer(() => worker.close());
    const place = () => worker.carry(() => undefined);
    const first = await place();
    const beside = await place();
    expect(beside.router).not.toBe(first.router);
    const gone = await first.router.createWebRtcTransport({ webRtcServer: first.webRtcServer });
    gone.close();
    first.release();
    first.release();
    const next = await place();
    expect(next.router).toBe(first.router);
    const another = await place();
    expect(another.router).not.toBe(first.router);
    await next.router.createWebRtcTransport({ webRtcServer: next.webRtcServer });
    next.release();
    expect(next.router.closed).toBe(true);
    expect((await place()).router).not.toBe(next.router);
    expect(worker.rooms).toBe(3);
  });
});
