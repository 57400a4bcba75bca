/** Sends test tracks to the media server and takes them back, over the ports, candidates and relays of a call. */
import type { Device, types } from 'mediasoup-client';
import type { NetworkTest } from '../../../../signaling/protocol/index.ts';
import type { Ask } from '../connection/link.ts';
import { loadDevice } from '../media/device.ts';
import { ownCapabilities, ownParameters, routerCapabilities, rtcIceServers } from '../media/sfu-terms.ts';
import { type Echo, testBitrate } from './echo.ts';
import type { TestTracks } from './test-tracks.ts';

type SfuTest = Extract<NetworkTest, { kind: 'sfu' }>;

/** Resolves once what was sent is on its way back. Rejects when a transport cannot be connected. */
export async function openSfuEcho(test: SfuTest, tracks: TestTracks, ask: Ask): Promise<Echo> {
  const device = await loadDevice(routerCapabilities(test.routerRtpCapabilities));
  const iceServers = rtcIceServers(test.iceServers);
  const options = (one: SfuTest['send']) => ({ ...one, iceServers }) as types.TransportOptions;
  const send = device.createSendTransport(options(test.send));
  const receive = device.createRecvTransport(options(test.recv));
  const close = () => {
    send.close();
    receive.close();
  };
  for (const transport of [send, receive]) {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      ask('test:connect', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
    });
  }
  send.on('produce', ({ kind, rtpParameters }, done, failed) => {
    ask('test:produce', { transportId: send.id, kind, rtpParameters: ownParameters(rtpParameters) }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });
  try {
    for (const producer of await produceAll(send, device, tracks)) {
      const echo = await ask('test:consume', {
        transportId: receive.id,
        producerId: producer.id,
        rtpCapabilities: ownCapabilities(device.recvRtpCapabilities),
      });
      const consumer = await receive.consume(echo as types.ConsumerOptions);
      await ask('test:resume', { consumerId: consumer.id });
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    up: () => send.getStats(),
    down: () => receive.getStats(),
    close,
  };
}

async function produceAll(send: types.Transport, device: Device, tracks: TestTracks): Promise<types.Producer[]> {
  const made: types.Producer[] = [];
  if (tracks.audio && device.canProduce('audio')) {
    // Without pauses in silence: fifty packets a second are what loss and jitter are counted by.
    made.push(await send.produce({ track: tracks.audio, stopTracks: false, codecOptions: { opusDtx: false } }));
  }
  made.push(
    await send.produce({
      track: tracks.video,
      stopTracks: false,
      encodings: [{ maxBitrate: testBitrate }],
      codecOptions: { videoGoogleStartBitrate: 600 },
    }),
  );
  return made;
}
