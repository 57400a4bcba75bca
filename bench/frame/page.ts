/**
 * One client for both servers: joins on a click, sends and receives at once, and notes when the first frame is decoded. With
 * `pictures` it shows them, one's own and the other's, without which nobody could call it a call; by `relay` alone where asked.
 */
import { Device, type types } from 'mediasoup-client';
import { io, type Socket } from 'socket.io-client';

interface Producer {
  producerId: string;
}

interface JoinAnswer {
  media: { routerRtpCapabilities: types.RtpCapabilities; producers: Producer[] };
}

const words = new URLSearchParams(location.search);
const asked = (what: string, otherwise: number): number => Number(words.get(what) ?? otherwise);
const server = words.get('server') ?? '';
const meetingId = words.get('meeting') ?? '';
const state: { firstFrameMs: number | null; sending: boolean; waiting: boolean; fault: string | null } = {
  firstFrameMs: null,
  sending: false,
  waiting: false,
  fault: null,
};
Object.assign(globalThis, { benchState: state });

/** Of the TURN server that is to carry the media; none where it goes straight to the server. */
const iceServers = JSON.parse(words.get('relay') ?? '[]') as RTCIceServer[];

interface Ready {
  socket: Socket;
  ask: Ask;
  camera: Promise<MediaStream>;
}

/** Camera and socket, at once. */
async function prepare(): Promise<Ready> {
  const camera = navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: asked('width', 320), height: asked('height', 240), frameRate: asked('rate', 20) },
  });
  void camera.then((stream) => show('own', stream.getVideoTracks())).catch(noteFault);
  const socket = io(server, { transports: ['websocket'], auth: { token: words.get('token') } });
  const ask: Ask = async (call, input) => {
    const answer = await socket.emitWithAck(call, input);
    if (!answer.ok) throw new Error(`${call}: ${answer.error.code}`);
    return answer.data;
  };
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, ask, camera };
}

/** With the camera on, as our waiting room has it; in as soon as the doctor starts. */
async function wait(): Promise<void> {
  const ready = await prepare();
  ready.socket.once('meeting:started', () => void enter(ready, performance.now()).catch(noteFault));
  await ready.ask('meeting:wait', { meetingId });
  await ready.camera;
  state.waiting = true;
}

/** Camera and socket before the click, as our device check has them. */
async function prepareEarly(): Promise<Ready> {
  const ready = await prepare();
  await ready.camera;
  state.waiting = true;
  return ready;
}

async function join(): Promise<void> {
  const clicked = performance.now();
  await enter(await (beforehand ?? prepare()), clicked);
}

async function enter({ socket, ask, camera }: Ready, clicked: number): Promise<void> {
  const early: Producer[] = [];
  let consume = (producer: Producer): void => void early.push(producer);
  socket.on('media:produced', ({ producer }: { producer: Producer }) => consume(producer));
  const { media } = await ask<JoinAnswer>(words.get('as') === 'doctor' ? 'meeting:start' : 'meeting:join', {
    meetingId,
  });
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: media.routerRtpCapabilities });
  const [send, receive] = await Promise.all([openTransport(device, ask, 'send'), openTransport(device, ask, 'recv')]);
  const seen = new Set<string>();
  consume = ({ producerId }) => {
    if (seen.has(producerId)) return;
    seen.add(producerId);
    void receiveOne(device, receive, ask, producerId, clicked).catch(noteFault);
  };
  for (const producer of [...media.producers, ...early]) consume(producer);
  const stream = await camera;
  for (const track of stream.getTracks())
    await send.produce({ track, appData: { source: track.kind === 'audio' ? 'microphone' : 'camera' } });
  state.sending = true;
}

type Ask = <T>(call: string, input: object) => Promise<T>;

async function openTransport(device: types.Device, ask: Ask, direction: 'send' | 'recv'): Promise<types.Transport> {
  const { transport: options } = await ask<{ transport: types.TransportOptions }>('media:create-transport', {
    direction,
  });
  const ends = { ...options, iceServers, ...(iceServers.length > 0 && { iceTransportPolicy: 'relay' as const }) };
  const transport = direction === 'send' ? device.createSendTransport(ends) : device.createRecvTransport(ends);
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    ask('media:connect-transport', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
  });
  transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
    const input = { transportId: transport.id, kind, rtpParameters, source: appData['source'] };
    ask<Producer>('media:produce', input).then(({ producerId }) => done({ id: producerId }), failed);
  });
  return transport;
}

async function receiveOne(
  device: types.Device,
  receive: types.Transport,
  ask: Ask,
  producerId: string,
  clicked: number,
): Promise<void> {
  const rtpCapabilities = device.recvRtpCapabilities;
  const options = await ask<types.ConsumerOptions>('media:consume', {
    transportId: receive.id,
    producerId,
    rtpCapabilities,
  });
  const consumer = await receive.consume(options);
  await ask('media:resume', { consumerId: consumer.id });
  if (consumer.kind !== 'video') return;
  show('other', [consumer.track]);
  const look = async () => {
    for (const report of (await consumer.getStats()).values()) {
      if (report.type !== 'inbound-rtp' || !(report.framesDecoded > 0)) continue;
      state.firstFrameMs ??= performance.now() - clicked;
      clearInterval(looking);
    }
  };
  const looking = setInterval(() => void look().catch(noteFault), 5);
}

/** As large as our client shows them: the other's all over, one's own small in a corner. */
function show(whose: 'own' | 'other', tracks: MediaStreamTrack[]): void {
  if (!words.has('pictures')) return;
  const video = document.createElement('video');
  Object.assign(video, { muted: true, autoplay: true, playsInline: true, srcObject: new MediaStream(tracks) });
  const own = 'right: 1rem; bottom: 6rem; width: 12rem; height: 9rem; z-index: 1';
  const other = 'inset: 0; width: 100%; height: calc(100% - 5rem); object-fit: contain';
  video.style.cssText = `position: fixed; ${whose === 'own' ? own : other}; pointer-events: none`;
  document.body.append(video);
}

function noteFault(error: unknown): void {
  state.fault = error instanceof Error ? error.message : 'unknown';
}

const beforehand = words.has('early') && !words.has('wait') ? prepareEarly() : null;
beforehand?.catch(noteFault);
if (words.has('wait')) void wait().catch(noteFault);
document.querySelector('button')?.addEventListener('click', () => void join().catch(noteFault));
