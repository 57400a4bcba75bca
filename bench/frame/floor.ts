/**
 * The floor under "click to first frame": the same calls over Socket.IO and the same mediasoup worker, with no database, no
 * identity, no limits, nothing kept. What remains is what any mediasoup server must do.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { initialOutgoingBitrate, maxIncomingBitrate, mediaCodecs } from '../../signaling/media/sfu/codecs.ts';
import {
  candidatesOf,
  listenInfos,
  loadOfficial,
  loadOlder,
  startWorker,
  type types,
} from '../../signaling/media/sfu/mediasoup.ts';

type Producers = Map<string, { producer: types.Producer; source: string }>;

const mediasoup = (await loadOfficial()) ?? (await loadOlder());
if (!mediasoup) throw new Error('There is no mediasoup worker here.');
const worker = await startWorker(mediasoup);
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: listenInfos({ listenAddress: '127.0.0.1', announcedAddress: undefined, port: 0 }),
});
const rooms = new Map<string, { router: types.Router; producers: Producers }>();

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => serve(socket));

async function enter(meetingId: string) {
  const found = rooms.get(meetingId);
  if (found) return found;
  const room = { router: await worker.createRouter({ mediaCodecs }), producers: new Map() };
  rooms.set(meetingId, room);
  return room;
}

function serve(socket: Socket): void {
  let room: Awaited<ReturnType<typeof enter>> | undefined;
  let others = '';
  const transports = new Map<string, types.WebRtcTransport>();
  const consumers = new Map<string, types.Consumer>();
  const inRoom = () => {
    if (!room) throw new Error('Join first.');
    return room;
  };
  const on = (call: string, handle: (input: never) => Promise<unknown>) =>
    socket.on(call, (input: unknown, acknowledge: (answer: unknown) => void) => {
      handle(input as never).then(
        (data) => acknowledge({ ok: true, data }),
        () => acknowledge({ ok: false, error: { code: 'INTERNAL', message: 'It failed.' } }),
      );
    });
  const join = async ({ meetingId }: { meetingId: string }) => {
    room = await enter(meetingId);
    others = meetingId;
    await socket.join(meetingId);
    const producers = [...room.producers].map(([producerId, { producer, source }]) => ({
      producerId,
      kind: producer.kind,
      source,
    }));
    return { media: { kind: 'sfu', routerRtpCapabilities: room.router.rtpCapabilities, producers } };
  };
  on('meeting:start', async (input: { meetingId: string }) => {
    const answer = await join(input);
    io.to(`waiting:${input.meetingId}`).emit('meeting:started', {});
    return answer;
  });
  on('meeting:wait', async ({ meetingId }: { meetingId: string }) => {
    await socket.join(`waiting:${meetingId}`);
    return {};
  });
  on('meeting:join', join);
  on('media:create-transport', async ({ direction }: { direction: string }) => {
    const transport = await inRoom().router.createWebRtcTransport({
      webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      initialAvailableOutgoingBitrate: initialOutgoingBitrate,
    });
    await transport.setMaxIncomingBitrate(maxIncomingBitrate);
    transports.set(transport.id, transport);
    const { id, iceParameters, dtlsParameters } = transport;
    return {
      transport: { id, direction, iceParameters, iceCandidates: candidatesOf(transport), dtlsParameters },
      iceServers: [],
    };
  });
  on(
    'media:connect-transport',
    async ({ transportId, dtlsParameters }: { transportId: string; dtlsParameters: types.DtlsParameters }) => {
      await transports.get(transportId)?.connect({ dtlsParameters });
      return {};
    },
  );
  on(
    'media:produce',
    async (input: {
      transportId: string;
      kind: types.MediaKind;
      source: string;
      rtpParameters: types.RtpParameters;
    }) => {
      const producer = await transports
        .get(input.transportId)
        ?.produce({ kind: input.kind, rtpParameters: input.rtpParameters });
      const producerId = producer?.id ?? randomUUID();
      if (producer) inRoom().producers.set(producerId, { producer, source: input.source });
      socket.to(others).emit('media:produced', { producer: { producerId, kind: input.kind, source: input.source } });
      return { producerId };
    },
  );
  on(
    'media:consume',
    async (input: { transportId: string; producerId: string; rtpCapabilities: types.RtpCapabilities }) => {
      const { producerId, rtpCapabilities } = input;
      const consumer = await transports.get(input.transportId)?.consume({ producerId, rtpCapabilities, paused: true });
      if (!consumer) throw new Error('No such transport.');
      consumers.set(consumer.id, consumer);
      return { id: consumer.id, producerId, kind: consumer.kind, rtpParameters: consumer.rtpParameters };
    },
  );
  on('media:resume', async ({ consumerId }: { consumerId: string }) => {
    await consumers.get(consumerId)?.resume();
    return {};
  });
  socket.on('disconnect', () => {
    for (const transport of transports.values()) transport.close();
    for (const [id, { producer }] of room?.producers ?? []) if (producer.closed) room?.producers.delete(id);
  });
}

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  process.stdout.write(`ready at http://127.0.0.1:${port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
