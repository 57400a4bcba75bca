/** What one tenant can do to another, tried on every table there is, as the role that serves. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { databaseFault } from '../../src/platform/db/faults.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFullTenant, type FullTenant } from '../support/every-row.ts';

const forbidden = '42501';
const foreignKey = '23503';

let database: TestDatabase;
let a: FullTenant;
let b: FullTenant;
let app: Client;
/** The tenant tables, each with the column that names the tenant and with its columns. */
let tables: { name: string; tenant: string; columns: string[] }[];

beforeAll(async () => {
  database = await createTestDatabase();
  [a, b] = [await createFullTenant(database), await createFullTenant(database)];
  app = new Client({ connectionString: database.appUrl });
  await app.connect();
  tables = await database.sql(
    `select c.relname as name, case c.relname when 'tenant' then 'id' else 'tenant_id' end as tenant,
       array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ('node', '_prisma_migrations')
     group by c.relname`,
  );
});
afterAll(async () => {
  await app.end();
  await database[Symbol.asyncDispose]();
});

/** Runs statements as the server with a tenant set, and undoes them. Answers the last result, or the SQLSTATE. */
async function as(
  tenantId: string | null,
  ...statements: [string, unknown[]?][]
): Promise<{ count: number | null; rows: unknown[] } | string> {
  await app.query('begin');
  try {
    if (tenantId !== null) await app.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
    let last: { count: number | null; rows: unknown[] } = { count: null, rows: [] };
    for (const [text, values] of statements) {
      const result = await app.query(text, values ?? []);
      last = { count: result.rowCount, rows: result.rows };
    }
    return last;
  } catch (error) {
    return databaseFault(error)?.sqlState ?? String(error);
  } finally {
    await app.query('rollback');
  }
}

test('every tenant table holds rows of both tenants, so that the next tests have something to find', async () => {
  expect(tables.length).toBeGreaterThanOrEqual(9);
  for (const { name, tenant } of tables) {
    const [row] = await database.sql<{ n: string }>(`select count(distinct ${tenant}) as n from ${name}`);
    expect({ name, tenants: Number(row?.n) }).toEqual({ name, tenants: 2 });
  }
});

test('without a tenant no table shows a row, and an empty tenant is none', async () => {
  for (const { name } of tables) {
    expect(await as(null, [`select * from ${name}`])).toEqual({ count: 0, rows: [] });
    expect(await as('', [`select * from ${name}`])).toEqual({ count: 0, rows: [] });
  }
});

test('a tenant sees its own rows and no other’s, in every table', async () => {
  for (const { name, tenant } of tables) {
    const seen = await as(a.id, [`select distinct ${tenant} as owner from ${name}`]);
    expect({ name, seen }).toEqual({ name, seen: { count: 1, rows: [{ owner: a.id }] } });
  }
});

test('a tenant cannot change, delete, lock or take over another’s row', async () => {
  for (const { name, tenant } of tables) {
    const changed = await as(a.id, [`update ${name} set ${tenant} = ${tenant} where ${tenant} = $1`, [b.id]]);
    expect([{ count: 0, rows: [] }, forbidden]).toContainEqual(changed);
    const taken = await as(a.id, [`update ${name} set ${tenant} = $1 where ${tenant} = $2`, [a.id, b.id]]);
    expect([{ count: 0, rows: [] }, forbidden]).toContainEqual(taken);
    const deleted = await as(a.id, [`delete from ${name} where ${tenant} = $1`, [b.id]]);
    expect([{ count: 0, rows: [] }, forbidden]).toContainEqual(deleted);
  }
  expect(await as(a.id, ['select id from meeting where id = $1 for update', [b.meetingId]])).toEqual({
    count: 0,
    rows: [],
  });
  expect(await as(b.id, ['select id from meeting where id = $1 for update', [b.meetingId]])).toMatchObject({
    count: 1,
  });
});

test('a tenant cannot give its own row away', async () => {
  for (const { name, tenant } of tables) {
    const given = await as(a.id, [`update ${name} set ${tenant} = $1`, [newId()]]);
    expect({ name, given }).toEqual({ name, given: forbidden });
  }
});

test('a tenant cannot add a row for another, and a transaction without a tenant adds none', async () => {
  for (const { name, tenant, columns } of tables) {
    const copy = columns.map((column) => (column === tenant ? '$1::uuid' : `(row).${column}`)).join(', ');
    const [row] = await database.sql<{ row: string }>(
      `select t::text as row from ${name} t where ${tenant} = $1 limit 1`,
      [a.id],
    );
    const insert = `insert into ${name} select ${copy} from (select $2::${name} as row) as sample`;
    expect({ name, added: await as(a.id, [insert, [b.id, row?.row]]) }).toEqual({ name, added: forbidden });
    expect({ name, added: await as(null, [insert, [a.id, row?.row]]) }).toEqual({ name, added: forbidden });
  }
});

test('a tenant cannot refer to another’s row: row-level security does not guard that, the keys do', async () => {
  const meeting = `insert into meeting (id, tenant_id, doctor_id, patient_id, scheduled_at, snapshot) values ($1, $2, $3, $4, now(), '{}')`;
  const flush: [string] = ['set constraints all immediate'];
  expect(await as(a.id, [meeting, [newId(), a.id, a.doctorId, a.patientId]], flush)).toMatchObject({ rows: [] });
  expect(await as(a.id, [meeting, [newId(), a.id, b.doctorId, a.patientId]], flush)).toBe(foreignKey);
  expect(await as(a.id, [meeting, [newId(), a.id, a.doctorId, b.patientId]], flush)).toBe(foreignKey);
  const entry = `insert into meeting_event (id, tenant_id, meeting_id, type, actor_role, at, detail) values ($1, $2, $3, 'join', 'doctor', now(), '{}')`;
  expect(await as(a.id, [entry, [newId(), a.id, b.meetingId]])).toBe(foreignKey);
  expect(await as(a.id, ['update app_user set patient_id = $1 where id = $2', [b.patientId, a.users.patient.id]])).toBe(
    foreignKey,
  );
});

test('the server cannot lift what binds it', async () => {
  const everything: [string] = ['select * from meeting'];
  expect(await as(a.id, ['set local row_security = off'], everything)).toBe(forbidden);
  for (const role of ['postgres', 'housecall_owner', 'housecall_system']) {
    expect({ role, state: await as(a.id, [`set local role ${role}`]) }).toEqual({ role, state: forbidden });
    expect({ role, state: await as(a.id, [`set local session authorization ${role}`]) }).toEqual({
      role,
      state: forbidden,
    });
  }
  for (const statement of [
    'alter table meeting disable row level security',
    'alter table meeting no force row level security',
    'drop policy tenant_isolation on meeting',
    'create policy open on meeting using (true)',
    'alter role housecall_app bypassrls',
    'alter function app_tenant() owner to housecall_app',
    'drop trigger meeting_event_append_only on meeting_event',
    'truncate meeting_event',
    'select * from node',
    'select * from _prisma_migrations',
    `set local session_replication_role = 'replica'`,
    "select nextval('outbox_seq_seq'), setval('outbox_seq_seq', 1)",
    `select pg_read_file('postgresql.conf')`,
    `copy (select 1) to program 'true'`,
  ]) {
    expect({ statement, state: await as(a.id, [statement]) }).toEqual({ statement, state: forbidden });
  }
  expect(await as(a.id, [`create function public.app_tenant() returns uuid language sql as 'select null::uuid'`])).toBe(
    forbidden,
  );
});

test('a tenant that is set lasts for its transaction and no longer', async () => {
  expect(await a.db.run((tx) => tx.meeting.count())).toBe(1);
  expect(await database.prisma.meeting.count()).toBe(0);
  const [rows] = await Promise.all([
    b.db.run((tx) => tx.meeting.findMany({ select: { tenantId: true } })),
    ...Array.from({ length: 20 }, () => a.db.run((tx) => tx.meeting.findMany())),
  ]);
  expect(rows).toEqual([{ tenantId: b.id }]);
});

test('a timeline cannot be changed, not even by the superuser', async () => {
  expect(await as(a.id, [`update meeting_event set type = 'end'`])).toBe(forbidden);
  expect(await as(a.id, ['delete from meeting_event'])).toBe(forbidden);
  for (const statement of [
    `update meeting_event set type = 'end'`,
    'delete from meeting_event',
    'truncate meeting_event',
  ]) {
    const state = await database.sql(statement).then(
      () => 'done',
      (error: unknown) => databaseFault(error)?.sqlState,
    );
    expect({ statement, state }).toEqual({ statement, state: '23000' });
  }
});
