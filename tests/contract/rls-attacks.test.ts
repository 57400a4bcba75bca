/** Somebody who can run SQL of their own as the serving role, with every trick we know of, and what they get: nothing. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { databaseFault } from '../../src/platform/db/faults.ts';
import { migrate } from '../../src/platform/db/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFullTenant, type FullTenant } from '../support/every-row.ts';
import { memoryLogger } from '../support/serve-app.ts';

const forbidden = '42501';

let database: TestDatabase;
let a: FullTenant;
let b: FullTenant;
let app: Client;
let tables: { name: string; tenant: string; keys: string[] | null; columns: string[] }[];
beforeAll(async () => {
  database = await createTestDatabase();
  [a, b] = [await createFullTenant(database), await createFullTenant(database)];
  app = new Client({ connectionString: database.appUrl });
  await app.connect();
  tables = await database.sql(
    `select c.relname as name, case c.relname when 'tenant' then 'id' else 'tenant_id' end as tenant,
       array_agg(a.attname::text order by a.attnum) as columns,
       (select array_agg(k.attname::text) from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as keys
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname not in ('node', '_prisma_migrations')
     group by c.oid, c.relname`,
  );
});
afterAll(async () => {
  await app.end();
  await database[Symbol.asyncDispose]();
});

/** Runs statements as the server, with a tenant set or none, and undoes them. Answers the last result, or the SQLSTATE. */
async function as(tenantId: string | null, ...statements: (string | [string, unknown[]])[]): Promise<unknown> {
  await app.query('begin');
  try {
    if (tenantId !== null) await app.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
    let rows: unknown[] = [];
    for (const statement of statements) {
      const [text, values] = typeof statement === 'string' ? [statement, []] : statement;
      ({ rows } = await app.query(text, values));
    }
    return rows;
  } catch (error) {
    return databaseFault(error)?.sqlState ?? String(error);
  } finally {
    await app.query('rollback');
  }
}

describe('reading', () => {
  test('has tables to be tried on', () => {
    expect(tables.length).toBeGreaterThan(20);
  });

  test('no function of a condition meets a row that the policy hides: an error would tell of it', async () => {
    for (const { name, tenant } of tables) {
      const probe = (column: string) => `select 1 from ${name} t where 1 / (0 * length(${column}::text)) = 1`;
      for (const condition of [probe('t'), `${probe('t')} and ${tenant} = '${b.id}'`]) {
        expect({ name, rows: await as(null, condition) }).toEqual({ name, rows: [] });
      }
      // The probe works where there is something to see.
      expect({ name, rows: await as(a.id, probe('t')) }).toEqual({ name, rows: '22012' });
      expect({ name, rows: await as(a.id, `${probe('t')} and ${tenant} = '${b.id}'`) }).toEqual({ name, rows: [] });
    }
  });

  test('the statistics of the planner, which hold values of all tenants, show none', async () => {
    await database.sql('analyze');
    const known = await database.sql(`select 1 from pg_stats where schemaname = 'public' and tablename = 'app_user'`);
    expect(known.length).toBeGreaterThan(0);
    expect(
      await as(a.id, `select * from pg_stats where schemaname = 'public' and tablename <> '_prisma_migrations'`),
    ).toEqual([]);
    expect(await as(a.id, `select * from pg_stats_ext_exprs`)).toEqual([]);
    for (const catalogue of ['pg_statistic', 'pg_authid', 'pg_statistic_ext_data', 'pg_hba_file_rules'])
      expect([catalogue, await as(a.id, `select * from ${catalogue}`)]).toEqual([catalogue, forbidden]);
  });

  test('views show what their reader may see, not what their owner may', async () => {
    const views = await database.sql<{ name: string; kind: string; invoker: boolean }>(
      `select relname as name, relkind as kind, coalesce('security_invoker=true' = any (reloptions), false) as invoker
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')`,
    );
    // A materialized view or a foreign table has no row-level security at all.
    expect(views.filter(({ kind, invoker }) => kind !== 'v' || !invoker)).toEqual([]);
    for (const { name } of views) expect([name, await as(null, `select * from ${name}`)]).toEqual([name, []]);
  });

  test('locking and counting tell of nobody else’s rows', async () => {
    for (const { name, tenant } of tables) {
      const locked = await as(a.id, `select 1 from ${name} where ${tenant} = '${b.id}' for share`);
      expect([[], forbidden]).toContainEqual(locked);
      expect({ name, count: await as(null, `select count(*)::int as n from ${name}`) }).toEqual({
        name,
        count: [{ n: 0 }],
      });
    }
  });
});

describe('writing', () => {
  test('an insert that meets another’s row does not change it, nor does merging', async () => {
    for (const { name, tenant, keys, columns } of tables) {
      const [row] = await database.sql<{ row: string }>(
        `select t::text as row from ${name} t where ${tenant} = $1 limit 1`,
        [b.id],
      );
      const taken = columns.map((column) =>
        column === tenant && keys && !keys.includes(tenant) ? '$1::uuid' : `(row).${column}`,
      );
      const sample = `(select $2::${name} as row, $1::uuid as mine) as sample`;
      const insert = `insert into ${name} (${columns.join(', ')}) select ${taken.join(', ')} from ${sample}`;
      const met = keys && ` on conflict (${keys.join(', ')}) do update set ${tenant} = excluded.${tenant}`;
      // Where rows have no key there is nothing to meet: it is put there once more.
      const upsert = insert + (met ?? '');
      const before = await database.sql(`select * from ${name} t where ${tenant} = $1 order by t::text`, [b.id]);
      const states: unknown[] = [];
      await app.query('begin');
      try {
        await app.query(`select set_config('app.tenant_id', $1, true)`, [a.id]);
        await app.query(upsert, [a.id, row?.row]);
      } catch (error) {
        states.push(databaseFault(error)?.sqlState);
      } finally {
        await app.query('commit');
      }
      expect({ name, states }).toEqual({ name, states: [forbidden] });
      expect(await database.sql(`select * from ${name} t where ${tenant} = $1 order by t::text`, [b.id])).toEqual(
        before,
      );
    }
  });

  test('what an API key may, whose it is and its hash never change', async () => {
    for (const change of [`scopes = '{users:write}'`, `hash = 'x'`, `tenant_id = tenant_id`, `expires_at = 'infinity'`])
      expect([change, await as(a.id, `update api_key set ${change}`)]).toEqual([change, forbidden]);
    expect(await as(a.id, 'update api_key set last_used_at = now()')).toEqual([]);
  });

  test('nothing is deleted along with one’s own that is another’s: every reference carries the tenant', async () => {
    const before = await database.sql('select count(*)::int as n from user_role where tenant_id = $1', [b.id]);
    await as(a.id, 'delete from user_role', 'delete from clinic_role');
    expect(await database.sql('select count(*)::int as n from user_role where tenant_id = $1', [b.id])).toEqual(before);
  });
});

/** Shadows one of our tables by a temporary one whose trigger runs what the attacker likes, as whoever touches it. */
const shadow = (table: string, event: string) => [
  `create temporary table ${table} (like public.${table})`,
  `create temporary table loot (who text, seen bigint)`,
  `create function pg_temp.evil() returns trigger language plpgsql as $$
     begin
       insert into pg_temp.loot select current_user, count(*) from public.app_user;
       return null;
     end $$`,
  `create trigger evil before ${event} on pg_temp.${table} for each statement execute function pg_temp.evil()`,
  `grant all on pg_temp.${table}, pg_temp.loot to public`,
];

describe('the named ways around the tenant', () => {
  test('cannot be made to run somebody’s own code as housecall_system by tables of the same name', async () => {
    const loot = 'select * from pg_temp.loot';
    expect(await as(null, ...shadow('outbox', 'delete'), 'select outbox_done(array[1])', loot)).toEqual([]);
    expect(await as(null, ...shadow('outbox', 'update'), 'select outbox_retry(1, 1)', loot)).toEqual([]);
    expect(await as(null, ...shadow('outgoing_mail', 'delete'), 'select forget_mail(now())', loot)).toEqual([]);
    expect(await as(null, ...shadow('audit_unsealed', 'delete'), 'select audit_seal_pending(1)', loot)).toEqual([]);
    // The trap itself works: whoever names the temporary table falls into it.
    const fallen = await as(null, ...shadow('outbox', 'delete'), 'delete from pg_temp.outbox', loot);
    expect(fallen).toEqual([{ who: 'housecall_app', seen: '0' }]);
  });

  test('answer from our tables, whatever else is there by the same name', async () => {
    const fake = `create temporary table tenant (like public.tenant)`;
    const row = `insert into pg_temp.tenant (id, slug, name, settings, created_at, updated_at) values ('${b.id}', 'fake', 'Fake', '{}', now(), now())`;
    expect(
      await as(null, fake, row, 'grant all on pg_temp.tenant to public', `select * from find_tenant('fake')`),
    ).toEqual([]);
    expect(await as(null, 'set local search_path = pg_temp', `select * from public.find_tenant('${a.slug}')`)).toEqual([
      { id: a.id },
    ]);
  });

  test('look for temporary tables last, hold no text that is run as SQL, and call nothing that the server could replace', async () => {
    const functions = await database.sql<{ name: string; path: string[] | null; source: string }>(
      `select proname as name, proconfig as path, prosrc as source from pg_proc
       where pronamespace = 'public'::regnamespace and (prosecdef or prorettype = 'trigger'::regtype)
         and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')`,
    );
    expect(functions.length).toBeGreaterThan(15);
    for (const { name, path, source } of functions) {
      expect([name, path]).toEqual([name, ['search_path=pg_catalog, public, pg_temp']]);
      expect([name, /\bexecute\b/i.test(source)]).toEqual([name, false]);
    }
    const [row] = await database.sql(
      `select has_schema_privilege('housecall_app', 'public', 'create') as here,
              has_database_privilege('housecall_app', current_database(), 'create') as schemas`,
    );
    expect(row).toEqual({ here: false, schemas: false });
  });

  test('let housecall_system read no name, no text and no secret but what a job delivers', async () => {
    const rows = await database.sql<{ place: string }>(
      `select t.relname || '.' || a.attname as place from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
       where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace and t.relname not in ('outbox', 'outgoing_mail', '_prisma_migrations')
         and has_column_privilege('housecall_system', t.oid, a.attnum, 'select')
         and (format_type(a.atttypid, null) in ('text', 'citext', 'jsonb', 'json', 'bytea', 'text[]')) order by 1`,
    );
    expect(rows.map(({ place }) => place)).toEqual([
      'api_key.hash',
      'api_key.prefix',
      'api_key.scopes',
      'app_user.email',
      'audit_entry.digest',
      'audit_seal.hash',
      'audit_unsealed.entry',
      'idempotency_record.id',
      'payment.provider_order_id',
      'tenant.settings',
      'tenant.slug',
      'upload.signatures',
      'upload.wrapped_under',
    ]);
  });
});

test('a database that was migrated gives nobody but its owner temporary tables', async () => {
  await using fresh = await createTestDatabase({ migrated: false });
  await migrate(fresh.ownerUrl, memoryLogger().logger);
  const [row] = await fresh.sql(
    `select has_database_privilege('housecall_app', current_database(), 'temporary') as may`,
  );
  expect(row).toEqual({ may: false });
});
