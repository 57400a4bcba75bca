/** The embedded PostgreSQL through starts, stops and crashes, each in a real process on a DATA_DIR of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findBinaries } from '../../src/platform/db/embedded/binaries.ts';
import { launch, ownFolder } from '../../src/platform/db/embedded/program.ts';
import { chooseAccount } from '../../src/platform/db/embedded/run-as.ts';
import {
  processesOf,
  query,
  type Ready,
  type Run,
  recordedPid,
  runEmbedded,
  temporaryFolder,
  untilDeserted,
} from '../support/embedded-run.ts';
import { freePort } from '../support/process.ts';
import { until } from '../support/until.ts';

async function untilReady(run: Run): Promise<Ready> {
  const answer = await run.answer;
  if (answer.event !== 'ready') throw new Error(`It was refused: ${answer.message}`);
  return answer;
}

async function refusalOf(run: Run): Promise<string> {
  const answer = await run.answer;
  return answer.event === 'refused' ? `${answer.name}: ${answer.message}` : 'It started.';
}

async function addNote({ ownerUrl }: Ready, text: string): Promise<void> {
  await query(ownerUrl, `create table if not exists note (body text); insert into note values ('${text}')`);
}

async function notes({ ownerUrl }: Ready): Promise<string[]> {
  return (await query<{ body: string }>(ownerUrl, 'select body from note order by body')).map((row) => row.body);
}

/** The state in pg_control, which PostgreSQL writes last: 1 is shut down in order, 6 is in production. */
async function controlState(dataDir: string): Promise<number> {
  return (await readFile(path.join(dataDir, 'postgres/global/pg_control'))).readInt32LE(16);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went together with one before it.
  }
}

/** A PostgreSQL at work on the data that no server has. */
async function startOrphan(dataDir: string): Promise<ChildProcess> {
  const cluster = path.join(dataDir, 'postgres');
  const runAs = await chooseAccount(cluster);
  const { postgres } = await findBinaries(runAs, []);
  const args = [
    '-D',
    ownFolder(cluster, runAs.server),
    '-h',
    '127.0.0.1',
    '-p',
    String(await freePort()),
    '-c',
    'unix_socket_directories=',
  ];
  const child = launch(postgres, args, { folder: cluster, account: runAs.server, stdio: 'ignore' });
  await until('the orphan is ready', async () =>
    (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).includes('ready'),
  );
  return child;
}

test('a new DATA_DIR gets a database that is kept over a stop and a start', async () => {
  await using data = await temporaryFolder();
  const dataDir = path.join(data.path, 'not', 'there yet');
  await using first = runEmbedded(dataDir);
  const ready = await untilReady(first);
  await addNote(ready, 'kept');
  await first.kill('SIGTERM');
  expect(first.output()).toContain('{"event":"stopped"}');
  expect(await processesOf(dataDir)).toEqual([]);
  expect(await controlState(dataDir)).toBe(1);
  expect(await readdir(dataDir)).toEqual(['postgres', 'server.lock', 'server.pid']);

  await using second = runEmbedded(dataDir);
  expect(await notes(await untilReady(second))).toEqual(['kept']);
});

/** The sixth field (proc_pid_stat(5)). A terminal signals its own session only. */
async function session(pid: number): Promise<string | undefined> {
  return (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')[3];
}

describe('a database that was made just now', () => {
  let data: Awaited<ReturnType<typeof temporaryFolder>>;
  let run: Run;
  beforeAll(async () => {
    data = await temporaryFolder();
    run = runEmbedded(data.path);
    await untilReady(run);
  });
  afterAll(async () => {
    await run[Symbol.asyncDispose]();
    await data[Symbol.asyncDispose]();
  });

  test('is set up as the rest of the house expects', async () => {
    const { ownerUrl, appUrl } = await untilReady(run);
    const [settings] = await query(
      ownerUrl,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('data_checksums') as checksums, current_setting('timezone') as zone,
         current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
         pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale, lower('ÄÉЖ') as lowered
       from pg_database where datname = current_database()`,
    );
    expect(settings).toEqual({
      major: 18,
      checksums: 'on',
      zone: 'UTC',
      listens: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
      lowered: 'äéж',
    });
    const [role] = await query(
      appUrl,
      'select current_user::text as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
    );
    expect(role).toEqual({ name: 'housecall_app', rolsuper: false, rolbypassrls: false });
  });

  test('lets nobody in without the password, which is in no log and no file that others can read', async () => {
    const { ownerUrl, appUrl } = await untilReady(run);
    for (const url of [ownerUrl, appUrl]) {
      const wrong = new URL(url);
      wrong.password = 'wrong';
      await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
      const lines = run
        .output()
        .split('\n')
        .filter((line) => !line.startsWith('{"event":"ready"'));
      expect(lines.join('\n')).not.toContain(new URL(url).password);
    }
    for (const name of ['postgres', 'server.lock', 'server.pid', 'postgres/housecall-passwords.json']) {
      const { mode } = await stat(path.join(data.path, name));
      expect({ name, others: mode & 0o077 }).toEqual({ name, others: 0 });
    }
  });

  test('is not reached by Ctrl+C in the terminal: the server stops it when it has drained', async () => {
    const postgres = await recordedPid(data.path);
    expect(await session(postgres)).toBe(String(postgres));
    expect(await session(run.process.pid ?? 0)).not.toBe(String(postgres));
  });
});

/** What the first start made, stopped in order: copied, because making it takes longer than all else that is tried here. */
let made: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  made = await temporaryFolder();
  await using run = runEmbedded(made.path);
  await untilReady(run);
});
afterAll(async () => made[Symbol.asyncDispose]());

async function folderWithDatabase(): ReturnType<typeof temporaryFolder> {
  const data = await temporaryFolder();
  await promisify(execFile)('cp', ['-a', path.join(made.path, 'postgres'), data.path]);
  return data;
}

test('a server that is killed takes its database down with it, and nothing that was committed is lost', async () => {
  await using data = await folderWithDatabase();
  await using first = runEmbedded(data.path);
  await addNote(await untilReady(first), 'committed');
  await first.kill('SIGKILL');
  await untilDeserted(data.path);
  await using second = runEmbedded(data.path);
  expect(await notes(await untilReady(second))).toEqual(['committed']);
});

test('after a power cut it recovers what was committed', async () => {
  await using data = await folderWithDatabase();
  await using first = runEmbedded(data.path);
  await addNote(await untilReady(first), 'committed');
  const pids = await processesOf(data.path);
  expect(pids.length).toBeGreaterThan(3);
  // Stopped first, so that it cannot set things right in between.
  first.process.kill('SIGSTOP');
  for (const pid of pids) killIfThere(pid);
  await first.kill('SIGKILL');
  await untilDeserted(data.path);
  expect(await controlState(data.path)).toBe(6);
  await using second = runEmbedded(data.path);
  expect(await notes(await untilReady(second))).toEqual(['committed']);
});

test('a PostgreSQL that an earlier run left behind is stopped, and its work is kept', async () => {
  await using data = await folderWithDatabase();
  await using first = runEmbedded(data.path);
  await addNote(await untilReady(first), 'kept');
  await first.kill('SIGTERM');
  const orphan = await startOrphan(data.path);
  const gone = once(orphan, 'exit');
  await using second = runEmbedded(data.path);
  expect(await notes(await untilReady(second))).toEqual(['kept']);
  expect(await gone).toEqual([0, null]);
  expect(second.output()).toContain('the last run left its PostgreSQL behind');
});

test('a pid file that names another process by now does not stand in the way, and that process is left alone', async () => {
  await using data = await folderWithDatabase();
  await using first = runEmbedded(data.path);
  await addNote(await untilReady(first), 'kept');
  const pidFile = path.join(data.path, 'postgres/postmaster.pid');
  const recorded = await readFile(pidFile, 'utf8');
  await first.kill('SIGTERM');
  // Of the same user, or PostgreSQL would see by itself that it cannot be one of its own.
  const { server } = await chooseAccount(path.join(data.path, 'postgres'));
  const innocent = spawn('sleep', ['1000'], { ...server, stdio: 'ignore' });
  await writeFile(pidFile, recorded.replace(/^\d+/, String(innocent.pid)));
  await using second = runEmbedded(data.path);
  expect(await notes(await untilReady(second))).toEqual(['kept']);
  expect(innocent.exitCode ?? innocent.signalCode).toBeNull();
  innocent.kill('SIGKILL');
});

test('a second server on the same DATA_DIR is refused with the folder and the process, and harms nothing', async () => {
  await using data = await folderWithDatabase();
  await using first = runEmbedded(data.path);
  const ready = await untilReady(first);
  expect(await refusalOf(runEmbedded(data.path))).toBe(
    `DatabaseStartError: ${data.path} is in use by another Housecall server (process ${first.process.pid}). Stop that one, or give this one a DATA_DIR of its own.`,
  );
  // By another path it is the same folder.
  await using link = await temporaryFolder();
  const other = path.join(link.path, 'link');
  await symlink(data.path, other);
  expect(await refusalOf(runEmbedded(other))).toContain(`(process ${first.process.pid})`);
  await addNote(ready, 'still works');
  expect(await notes(ready)).toEqual(['still works']);
});

test('two servers that start at the same moment on a new DATA_DIR: one gets it', async () => {
  await using data = await temporaryFolder();
  await using one = runEmbedded(data.path);
  await using two = runEmbedded(data.path);
  const events = (await Promise.all([one.answer, two.answer])).map((answer) => answer.event);
  expect(events.toSorted()).toEqual(['ready', 'refused']);
});

test('a first start that is killed while it makes the database leaves nothing that the next one stumbles over', async () => {
  await using data = await temporaryFolder();
  await using first = runEmbedded(data.path);
  const unfinished = async () =>
    (await readdir(data.path)).find((name) => name.startsWith('postgres.new-') && !name.endsWith('.password'));
  await until('initdb is at work', async () => {
    const folder = await unfinished();
    return folder && (await stat(path.join(data.path, folder, 'PG_VERSION')).catch(() => undefined));
  });
  await first.kill('SIGKILL');
  expect(await readdir(data.path)).not.toContain('postgres');
  await using second = runEmbedded(data.path);
  await addNote(await untilReady(second), 'works');
  expect(await unfinished()).toBeUndefined();
});

test('a PostgreSQL that dies under a running server is started again at the same address', async () => {
  await using data = await folderWithDatabase();
  await using run = runEmbedded(data.path);
  const ready = await untilReady(run);
  await addNote(ready, 'kept');
  const before = await recordedPid(data.path);
  process.kill(before, 'SIGKILL');
  const found = await until('it answers again', () => notes(ready).catch(() => undefined), 20_000);
  expect(found).toEqual(['kept']);
  expect(await recordedPid(data.path)).not.toBe(before);
  expect(run.output()).toContain('PostgreSQL ended by itself');
});

test('a stop during the pause before it is started again leaves nothing running', async () => {
  await using data = await folderWithDatabase();
  await using run = runEmbedded(data.path);
  await untilReady(run);
  // A start cannot succeed while the settings cannot be read.
  await writeFile(path.join(data.path, 'postgres/postgresql.conf'), 'nonsense');
  process.kill(await recordedPid(data.path), 'SIGKILL');
  await until('it has tried and failed', () => run.output().includes('cannot be started again'));
  await run.kill('SIGTERM');
  expect(run.output()).toContain('{"event":"stopped"}');
  expect(await processesOf(data.path)).toEqual([]);
});

test.each<[string, (cluster: string) => Promise<void>, RegExp]>([
  [
    'somebody else’s files',
    async (cluster) => writeFile(path.join(cluster, 'holiday.jpg'), ''),
    /postgres holds files that are not a PostgreSQL database/,
  ],
  [
    'a database of another version',
    async (cluster) => writeFile(path.join(cluster, 'PG_VERSION'), '17\n'),
    /was made by PostgreSQL 17 and this is 18/,
  ],
])('%s in the place of the database: refused, and left as they are', async (_, prepare, line) => {
  await using data = await temporaryFolder();
  const cluster = path.join(data.path, 'postgres');
  await mkdir(cluster);
  await prepare(cluster);
  const before = await readdir(cluster);
  expect(await refusalOf(runEmbedded(data.path))).toMatch(line);
  expect(await readdir(cluster)).toEqual(before);
});

test('what it cannot work with is told in one line', async () => {
  await using data = await temporaryFolder();
  const file = path.join(data.path, 'file');
  await writeFile(file, '');
  expect(await refusalOf(runEmbedded(file))).toBe(`DatabaseStartError: ${file} cannot be used: it is not a folder.`);
  expect(await refusalOf(runEmbedded(path.join(file, 'data')))).toBe(
    `DatabaseStartError: ${file}/data cannot be used: it lies below a file.`,
  );
});

test('a disk that cannot take the database is told in one line, and what was begun is taken away', async () => {
  await using data = await temporaryFolder();
  // A limit on the size of files stands for the full disk: it stops initdb at the same place, and needs no root.
  await using run = runEmbedded(data.path, { through: ['prlimit', '--fsize=1000000'] });
  expect(await refusalOf(run)).toMatch(
    /a database could not be made there\. FATAL: could not write to file ".*": File too large\.$/,
  );
  expect(await readdir(data.path)).toEqual(['server.lock', 'server.pid']);
});

test('a database whose passwords are lost says which file to restore', async () => {
  await using data = await folderWithDatabase();
  await using first = runEmbedded(data.path);
  await untilReady(first);
  await first.kill('SIGTERM');
  const file = path.join(data.path, 'postgres/housecall-passwords.json');
  await unlink(file);
  expect(await refusalOf(runEmbedded(data.path))).toBe(
    `DatabaseStartError: ${file} is missing. Restore it from the backup of DATA_DIR.`,
  );
});
