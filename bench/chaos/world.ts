/** What a run has for itself: PostgreSQL, Redis, three nodes, and two clinics, in one of which doctors have no grace. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { clusterEnv } from '../../tests/support/cluster.ts';
import { startRedis, type TestRedis } from '../../tests/support/redis.ts';
import { type BenchClinic, benchJwt, type Couple, openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { ChaosNode } from './node.ts';
import type { ChaosOptions } from './options.ts';

export interface ChaosClinic {
  tenantId: string;
  graceSeconds: number;
  couples: readonly Couple[];
  staffToken(): Promise<string>;
  renewed: BenchClinic['renewed'];
}

export interface World extends AsyncDisposable {
  database: BenchDatabase;
  redis: TestRedis;
  nodes: readonly ChaosNode[];
  clinics: readonly ChaosClinic[];
  /** Does not throw away what the nodes printed; answers the folder in which it will be. */
  keepLogs(): string;
  /** As a superuser, whom nothing binds. */
  sql<R>(text: string, values?: unknown[]): Promise<R[]>;
  /** The nodes in turn. */
  nextNode(): ChaosNode;
}

const nodeCount = 3;
const staffTokenMs = 20 * 60_000;

export async function openWorld(options: ChaosOptions, say: (line: string) => void): Promise<World> {
  const stack = new AsyncDisposableStack();
  try {
    // Three nodes, some of which are started while the connections of their time before are still there.
    const database = stack.use(await openBenchDatabase({ max_connections: '200' }));
    const redis = stack.use(await startRedis());
    const folder = await mkdtemp(path.join(tmpdir(), 'housecall-chaos-'));
    let isKept = false;
    stack.defer(async () => (isKept ? undefined : rm(folder, { recursive: true, force: true })));
    const pool = new Pool({ connectionString: database.ownerUrl, max: 2 });
    pool.on('error', () => undefined);
    stack.defer(() => pool.end());
    const clinics = await openClinics(database.appUrl, options);
    const { appUrl: databaseUrl, ownerUrl: databaseOwnerUrl } = database;
    const env = { ...clusterEnv(redis, 'sfu'), JWT_SECRET: benchJwt.secret, RATE_LIMITS: 'off' };
    const nodes: ChaosNode[] = [];
    // One after the other: together they hold each other up.
    while (nodes.length < nodeCount) {
      const place = {
        name: `node-${nodes.length + 1}`,
        folder,
        databaseUrl,
        databaseOwnerUrl,
        redisUrl: redis.url,
        env,
      };
      nodes.push(stack.use(await ChaosNode.start(place)));
      say(`${place.name} serves`);
    }
    let turn = 0;
    return {
      database,
      redis,
      nodes,
      clinics,
      keepLogs: () => {
        isKept = true;
        return folder;
      },
      sql: async <R>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as R[],
      nextNode: () => {
        const node = nodes.at(turn++ % nodes.length);
        if (!node) throw new Error('There is no node.');
        return node;
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function openClinics(appUrl: string, { meetings, windowSeconds }: ChaosOptions): Promise<ChaosClinic[]> {
  const clinics: ChaosClinic[] = [];
  for (const graceSeconds of [0, windowSeconds]) {
    const size = Math.ceil(meetings / 2);
    await using clinic = await openClinic(appUrl, size, {
      doctorGraceSeconds: graceSeconds,
      reconnectWindowSeconds: windowSeconds,
      recoveryWindowSeconds: windowSeconds,
    });
    const { tenantId, couples, renewed } = clinic;
    clinics.push({ tenantId, graceSeconds, couples, renewed, staffToken: keptFor(staffTokenMs, clinic.staffToken) });
  }
  return clinics;
}

/** What was made, for so long; then it is made anew. */
function keptFor(ms: number, make: () => Promise<string>): () => Promise<string> {
  let kept: Promise<string> | undefined;
  let until = 0;
  return () => {
    if (!kept || performance.now() > until) {
      kept = make();
      until = performance.now() + ms;
    }
    return kept;
  };
}
