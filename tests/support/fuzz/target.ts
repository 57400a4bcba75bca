/** A live server process to throw things at, with a database of its own and two clinics. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type ServerProcess, spawnServer } from '../process.ts';
import { type Answered, call } from '../serve-app.ts';
import { createTenant, type TestPerson, type TestTenant, testJwt } from '../tenant.ts';
import { until } from '../until.ts';
import { repeats } from './canary.ts';
import { type Held, type Inspector, inspect } from './inspector.ts';

export interface Target extends AsyncDisposable {
  url: string;
  clinic: TestTenant;
  /** Another tenant: nothing of it may be seen or touched from the first. */
  other: TestTenant;
  db: TestDatabase;
  server: ServerProcess;
  /** Whether media goes through this server, else directly between the browsers. */
  isSfu: boolean;
  inspector: Inspector;
  rest(tenant: TestTenant, person: TestPerson, method: string, path: string, body?: unknown): Promise<Answered>;
  /** What it holds once the last socket is gone; throws when that does not come. */
  settled(): Promise<Held>;
  /** Everything wrong with how it is and what it printed, in sentences; empty when it is well. */
  faults(): Promise<string[]>;
}

export async function startTarget(env: Record<string, string> = {}): Promise<Target> {
  const db = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'housecall-fuzz-'));
  const server = await spawnServer({
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    DATA_DIR: dataDir,
    JWT_SECRET: testJwt.secret,
    RATE_LIMITS: 'off',
    NODE_OPTIONS: '--inspect=127.0.0.1:0',
    MEDIA_PORT: '0',
    MEDIA_ENGINE: 'auto',
    ...env,
  });
  const inspector = await inspect(server.output());
  // Grace keeps a doctor's drop from ending at once what the others are to be tried in.
  const settings = { doctorGraceSeconds: 600 };
  const [clinic, other] = [await createTenant(db, { settings }), await createTenant(db, { settings })];
  const looks: Look[] = [];
  return {
    url: server.url,
    clinic,
    other,
    db,
    server,
    isSfu: server.output().includes('"engine":"sfu"'),
    inspector,
    rest: async (tenant, person, method, at, body) =>
      call(`${server.url}/api/v1${at}`, method, {
        token: await tenant.token(person),
        ...(body !== undefined && { body }),
      }),
    settled: async () => {
      // Not before it says so itself: a look freezes it.
      await until('nobody is connected', () => isDeserted(server), 60_000, 100);
      return until(
        'every socket is gone',
        async () => {
          const look = { from: Date.now(), to: Number.POSITIVE_INFINITY };
          looks.push(look);
          const held = await inspector.held();
          look.to = Date.now() + 1_000;
          if (held.sockets === 0) return held;
          // Each look freezes the server for as long as it walks the heap: let it work in between.
          await pause(1_000);
          return undefined;
        },
        60_000,
      );
    },
    faults: () => faultsOf(server, looks),
    [Symbol.asyncDispose]: async () => {
      inspector[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
      await db[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function isDeserted({ url }: ServerProcess): Promise<boolean> {
  return /^housecall_sockets 0$/m.test(await (await fetch(`${url}/metrics`)).text());
}

/** Lines of the log at level error and above. */
const troubled = /"level":(?:50|60)|[Uu]nhandled|uncaught|Deprecat|Warning:|media worker died|moved to a new router/;

interface Look {
  from: number;
  to: number;
}

/**
 * A look into the heap freezes the server, on a busy machine for seconds: a transaction that waits meanwhile has waited for
 * too long when it goes on (Prisma's P2028), and whoever began it tries again.
 */
function isOfALook(line: string, looks: readonly Look[]): boolean {
  const at = Date.parse(/"time":"([^"]+)"/.exec(line)?.[1] ?? '');
  return line.includes('"code":"P2028"') && looks.some(({ from, to }) => from <= at && at <= to);
}

async function faultsOf(server: ServerProcess, looks: readonly Look[]): Promise<string[]> {
  const { exitCode, signalCode } = server.process;
  if (exitCode !== null || signalCode !== null) return [`It ended with ${exitCode ?? signalCode}.`];
  const lines = server.output().split('\n');
  const ready = await fetch(`${server.url}/readyz`).then(
    ({ status }) => status,
    () => 0,
  );
  return [
    ...(ready === 200 ? [] : [`/readyz answers ${ready}.`]),
    ...lines
      .filter((line) => troubled.test(line) && !isOfALook(line, looks))
      .map((line) => `It printed: ${line.slice(0, 600)}`),
    ...lines.filter(repeats).map((line) => `It printed what was sent: ${line.slice(0, 300)}`),
  ];
}
