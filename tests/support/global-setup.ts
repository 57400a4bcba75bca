/** Starts the run's one PostgreSQL, in memory where there is room, and makes the migrated template that tests copy. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../../src/platform/db/embedded/index.ts';
import { migrate } from '../../src/platform/db/migrations.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { asSuperuser, type TestServer, templateName, testServerVariable, testUrl } from './database.ts';

/** Nothing of a test database has to survive a crash. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
const prefix = 'housecall-test-';

export default async function globalSetup(): Promise<void> {
  const place = await roomyFolder();
  await removeAbandoned(place);
  const dataDir = await mkdtemp(path.join(place, `${prefix}${process.pid}-`));
  const logger = createLogger('error');
  const server = await startEmbedded({ dataDir, logger, settings });
  Object.assign(globalThis, {
    stopTestPostgres: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  });
  const [owner, app] = [new URL(server.ownerUrl), new URL(server.appUrl)];
  const setting: TestServer = {
    port: Number(owner.port),
    passwords: {
      postgres: owner.password,
      housecall_app: app.password,
      housecall_owner: randomBytes(18).toString('base64url'),
    },
  };
  process.env[testServerVariable] = JSON.stringify(setting);
  await asSuperuser('postgres', async (client) => {
    // The owner is an ordinary role, as with a database that somebody else runs.
    await client.query(`create role housecall_owner login createdb password '${setting.passwords.housecall_owner}'`);
    await client.query('create role housecall_system nologin');
    await client.query('grant housecall_app, housecall_system to housecall_owner');
    await client.query(`create database ${templateName} owner housecall_owner`);
  });
  await migrate(testUrl('housecall_owner', templateName), logger);
  await asSuperuser('postgres', (client) =>
    client.query(`alter database ${templateName} with is_template true allow_connections false`),
  );
}

async function roomyFolder(): Promise<string> {
  const space = await statfs('/dev/shm').catch(() => undefined);
  return space && space.bavail * space.bsize > 512 * 2 ** 20 ? '/dev/shm' : tmpdir();
}

/** What a killed run left: its name holds the process, which is no more. */
async function removeAbandoned(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(path.join(place, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
