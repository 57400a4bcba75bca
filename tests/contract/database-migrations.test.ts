/** Migrations, run as the server runs them: in a process of their own, as an owner who is no superuser. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { Client } from 'pg';
import { createTestDatabase } from '../support/database.ts';
import { compileCache } from '../support/process.ts';
import { until } from '../support/until.ts';

const script = path.resolve(import.meta.dirname, '../../prisma/migrate.ts');
const migrationsDir = path.resolve(import.meta.dirname, '../../prisma/migrations');
const names = readdirSync(migrationsDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();
const textOf = (name: string) => readFileSync(path.join(migrationsDir, name, 'migration.sql'), 'utf8');

const start = (...args: string[]) => ['--disable-warning=ExperimentalWarning', script, ...args];
const as = (url: string) => ({
  env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache, DATABASE_OWNER_URL: url },
});

async function migrate(url: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, start(...args), as(url));
  return stdout;
}

test('the migrations lead to the schema exactly', async () => {
  await using database = await createTestDatabase();
  // The other way round first: from nothing there is much to do, so the tool does see differences.
  expect(await migrate(database.ownerUrl, 'diff', 'empty')).toContain('CREATE TABLE "meeting"');
  expect((await migrate(database.ownerUrl, 'diff', 'migrations')).trim()).toBe('-- This is an empty migration.');
  const left = await database.sql(`select datname from pg_database where datname like 'prisma_shadow%'`);
  expect(left).toEqual([]);
});

test('an empty database gets all of them, once, and says so as Prisma does', async () => {
  await using database = await createTestDatabase({ migrated: false });
  expect(JSON.parse(await migrate(database.ownerUrl, 'status'))).toMatchObject({ hasMigrationsTable: false });
  expect(JSON.parse(await migrate(database.ownerUrl, 'deploy'))).toEqual(names);
  expect(JSON.parse(await migrate(database.ownerUrl, 'deploy'))).toEqual([]);
  expect(JSON.parse(await migrate(database.ownerUrl, 'status'))).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
  // What `prisma migrate deploy` looks at: the names, SHA-256 of the files, and that each is finished and not rolled back.
  const rows = await database.sql(
    `select migration_name as name, checksum, finished_at is not null as finished, rolled_back_at, logs, applied_steps_count as steps
     from _prisma_migrations order by migration_name`,
  );
  expect(rows).toEqual(
    names.map((name) => ({
      name,
      checksum: createHash('sha256').update(textOf(name)).digest('hex'),
      finished: true,
      rolled_back_at: null,
      logs: null,
      steps: 1,
    })),
  );
});

test('servers that start together on an empty database wait for each other', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database.ownerUrl, 'deploy')));
  expect(applied.map((answer) => JSON.parse(answer) as string[]).flat()).toEqual(names);
});

test('a migration that was killed half-way left nothing and is done again', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const obstacle = new Client({ connectionString: database.superUrl });
  await obstacle.connect();
  // A function of the same name, not yet committed: the migration waits for it.
  await obstacle.query(`begin; create function app_tenant() returns uuid language sql as 'select null::uuid'`);
  const victim = spawn(process.execPath, start('deploy'), { ...as(database.ownerUrl), stdio: 'ignore' });
  const gone = once(victim, 'exit');
  await until('the migration comes to the obstacle', async () => {
    const waiting = await database.sql(
      `select from pg_stat_activity where datname = current_database() and application_name = 'housecall-migrate' and wait_event_type = 'Lock'`,
    );
    return waiting.length > 0;
  });
  victim.kill('SIGKILL');
  await gone;
  // The database would go on alone with what it was sent: it is cut off as well.
  await database.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'housecall-migrate'`,
  );
  await obstacle.query('rollback');
  await obstacle.end();
  await until('the killed migration’s connection is gone', async () => {
    const rest = await database.sql(
      `select from pg_stat_activity where datname = current_database() and application_name = 'housecall-migrate'`,
    );
    return rest.length === 0;
  });
  expect(JSON.parse(await migrate(database.ownerUrl, 'status'))).toMatchObject({
    failedMigrationNames: ['20261121000100_row_level_security'],
  });
  expect(JSON.parse(await migrate(database.ownerUrl, 'deploy'))).toEqual(names.slice(1));
  expect(JSON.parse(await migrate(database.ownerUrl, 'status'))).toMatchObject({
    failedMigrationNames: [],
    history: null,
  });
});

test.each(names)('%s is one transaction, so that it is applied whole or not at all', (name) => {
  const statements = textOf(name).replaceAll(/--.*$|\$\$.*?\$\$/gms, '');
  expect(statements).not.toMatch(/\b(concurrently|begin|commit|rollback|start transaction|vacuum)\b/i);
});

test('a migration that fails says which and why in one line', async () => {
  await using database = await createTestDatabase({ migrated: false });
  await database.sql(`create function app_tenant() returns int language sql as 'select 1'`);
  const failure: unknown = await migrate(database.ownerUrl, 'deploy').catch((error: unknown) => error);
  const { stderr } = failure as { stderr: string };
  expect(stderr).toBe(
    '20261121000100_row_level_security: function "app_tenant" already exists with same argument types\n',
  );
});
