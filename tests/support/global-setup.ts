/** Starts the run's one PostgreSQL, in memory where there is room, and makes the migrated template that tests copy. */
import { randomBytes } from 'node:crypto';
import { rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { startEmbedded } from '../../src/platform/db/embedded/index.ts';
import { migrate } from '../../src/platform/db/migrations.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { asSuperuser, type TestServer, templateName, testServerVariable, testUrl } from './database.ts';
import { makeOwnFolder } from './own-folder.ts';

/** Nothing of a test database has to survive a crash. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

export default async function globalSetup(): Promise<void> {
  const dataDir = await makeOwnFolder(await roomyFolder(), 'housecall-test-');
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
