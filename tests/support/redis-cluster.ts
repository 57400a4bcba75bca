/** A Redis Cluster of a test's own: three masters on loopback ports that share the slots, and replicas where they are wanted. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './process.ts';
import { until } from './until.ts';

export interface RedisMaster {
  url: string;
  /** It holds these slots, both included. */
  slots: readonly [number, number];
  kill(): Promise<void>;
  /** Again on the same port, with its slots and without its data. */
  start(): Promise<void>;
}

export interface TestRedisCluster extends AsyncDisposable {
  masters: readonly RedisMaster[];
  /** One more server, which has all that this master has and takes its place when it dies. Resolves when all know it. */
  replicate(master: RedisMaster): Promise<RedisMaster>;
}

const parts = [
  [0, 5_460],
  [5_461, 10_922],
  [10_923, 16_383],
] as const;

export async function startRedisCluster(): Promise<TestRedisCluster> {
  const stack = new AsyncDisposableStack();
  try {
    const folder = await mkdtemp(path.join(tmpdir(), 'housecall-redis-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const masters: RedisMaster[] = [];
    for (const slots of parts) {
      const master = await startMaster(folder, slots);
      stack.defer(() => master.kill());
      masters.push(master);
    }
    await join(masters);
    const replicate = async (master: RedisMaster) => {
      const replica = await startMaster(folder, master.slots);
      stack.defer(() => replica.kill());
      await follow(replica, master, masters);
      return replica;
    };
    return { masters, replicate, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function startMaster(folder: string, slots: RedisMaster['slots']): Promise<RedisMaster> {
  // Between the nodes it uses the port 10,000 above, and that too is none that systems give to who asks for any (32,768 on).
  const port = await until('a port below 22,000', async () => {
    const found = await freePort();
    return found < 22_000 && found;
  });
  let child: ChildProcess | undefined;
  const kill = async () => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  };
  const start = async () => {
    const cluster = ['--cluster-enabled', 'yes', '--cluster-config-file', path.join(folder, `${port}.conf`)];
    const timing = ['--cluster-node-timeout', '2000', '--cluster-require-full-coverage', 'no'];
    const alone = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    // A replica is not made to wait for others that might come, too.
    const copying = ['--repl-diskless-sync-delay', '0'];
    child = spawn('redis-server', [...alone, ...cluster, ...timing, ...copying], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await until('redis-server accepts connections', () => printed.includes('Ready to accept connections'));
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, slots, kill, start };
}

async function join(masters: readonly RedisMaster[]): Promise<void> {
  const clients = masters.map(({ url }) => new Redis(url));
  try {
    const { port } = new URL(masters[0]?.url ?? '');
    for (const [index, client] of clients.entries()) {
      const [from, to] = masters[index]?.slots ?? [0, 0];
      await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
      if (index > 0) await client.call('CLUSTER', 'MEET', '127.0.0.1', port);
    }
    await until('each master knows who has which slots', async () => {
      const known = await Promise.all(clients.map((client) => client.cluster('SLOTS')));
      return known.every((ranges) => ranges.length === masters.length);
    });
    await until('the cluster answers', async () => {
      const infos = await Promise.all(clients.map((client) => client.cluster('INFO')));
      return infos.every((info) => info.includes('cluster_state:ok'));
    });
  } finally {
    for (const client of clients) client.disconnect();
  }
}

async function follow(replica: RedisMaster, master: RedisMaster, masters: readonly RedisMaster[]): Promise<void> {
  const [own, followed, ...all] = [replica, master, ...masters].map(({ url }) => new Redis(url));
  if (!own || !followed) throw new Error('There is nobody to follow.');
  try {
    const id = String(await followed.call('CLUSTER', 'MYID'));
    await own.call('CLUSTER', 'MEET', '127.0.0.1', new URL(master.url).port);
    await until('the replica knows its master', async () => String(await own.cluster('NODES')).includes(id));
    await own.call('CLUSTER', 'REPLICATE', id);
    await until('it is in step', async () => (await own.info('replication')).includes('master_link_status:up'));
    const replicaId = String(await own.call('CLUSTER', 'MYID'));
    // Those who vote for it have to know whom it follows.
    await until('every master knows whom it follows', async () => {
      const known = await Promise.all(all.map(async (one) => String(await one.cluster('NODES')).split('\n')));
      return known.every((nodes) => nodes.some((node) => node.startsWith(replicaId) && node.includes(`slave ${id}`)));
    });
  } finally {
    for (const client of [own, followed, ...all]) client.disconnect();
  }
}
