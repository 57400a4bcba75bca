/**
 * The network between one browser and the media server, UDP and TCP on one port, with what real links do to packets. The
 * browser is sent here by `throughProxy`; who is not sees the server itself.
 */
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { BrowserContext } from 'playwright-core';

export interface Weather {
  /** Share of the packets lost each way, 0 to 1. */
  loss: number;
  /** Milliseconds each way. */
  delayMs: number;
  /** Lost without a word. */
  udp: 'open' | 'blocked';
  tcp: 'open' | 'blocked';
  /** RTP and RTCP from the browser are lost, while STUN passes: media flows in one direction only. */
  oneWay: boolean;
}

export const fair: Weather = { loss: 0, delayMs: 0, udp: 'open', tcp: 'open', oneWay: false };

export interface MediaProxy extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** Ways that exist and those to come. */
  weather: Weather;
  /** From now on every way that exists now is dead; the browser's next one is good: an address change. */
  abandonWays(): void;
  /** The same, but only the media on those ways is lost, and STUN passes. */
  deafenWays(): void;
  /** How many ways (a browser's port each) have carried something since the last call of this. */
  usedWays(): { udp: number; tcp: number };
  [Symbol.asyncDispose](): Promise<void>;
}

interface Way {
  up: UdpSocket;
  isDead: boolean;
  isDeaf: boolean;
  packets: number;
}

/** RFC 7983: STUN begins with 0 to 3, DTLS with 20 to 63, RTP and RTCP with 128 to 191. */
const isMedia = (packet: Buffer): boolean => (packet[0] ?? 0) > 127;

/** `address` is another of the loopback's, so that the port can be the server's own. `free` may come from addresses that always pass. */
export async function startMediaProxy(
  port: number,
  { address = '127.0.0.2', target = '127.0.0.1', free = [] as readonly string[], random = Math.random } = {},
): Promise<MediaProxy> {
  const front = createSocket('udp4');
  const ways = new Map<string, Way>();
  const streams = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let isClosed = false;
  let tcpUsed = 0;
  const proxy = { weather: { ...fair } };

  const pass = (send: () => void): void => {
    const { loss, delayMs } = proxy.weather;
    if (loss > 0 && random() < loss) return;
    if (delayMs === 0) {
      send();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isClosed) send();
    }, delayMs);
    timers.add(timer);
  };
  const open = (from: RemoteInfo): Way => {
    const up = createSocket('udp4').bind(0, target);
    const way: Way = { up, isDead: false, isDeaf: false, packets: 0 };
    up.on('error', () => undefined);
    up.on('message', (packet) => {
      if (way.isDead || isBlocked(from.address, 'udp')) return;
      pass(() => front.send(packet, from.port, from.address));
    });
    return way;
  };
  const isBlocked = (from: string, by: 'udp' | 'tcp'): boolean =>
    !free.includes(from) && proxy.weather[by] === 'blocked';

  front.on('error', () => undefined);
  front.on('message', (packet, from) => {
    const key = `${from.address}:${from.port}`;
    const way = ways.get(key) ?? open(from);
    ways.set(key, way);
    if (way.isDead || isBlocked(from.address, 'udp')) return;
    if (isMedia(packet) && (way.isDeaf || proxy.weather.oneWay)) return;
    way.packets += 1;
    pass(() => way.up.send(packet, port, target));
  });
  const tcp = createServer((near) => {
    // A blocked port of a firewall says nothing either: the connection is never answered.
    if (isBlocked(near.remoteAddress ?? '', 'tcp')) {
      near.pause();
      hold(streams, near);
      return;
    }
    tcpUsed += 1;
    const far = connect(port, target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      hold(streams, one);
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  await Promise.all([bound(front, port, address), listening(tcp, port, address)]);

  return Object.assign(proxy, {
    address,
    port,
    abandonWays() {
      for (const way of ways.values()) way.isDead = true;
      for (const stream of streams) stream.pause().unpipe();
    },
    deafenWays() {
      for (const way of ways.values()) way.isDeaf = true;
    },
    usedWays() {
      const udp = [...ways.values()].filter((way) => way.packets > 0).length;
      for (const way of ways.values()) way.packets = 0;
      const used = { udp, tcp: tcpUsed };
      tcpUsed = 0;
      return used;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const way of ways.values()) way.up.close();
      for (const stream of streams) stream.destroy();
      front.close();
      await new Promise((resolve) => tcp.close(resolve));
    },
  });
}

/** The pages of this context are told that the media server is behind the proxy. Call it before they load. */
export async function throughProxy(context: BrowserContext, { address, port }: MediaProxy): Promise<void> {
  await context.addInitScript(
    ({ there, from }) => {
      const set = RTCPeerConnection.prototype.setRemoteDescription;
      RTCPeerConnection.prototype.setRemoteDescription = function (description: RTCSessionDescriptionInit) {
        const sdp = description.sdp?.replaceAll(` 127.0.0.1 ${from} `, ` ${there} ${from} `);
        return Reflect.apply(set, this, [{ ...description, ...(sdp !== undefined && { sdp }) }]) as Promise<void>;
      };
    },
    { there: address, from: String(port) },
  );
}

function hold(streams: Set<Socket>, stream: Socket): void {
  streams.add(stream);
  stream.on('error', () => stream.destroy());
  stream.on('close', () => streams.delete(stream));
}

async function bound(socket: UdpSocket, port: number, address: string): Promise<void> {
  socket.bind(port, address);
  await once(socket, 'listening');
}

async function listening(server: Server, port: number, address: string): Promise<void> {
  server.listen(port, address);
  await once(server, 'listening');
}
