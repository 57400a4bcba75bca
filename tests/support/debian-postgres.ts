/** A PostgreSQL of Debian's with its own tools, as a clinic runs one, where the machine has it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeOwnFolder } from './own-folder.ts';
import { freePort } from './process.ts';
import { until } from './until.ts';

const run = promisify(execFile);

const home = '/usr/lib/postgresql';
const newest = existsSync(home) ? readdirSync(home).toSorted((a, b) => Number(b) - Number(a))[0] : undefined;
const programs = newest === undefined ? undefined : path.join(home, newest, 'bin');

/** Undefined when there is one, else why a suite is skipped and what installs it. */
export const noPostgres =
  programs && existsSync(path.join(programs, 'postgres'))
    ? undefined
    : "no PostgreSQL of the system's here; apt-get install postgresql";

export interface DebianPostgres extends AsyncDisposable {
  /** The superuser's login to a database. */
  url(database: string, login?: string): string;
  /** Runs one of its programs (`pg_dump`, `psql` …) and answers what it printed. */
  run(program: string, ...args: string[]): Promise<string>;
  /** Everybody's connection is cut. Idempotent. */
  stop(): Promise<void>;
  /** Again, on the same port and with what it holds. Resolves when it answers. */
  start(): Promise<void>;
}

const password = 'a password of a test';

export async function startDebianPostgres(): Promise<DebianPostgres> {
  if (!programs) throw new Error(noPostgres);
  // PostgreSQL refuses to run as root; Debian's package has made a user for it.
  const account: Partial<Account> = userInfo().uid === 0 ? await accountOf('postgres') : {};
  const folder = await makeOwnFolder(tmpdir(), 'housecall-test-postgres-');
  const [data, secret] = [path.join(folder, 'data'), path.join(folder, 'password')];
  await writeFile(secret, password);
  for (const one of [folder, secret])
    if (account.uid !== undefined && account.gid !== undefined) await chown(one, account.uid, account.gid);
  const options = ['-D', data, '-A', 'scram-sha-256', `--pwfile=${secret}`, '-U', 'postgres', '--no-sync'];
  await run(path.join(programs, 'initdb'), options, { ...account, cwd: folder });
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  const url = (database: string, login = `postgres:${encodeURIComponent(password)}`) =>
    `postgresql://${login}@127.0.0.1:${port}/${database}`;
  const ask = async (program: string, ...rest: string[]) =>
    (await run(path.join(programs, program), rest, { cwd: folder })).stdout;
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(path.join(programs, 'postgres'), args, { ...account, cwd: folder, stdio: 'ignore' });
    await until('PostgreSQL answers', () => ask('pg_isready', '-d', url('postgres')).catch(() => undefined));
  };
  const stop = async () => {
    const running = child;
    child = undefined;
    if (!running) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGINT');
    await gone;
  };
  await start();
  return {
    url,
    run: ask,
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Account {
  uid: number;
  gid: number;
}

async function accountOf(name: string): Promise<Account> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error(`There is no user ${name}.`);
  return { uid, gid };
}
