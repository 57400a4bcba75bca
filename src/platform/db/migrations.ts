/** Brings a database to the schema of this version before anybody is served. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { Logger } from '../logger.ts';
import { databaseFault } from './faults.ts';
import { DatabaseStartError } from './start-error.ts';

const prismaDir = path.resolve(import.meta.dirname, '../../../prisma');

/**
 * Applies what is missing as the owner of the tables. `servesToo`: the same login will also serve, as housecall_app.
 * Throws DatabaseStartError when that cannot be done.
 */
export async function migrate(ownerUrl: string, logger: Logger, { servesToo = false } = {}): Promise<void> {
  const missing = await withClient(ownerUrl, async (client) => {
    const names = await missingMigrations(client);
    const becomes = [...(servesToo ? ['housecall_app'] : []), ...(names.length > 0 ? ['housecall_system'] : [])];
    if (becomes.length > 0) await requireRoles(client, becomes);
    return names;
  });
  if (missing.length === 0) return;
  const applied = await runMigrator(ownerUrl);
  if (applied.length > 0) logger.info({ applied }, 'the database was migrated');
}

export async function withClient<T>(url: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'housecall-start',
    connectionTimeoutMillis: 10_000,
  });
  // Without a listener a connection lost while idle would end the process; the next query reports it anyway.
  client.on('error', () => {});
  try {
    await client.connect();
    return await run(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Those of ours that are not applied as they stand here. Spares the engine, and a second, when there are none. */
async function missingMigrations(client: Client): Promise<string[]> {
  const wanted = await ourMigrations();
  let applied: Map<string, string>;
  try {
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      'select migration_name, checksum from public._prisma_migrations where finished_at is not null and rolled_back_at is null',
    );
    applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  } catch (error) {
    const state = databaseFault(error)?.sqlState;
    if (state === '42501') {
      throw new DatabaseStartError(
        'The database user may not read _prisma_migrations. Set DATABASE_OWNER_URL to the user that owns the tables.',
        { cause: error },
      );
    }
    if (state !== '42P01') throw error;
    applied = new Map();
  }
  return wanted.filter(({ name, checksum }) => applied.get(name) !== checksum).map(({ name }) => name);
}

async function ourMigrations(): Promise<{ name: string; checksum: string }[]> {
  const dir = path.join(prismaDir, 'migrations');
  const entries = await readdir(dir, { withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const sql = await readFile(path.join(dir, name, 'migration.sql'));
        return { name, checksum: createHash('sha256').update(sql).digest('hex') };
      }),
  );
}

/**
 * Says before anything is begun what an administrator must do, where the login may not make the two roles itself or may
 * not become those that it `becomes`.
 */
async function requireRoles(client: Client, becomes: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string; owner: string; exists: boolean; able: boolean }>(
    `select wanted.name, current_user as owner, r.oid is not null as exists,
       case
         when me.rolsuper then true
         when r.oid is null then me.rolcreaterole
         when wanted.name <> all ($1) then true
         else pg_has_role(current_user, r.oid, case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end)
       end as able
     from unnest(array['housecall_app', 'housecall_system']) as wanted (name)
     join pg_roles me on me.rolname = current_user
     left join pg_roles r on r.rolname = wanted.name`,
    [becomes],
  );
  const unable = rows.filter((row) => !row.able);
  const owner = rows[0]?.owner;
  if (unable.length === 0 || owner === undefined) return;
  const statements = unable.flatMap(({ name, exists }) => [
    ...(exists ? [] : [`create role ${name} nologin;`]),
    ...(becomes.includes(name) ? [`grant ${name} to ${client.escapeIdentifier(owner)};`] : []),
  ]);
  throw new DatabaseStartError(
    `The database user ${owner} lacks roles that Housecall needs. An administrator must run once: ${statements.join(' ')}`,
  );
}

/** In a process of its own: the engine leaves a timer of ten seconds behind, which would hold ours. */
function runMigrator(ownerUrl: string): Promise<string[]> {
  const args = ['--disable-warning=ExperimentalWarning', path.join(prismaDir, 'migrate.ts'), 'deploy', '-'];
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, args, (error, stdout, stderr) => {
      if (!error) return resolve(JSON.parse(stdout) as string[]);
      const reason = stderr.trim().replaceAll(/\s*\n\s*/g, ' ') || error.message;
      reject(new DatabaseStartError(`The database could not be migrated. ${reason}`, { cause: error }));
    });
    // One that ends before it reads says why by its exit, not by the broken pipe.
    child.stdin?.on('error', () => {});
    child.stdin?.end(ownerUrl);
  });
}
