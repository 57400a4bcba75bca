/** Two nodes in this process that share a database and a Redis; or none where there is no redis-server. */
import { randomBytes } from 'node:crypto';
import type { CallAnswer } from '../../signaling/protocol/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type LiveServer, startLive } from './live.ts';
import { recordedAudio, recordedCapabilities, recordedDtls } from './media-recorded.ts';
import { startRedis, type TestRedis } from './redis.ts';
import { SocketClient } from './socket-client.ts';
import type { TestPerson, TestTenant } from './tenant.ts';
import { until } from './until.ts';

export interface TestCluster extends AsyncDisposable {
  db: TestDatabase;
  redis: TestRedis;
  nodes: [LiveServer, LiveServer];
  /** What every node is started with. */
  env: Record<string, string>;
}

/** Resolves when the nodes hear each other. */
export async function startCluster(engine: 'sfu' | 'p2p'): Promise<TestCluster> {
  const stack = new AsyncDisposableStack();
  try {
    const db = stack.use(await createTestDatabase());
    const redis = stack.use(await startRedis());
    const env = {
      REDIS_URL: redis.url,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      MEDIA_ENGINE: engine,
      MEDIA_PORT: '0',
    };
    const start = async () => stack.use(await startLive({ db, env }));
    const nodes: [LiveServer, LiveServer] = [await start(), await start()];
    await until('the nodes hear each other', () => nodes.every(({ server }) => server.peers() === 1));
    return { db, redis, nodes, env, [Symbol.asyncDispose]: () => stack.disposeAsync() };
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
