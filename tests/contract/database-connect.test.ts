/** Opening a database that somebody else runs. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DatabaseStartError, type OpenDatabase, openDatabase } from '../../src/platform/db/connect.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { asSuperuser, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { query, type Run, runEmbedded, temporaryFolder } from '../support/embedded-run.ts';
import { createTenant } from '../support/tenant.ts';

const logger = createLogger('silent');
const open = (url: string, ownerUrl?: string) => openDatabase({ url, ownerUrl }, '/nowhere', logger);

/** The line of the refusal. A database that opens is closed again and is no refusal. */
async function refusal(url: string, ownerUrl?: string): Promise<string> {
  let opened: OpenDatabase;
  try {
    opened = await open(url, ownerUrl);
  } catch (error) {
    if (error instanceof DatabaseStartError) return error.message;
    throw error;
  }
  await opened.close();
  return 'It opened.';
}

/** A role of the test's own on the shared server, dropped with what it was granted. */
async function createRole(
  flags: string,
  ...granted: string[]
): Promise<AsyncDisposable & { name: string; password: string }> {
  const [name, password] = [`role_${randomUUID().slice(0, 8)}`, randomBytes(12).toString('base64url')];
  await asSuperuser('postgres', async (client) => {
    await client.query(`create role ${name} login ${flags} password '${password}'`);
    for (const other of granted) await client.query(`grant ${other} to ${name}`);
  });
  return {
    name,
    password,
    [Symbol.asyncDispose]: async () =>
      void (await asSuperuser('postgres', (client) => client.query(`drop role ${name}`))),
  };
}

function withUser(url: string, { name, password }: { name: string; password: string }): string {
  const address = new URL(url);
  [address.username, address.password] = [name, password];
  return address.href;
}

describe('with an address for the owner and one for the server', () => {
  test('an empty database is migrated and served, and opens again', async () => {
    await using database = await createTestDatabase({ migrated: false });
    for (const expected of [1, 2]) {
      const opened = await open(database.appUrl, database.ownerUrl);
      await opened.ready();
      expect(opened.embedded).toBe(false);
      await createTenant(opened.database);
      await opened.close();
      await opened.close();
      expect(await database.sql('select id from tenant')).toHaveLength(expected);
    }
  });

  test('the server may be any user to whom housecall_app is granted', async () => {
    await using database = await createTestDatabase();
    await using role = await createRole('', 'housecall_app');
    const opened = await open(withUser(database.appUrl, role), database.ownerUrl);
    const tenant = await createTenant(opened.database);
    expect(await tenant.db.run((tx) => tx.user.count())).toBe(7);
    expect(await opened.database.prisma.user.count()).toBe(0);
    await opened.close();
  });
});

describe('with one address', () => {
  test('it migrates as that user and serves as housecall_app', async () => {
    await using database = await createTestDatabase({ migrated: false });
    const opened = await open(database.ownerUrl);
    const tenant = await createTenant(opened.database);
    expect(await opened.database.prisma.$queryRaw`select current_user::text as user`).toEqual([
      { user: 'housecall_app' },
    ]);
    expect(await opened.database.prisma.user.count()).toBe(0);
    expect(await tenant.db.run((tx) => tx.user.count())).toBe(7);
    await opened.close();
  });

  test('it keeps the options that the address already has', async () => {
    await using database = await createTestDatabase();
    const opened = await open(`${database.ownerUrl}?options=-c%20statement_timeout%3D4s`);
    const [row] = await opened.database.prisma.$queryRaw<
      object[]
    >`select current_user::text as user, current_setting('statement_timeout') as limit`;
    expect(row).toEqual({ user: 'housecall_app', limit: '4s' });
    await opened.close();
  });
});

describe('refuses to serve as', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test('a superuser', async () => {
    expect(await refusal(database.superUrl, database.ownerUrl)).toMatch(
      /^The database user postgres must not serve: it is a superuser/,
    );
  });

  test('the owner of the tables', async () => {
    expect(await refusal(database.ownerUrl, database.ownerUrl)).toMatch(
      /^The database user housecall_owner must not serve: it owns tables/,
    );
  });

  test.each<[string, string[], RegExp]>([
    ['', [], /housecall_app is not granted to it/],
    ['bypassrls', ['housecall_app'], /it may bypass row-level security/],
    ['', ['housecall_app', 'housecall_owner'], /it owns tables, or may act for their owner/],
    ['', ['housecall_app', 'housecall_system'], /it may act as housecall_system/],
    ['', ['housecall_app', 'postgres'], /it is a superuser, or may become one/],
    ['noinherit', ['housecall_app', 'postgres'], /it is a superuser, or may become one/],
  ])('a user %s with %j', async (flags, granted, line) => {
    await using role = await createRole(flags, ...granted);
    expect(await refusal(withUser(database.appUrl, role), database.ownerUrl)).toMatch(line);
  });
});

describe('on a server where the roles are still missing', () => {
  let data: Awaited<ReturnType<typeof temporaryFolder>>;
  let run: Run;
  let superUrl: string;
  beforeAll(async () => {
    data = await temporaryFolder();
    run = runEmbedded(data.path);
    const answer = await run.answer;
    if (answer.event !== 'ready') throw new Error(answer.message);
    superUrl = answer.ownerUrl;
    await query(superUrl, 'drop role housecall_app');
  });
  afterAll(async () => {
    await run[Symbol.asyncDispose]();
    await data[Symbol.asyncDispose]();
  });

  /** A database whose owner has these rights and no more. */
  async function createDatabaseFor(owner: string, rights: string): Promise<string> {
    await query(superUrl, `create role ${owner} login ${rights} password 'password'`);
    await query(superUrl, `create database ${owner} owner ${owner}`);
    const url = new URL(withUser(superUrl, { name: owner, password: 'password' }));
    url.pathname = `/${owner}`;
    return url.href;
  }

  test('an owner who may not create any is told what an administrator must run, and that is enough', async () => {
    const url = await createDatabaseFor('plain_owner', '');
    const statements = /An administrator must run once: (.*)$/.exec(await refusal(url))?.[1];
    expect(statements).toBe(
      'create role housecall_app nologin; grant housecall_app to "plain_owner"; create role housecall_system nologin; grant housecall_system to "plain_owner";',
    );
    await query(superUrl, statements ?? '');
    expect(await refusal(url)).toBe('It opened.');
    await query(superUrl, 'drop database plain_owner');
    await query(superUrl, 'drop role housecall_app, housecall_system');
  });

  test('an owner who may create roles needs nobody', async () => {
    expect(await refusal(await createDatabaseFor('creating_owner', 'createrole'))).toBe('It opened.');
  });
});

describe('says in one line', () => {
  test('what an administrator must do when the owner may not set the roles up, and that is enough', async () => {
    await using database = await createTestDatabase({ migrated: false });
    await using role = await createRole('');
    await database.sql(`alter database "${new URL(database.appUrl).pathname.slice(1)}" owner to ${role.name}`);
    const url = withUser(database.ownerUrl, role);
    const line = await refusal(url);
    const statements = /An administrator must run once: (.*)$/.exec(line)?.[1];
    expect(statements).toBe(`grant housecall_app to "${role.name}"; grant housecall_system to "${role.name}";`);
    await asSuperuser('postgres', (client) => client.query(statements ?? ''));
    expect(await refusal(url)).toBe('It opened.');
    await database.sql(`reassign owned by ${role.name} to postgres`);
  });

  test('what is missing to serve with one address, when another made the database', async () => {
    await using database = await createTestDatabase({ migrated: false });
    await using role = await createRole('', 'housecall_system');
    await database.sql(`alter database "${new URL(database.appUrl).pathname.slice(1)}" owner to ${role.name}`);
    const url = withUser(database.ownerUrl, role);
    // With an address for each, as docs/OPERATIONS.md has it, the owner need not be able to serve.
    expect(await refusal(database.appUrl, url)).toBe('It opened.');
    expect(await refusal(url)).toMatch(new RegExp(`must run once: grant housecall_app to "${role.name}";$`));
    await database.sql(`reassign owned by ${role.name} to postgres`);
  });

  test('that the server’s user alone cannot tell whether the schema is right', async () => {
    await using database = await createTestDatabase();
    expect(await refusal(database.appUrl)).toMatch(/Set DATABASE_OWNER_URL/);
  });

  test('why it cannot get in, and never with the password', async () => {
    await using database = await createTestDatabase();
    const wrong = new URL(database.appUrl);
    wrong.password = 'not-the-password';
    expect(await refusal(wrong.href, database.ownerUrl)).toBe(
      'The database cannot be used: it does not accept the password.',
    );
    const missing = new URL(database.ownerUrl);
    missing.pathname = '/there_is_none';
    expect(await refusal(missing.href)).toBe('The database cannot be used: there is no database of that name.');
    const silent = new URL(database.ownerUrl);
    // Port 1 (tcpmux) is never ours.
    silent.port = '1';
    expect(await refusal(silent.href)).toBe('The database cannot be used: nothing answers at its address.');
  });
});
