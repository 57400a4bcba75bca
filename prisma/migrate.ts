/**
 * Applies the migrations through Prisma's own schema engine compiled to WebAssembly, so that no engine binary has to be
 * downloaded and `prisma migrate deploy` of the real CLI agrees with our `_prisma_migrations`.
 * Every migration file is one implicit transaction: it is applied whole or not at all.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import {
  type DiagnoseMigrationHistoryOutput,
  type DiffTarget,
  type MigrationList,
  SchemaEngine,
} from '@prisma/schema-engine-wasm';
import { Client } from 'pg';
import { MigrationPg } from './migration-adapter.ts';

export const migrationsDir = path.join(import.meta.dirname, 'migrations');
const schemaDir = path.join(import.meta.dirname, 'schema');
const filters = { externalTables: [], externalEnums: [] };
/** Ours alone: held while migrating, so that servers starting together wait for each other instead of failing. */
const migrationLock = 6_840_301_126n;

/**
 * `prisma migrate deploy`: applies what is missing and answers its names. Starts at the same time wait for each other.
 * A migration that an earlier run could not finish left nothing behind and is tried again. Leaves the engine's ten-second
 * lock timer running: call it from a process that ends by itself (src/platform/db/migrations.ts does).
 */
export async function deploy(url: string): Promise<string[]> {
  const lock = new Client({ connectionString: url, application_name: 'housecall-migrate' });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [migrationLock]);
    return await withEngine(url, async (engine) => {
      const migrationsList = await readMigrations();
      const history = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters });
      for (const migrationName of history.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
      const applied = await engine.applyMigrations({ migrationsList, filters });
      return applied.appliedMigrationNames;
    });
  } finally {
    await lock.end();
  }
}

/** `prisma migrate status`. */
export function status(url: string): Promise<DiagnoseMigrationHistoryOutput> {
  return withEngine(url, async (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: await readMigrations(),
      optInToShadowDatabase: false,
      filters,
    }),
  );
}

/**
 * The SQL that leads to prisma/schema from nothing or from the migrations; empty when they agree. It sees tables, columns,
 * indexes and keys, not policies, functions or checks. From the migrations it needs the right to create a database.
 */
export function diff(url: string, from: 'empty' | 'migrations'): Promise<string> {
  return withEngine(url, async (engine) => {
    const source: DiffTarget = from === 'empty' ? { tag: 'empty' } : { tag: 'migrations', ...(await readMigrations()) };
    const to: DiffTarget = { tag: 'schemaDatamodel', files: await readSchema() };
    const { stdout } = await engine.diff({ from: source, to, script: true, exitCode: null, filters });
    return stdout ?? '';
  });
}

async function withEngine<T>(url: string, run: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const factory = new MigrationPg(url);
  const datamodels = (await readSchema()).map(({ path, content }): [string, string] => [path, content]);
  const engine = await SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
  try {
    return await run(engine);
  } catch (error) {
    const name = /migration_name="([^"]+)"/.exec(String(error))?.[1];
    throw factory.refusal ? new Error(`${name ?? 'A script'}: ${factory.refusal}`, { cause: error }) : error;
  } finally {
    engine.free();
    await factory.close();
  }
}

async function readSchema(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(schemaDir)).filter((name) => name.endsWith('.prisma')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(schemaDir, name);
      return { path: file, content: await readFile(file, 'utf8') };
    }),
  );
}

async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(migrationsDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(migrationsDir, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}

const usage = `Use: npm run migrate -- deploy | status | diff [empty | migrations]
Set DATABASE_OWNER_URL (or DATABASE_URL) to the database; the embedded one is migrated by the server at its start.`;

/** `-` as the last word: the address comes by standard input, where no other process can see it. */
async function main(words: readonly string[]): Promise<string> {
  const [command, from] = words;
  const url =
    words.at(-1) === '-' ? await text(process.stdin) : (process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL);
  if (!url) throw new Error(usage);
  if (command === 'deploy') return JSON.stringify(await deploy(url));
  if (command === 'status') return JSON.stringify(await status(url), null, 2);
  if (command === 'diff') return diff(url, from === 'empty' ? 'empty' : 'migrations');
  throw new Error(usage);
}

if (import.meta.main) {
  // The exit is explicit because of the engine's timer.
  try {
    console.log(await main(process.argv.slice(2)));
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
