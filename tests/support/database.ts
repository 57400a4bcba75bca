/** Real databases for tests: each is a copy of one migrated template on the run's own PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { Client, Pool, type QueryResultRow } from 'pg';
import { createPrisma, type PrismaClient } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase, type Database, type TenantDb } from '../../src/platform/db/scope.ts';

/** What global-setup.ts started; handed to Jest's workers through the environment. */
export interface TestServer {
  port: number;
  /** Of the three test roles, by role. */
  passwords: { postgres: string; housecall_owner: string; housecall_app: string };
}

export const testServerVariable = 'HOUSECALL_TEST_POSTGRES';
export const templateName = 'housecall_template';

export interface TestDatabase extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  /** As the serving role, which row-level security binds: DATABASE_URL. */
  appUrl: string;
  /** As the owner of the tables, who may migrate and is no superuser: DATABASE_OWNER_URL. */
  ownerUrl: string;
  /** As a superuser, whom nothing binds. */
  superUrl: string;
  prisma: PrismaClient;
  database: Database;
  db(tenantId: string): TenantDb;
  /** Runs SQL as the superuser, to prepare and to look behind the scenes. */
  sql<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
}

/** A database of the caller's own with the present schema and no rows. Close it with `await using`. */
export async function createTestDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = options.migrated === false ? 'template0' : templateName;
  await asSuperuser('postgres', (client) =>
    client.query(`create database "${name}" owner housecall_owner template ${template} strategy file_copy`),
  );
  const appUrl = testUrl('housecall_app', name);
  const prisma = createPrisma(appUrl, { poolSize: 5 });
  const quick = createPool(appUrl, { poolSize: 5 });
  const database = createDatabase({ prisma, pool: quick });
  const pool = new Pool({ connectionString: testUrl('postgres', name), max: 2 });
  // `drop … with (force)` below may meet a connection that is just closing.
  pool.on('error', () => undefined);
  return {
    appUrl,
    ownerUrl: testUrl('housecall_owner', name),
    superUrl: testUrl('postgres', name),
    prisma,
    database,
    db: database.tenant,
    sql: async (text, values) => (await pool.query(text, values)).rows,
    async [Symbol.asyncDispose]() {
      await Promise.all([prisma.$disconnect(), quick.end(), pool.end()]);
      await asSuperuser('postgres', (client) => client.query(`drop database "${name}" with (force)`));
    },
  };
}

export function testUrl(role: keyof TestServer['passwords'], database: string): string {
  const setting = process.env[testServerVariable];
  if (!setting) {
    throw new Error(
      'No test database server: only the Jest project "server" (tests/api, signaling, contract, e2e) has one.',
    );
  }
  const server = JSON.parse(setting) as TestServer;
  return `postgresql://${role}:${server.passwords[role]}@127.0.0.1:${server.port}/${database}`;
}

export async function asSuperuser<T>(database: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: testUrl('postgres', database) });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
