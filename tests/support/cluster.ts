/** Two nodes in this process that share a database and a Redis; or none where there is no redis-server. */
import { randomBytes } from 'node:crypto';
import type { CallAnswer } from '../../signaling/protocol/index.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type LiveOptions, type LiveServer, startLive } from './live.ts';
import { recordedAudio, recordedCapabilities, recordedDtls } from './media-recorded.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { SocketClient } from './socket-client.ts';
import type { TestPerson, TestTenant } from './tenant.ts';
import { until } from './until.ts';

export interface TestCluster extends AsyncDisposable {
  db: TestDatabase;
  redis: TestRedis;
  nodes: [LiveServer, LiveServer];
  /** The ways of the first node to what both share. */
  ways: { redis: CuttableProxy; database: CuttableProxy };
  /** One more process, a node unless `env` has other ROLES; the caller closes it. */
  start(env?: Record<string, string>): Promise<LiveServer>;
  /** Until as many nodes hear so many others. */
  together(nodes: readonly LiveServer[]): Promise<void>;
}

export const through = (url: string, way: CuttableProxy): string => {
  const { port } = new URL(way.url);
  return Object.assign(new URL(url), { port }).href;
};

/** What every node of one cluster is started with. */
export function clusterEnv(redis: TestRedis, engine: 'sfu' | 'p2p'): Record<string, string> {
  const ENCRYPTION_KEY = randomBytes(32).toString('base64');
  return { REDIS_URL: redis.url, ENCRYPTION_KEY, MEDIA_ENGINE: engine, MEDIA_PORT: '0' };
}

/** Resolves when the nodes hear each other. `leaseMs` is of the first one's lease in the database. */
export async function startCluster(engine: 'sfu' | 'p2p', { leaseMs = 15_000 } = {}): Promise<TestCluster> {
  const stack = new AsyncDisposableStack();
  try {
    const db = stack.use(await createTestDatabase());
    const redis = stack.use(await startRedis());
    const ways = {
      redis: stack.use(await startCuttableProxy(redis.url)),
      database: stack.use(await startCuttableProxy(db.appUrl)),
    };
    const env = clusterEnv(redis, engine);
    const start = (more: Partial<LiveOptions> = {}) => startLive({ db, env, ...more });
    const cuttable = {
      db: { ...db, appUrl: through(db.appUrl, ways.database) },
      env: { ...env, REDIS_URL: through(redis.url, ways.redis) },
    };
    const first = stack.use(await start({ ...cuttable, leaseMs }));
    const nodes: [LiveServer, LiveServer] = [first, stack.use(await start())];
    const together = (all: readonly LiveServer[]) =>
      until('the nodes hear each other', () => all.every(({ server }) => server.peers() === all.length - 1)).then(
        () => undefined,
      );
    await together(nodes);
    const close = () => stack.disposeAsync();
    return {
      db,
      redis,
      nodes,
      ways,
      start: (more) => start({ env: { ...env, ...more } }),
      together,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

export async function enterAt(url: string, clinic: TestTenant, person: TestPerson): Promise<SocketClient> {
  return SocketClient.connect(url, await clinic.token(person));
}

/** Sends sound as a browser would; answers the producer's id. */
export async function sendSound(socket: SocketClient): Promise<string> {
  const { transport } = await socket.call('media:create-transport', { direction: 'send' });
  await socket.call('media:connect-transport', { transportId: transport.id, dtlsParameters: recordedDtls });
  const sound = { kind: 'audio', source: 'microphone', rtpParameters: recordedAudio() } as const;
  return (await socket.call('media:produce', { transportId: transport.id, ...sound })).producerId;
}

export async function receive(socket: SocketClient, producerId: string): Promise<CallAnswer<'media:consume'>> {
  const { transport } = await socket.call('media:create-transport', { direction: 'recv' });
  const wanted = { transportId: transport.id, producerId, rtpCapabilities: recordedCapabilities };
  const consumer = await socket.call('media:consume', wanted);
  await socket.call('media:resume', { consumerId: consumer.id });
  return consumer;
}

/** On whichever nodes they are, the doctor hears the patient, who reads what the doctor writes. */
export async function hearEachOther(doctor: SocketClient, patient: SocketClient): Promise<void> {
  const voice = await sendSound(patient);
  await doctor.next('media:produced', ({ producer }) => producer.producerId === voice);
  await receive(doctor, voice);
  await doctor.call('chat:send', { text: 'Do you hear me?', clientId: voice });
  await patient.next('chat:sent', ({ clientId }) => clientId === voice);
}
