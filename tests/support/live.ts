/** The whole server in this process, on its own database, with a clock that tests move. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { compose, type RunningServer } from '../../src/compose.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type Answered, call } from './serve-app.ts';
import { SocketClient } from './socket-client.ts';
import { createTenant, type TestPerson, type TestTenant, testJwt } from './tenant.ts';

/** Clinical time: real time plus what the test has added. */
export class MovableClock implements Clock {
  #aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  forward(seconds: number): void {
    this.#aheadMs += seconds * 1_000;
  }
}

export interface LiveServer extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  server: RunningServer;
  url: string;
  db: TestDatabase;
  clock: MovableClock;
  /** What it keeps on disk. */
  dataDir: string;
  /** Moves the clinical clock and settles what is then due. */
  forward(seconds: number): Promise<void>;
  tenant(options?: Parameters<typeof createTenant>[1]): Promise<TestTenant>;
  socket(tenant: TestTenant, person: TestPerson): Promise<SocketClient>;
  rest(tenant: TestTenant, person: TestPerson, method: string, path: string, body?: unknown): Promise<Answered>;
  /** A meeting between doctor and patient, scheduled for now unless said otherwise. */
  meeting(tenant: TestTenant, scheduledAt?: Date): Promise<Meeting>;
}

/** `db` to share a database with another server; the caller closes it then. The others as in src/compose.ts. */
export interface LiveOptions {
  env?: Record<string, string>;
  db?: TestDatabase;
  leaseMs?: number;
  traceDelayMs?: number;
}

export async function startLive(options: LiveOptions = {}): Promise<LiveServer> {
  const db = options.db ?? (await createTestDatabase());
  const dataDir = await mkdtemp(path.join(tmpdir(), 'housecall-test-'));
  const clock = new MovableClock();
  const config = loadConfig({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    JWT_SECRET: testJwt.secret,
    MEDIA_ENGINE: 'p2p',
    LOG_LEVEL: 'silent',
    RATE_LIMITS: 'off',
    DEMO: 'off',
    ...options.env,
  });
  const server = await compose(config, {
    clock,
    passwordCost: 4,
    ...(options.leaseMs && { leaseMs: options.leaseMs }),
    ...(options.traceDelayMs && { traceDelayMs: options.traceDelayMs }),
  });
  const rest: LiveServer['rest'] = async (tenant, person, method, at, body) =>
    call(`${server.url}/api/v1${at}`, method, {
      token: await tenant.token(person),
      ...(body !== undefined && { body }),
    });
  return {
    server,
    url: server.url,
    db,
    clock,
    dataDir,
    rest,
    forward: async (seconds) => {
      clock.forward(seconds);
      await server.settleDeadlines();
    },
    tenant: (options) => createTenant(db, options),
    socket: async (tenant, person) => SocketClient.connect(server.url, await tenant.token(person)),
    meeting: async (tenant, scheduledAt = clock.now()) => {
      const { doctorId, patientId } = tenant;
      const answer = await rest(tenant, 'admin', 'POST', '/meetings', {
        doctorId,
        patientId,
        scheduledAt: scheduledAt.toISOString(),
      });
      if (answer.status !== 201) throw new Error(`The meeting was not made: ${answer.status} ${answer.text}`);
      return answer.json as Meeting;
    },
    [Symbol.asyncDispose]: async () => {
      await server.close('test over');
      if (!options.db) await db[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** An id that nobody has. */
export const unknownId = newId;
