/** Drives embedded-program.ts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { here } from './installation.ts';
import { makeOwnFolder } from './own-folder.ts';
import { until } from './until.ts';

export interface Ready {
  event: 'ready';
  ownerUrl: string;
  appUrl: string;
  runsAs: string;
}

export interface Refused {
  event: 'refused';
  name: string;
  message: string;
}

export interface Run extends AsyncDisposable {
  process: ChildProcess;
  /** Everything it printed. */
  output(): string;
  /** The first thing that it says about itself. */
  answer: Promise<Ready | Refused>;
  /** Sends a signal and resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface RunOptions {
  installation?: { folder: string; node: string; program: string };
  account?: { uid: number; gid: number };
  /** A command in front of Node, e.g. to shrink what it may do. */
  through?: readonly string[];
}

export function runEmbedded(dataDir: string, { installation = here, account, through = [] }: RunOptions = {}): Run {
  const [command, ...args] = [
    ...through,
    installation.node,
    '--disable-warning=ExperimentalWarning',
    installation.program,
    dataDir,
  ];
  const child = spawn(command, args, { ...account, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const { promise: answer, resolve, reject } = Promise.withResolvers<Ready | Refused>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      printed += `${line}\n`;
      if (/^\{"event":"(ready|refused)"/.test(line)) resolve(JSON.parse(line) as Ready | Refused);
    });
  }
  const gone = new Promise<void>((done) => child.once('close', () => done()).once('error', () => done()));
  void gone.then(() => reject(new Error(`The process ended without a word:\n${printed}`)));
  // Whoever does not ask for the answer must not be told of its failure by Node.
  answer.catch(() => {});
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  return { process: child, output: () => printed, answer, kill, [Symbol.asyncDispose]: () => kill('SIGTERM') };
}

/** A folder of the test's own for DATA_DIR, in memory where there is some, gone afterwards. */
export async function temporaryFolder(
  parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir(),
): Promise<AsyncDisposable & { path: string }> {
  const folder = await makeOwnFolder(parent, 'housecall-data-');
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export async function query<R extends object>(url: string, text: string): Promise<R[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

export async function recordedPid(dataDir: string): Promise<number> {
  return Number((await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** The processes that stand in the cluster's folder, which all of PostgreSQL's do. */
export async function processesOf(dataDir: string): Promise<number[]> {
  const folder = await stat(path.join(dataDir, 'postgres'));
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const at = await stat(`/proc/${name}/cwd`).catch(() => undefined);
    if (at?.ino === folder.ino && at.dev === folder.dev) found.push(Number(name));
  }
  return found;
}

export async function untilDeserted(dataDir: string): Promise<void> {
  await until('no process of PostgreSQL is left', async () => (await processesOf(dataDir)).length === 0);
}
