/** Row-level security as PostgreSQL's own catalogue tells it: a table that somebody adds later is judged by the same rules. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const tables = `select c.oid, c.relname as name from pg_class c
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> '_prisma_migrations'`;

test('every table has row-level security, forced', async () => {
  const rows = await database.sql<{ name: string; bound: boolean }>(
    `select t.name, c.relrowsecurity and c.relforcerowsecurity as bound from (${tables}) t join pg_class c using (oid)`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(rows.filter((row) => !row.bound)).toEqual([]);
});

test('every table but the list of nodes belongs to tenants', async () => {
  const rows = await database.sql<{ name: string }>(
    `select t.name from (${tables}) t where not exists (
       select from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnotnull and not a.attisdropped)
     order by 1`,
  );
  expect(rows.map((row) => row.name)).toEqual(['node', 'tenant']);
});

/** As PostgreSQL writes a policy down. */
const comparison = (column: string) => `(${column} = ( SELECT app_tenant() AS app_tenant))`;

test('every policy for the server compares with the tenant of the transaction, for reading and for writing', async () => {
  const rows = await database.sql<{
    tablename: string;
    cmd: string;
    qual: string;
    with_check: string;
    permissive: string;
  }>(
    `select tablename, cmd, qual, with_check, permissive from pg_policies
     where schemaname = 'public' and roles <> '{housecall_system}' order by tablename`,
  );
  const names = await database.sql<{ name: string }>(`select name from (${tables}) t where name <> 'node' order by 1`);
  expect(rows).toEqual(
    names.map(({ name }) => ({
      tablename: name,
      cmd: 'ALL',
      qual: comparison(name === 'tenant' ? 'id' : 'tenant_id'),
      with_check: comparison(name === 'tenant' ? 'id' : 'tenant_id'),
      permissive: 'PERMISSIVE',
    })),
  );
});

test('every reference between tenants’ rows carries the tenant on both sides', async () => {
  const rows = await database.sql<{ name: string; covered: boolean }>(
    `select k.conname as name, exists (
         select from unnest(k.conkey, k.confkey) as pair (own, other)
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own and a.attname = 'tenant_id'
         join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.other
           and b.attname = case when k.confrelid = 'tenant'::regclass then 'id' else 'tenant_id' end) as covered
     from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(rows.filter((row) => !row.covered)).toEqual([]);
});

/** Days of a local calendar, which are no instants. */
const localDays = [
  'availability_exception.ends_on',
  'availability_exception.starts_on',
  'availability_rule.valid_from',
  'availability_rule.valid_to',
  'patient.birth_date',
];

test('every instant is stored with its time zone, to the millisecond', async () => {
  const rows = await database.sql<{ place: string; type: string }>(
    `select t.name || '.' || a.attname as place, format_type(a.atttypid, a.atttypmod) as type
     from (${tables}) t join pg_attribute a on a.attrelid = t.oid
     where t.name || '.' || a.attname <> all ('{${localDays.join(',')}}') and a.attnum > 0 and not a.attisdropped and a.atttypid in ('timestamp'::regtype, 'timestamptz'::regtype, 'date'::regtype, 'time'::regtype, 'timetz'::regtype)`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(20);
  expect(rows.filter((row) => row.type !== 'timestamp(3) with time zone')).toEqual([]);
});

test('the server’s role is no superuser, cannot bypass, owns nothing, and is a member of nothing', async () => {
  const rows = await database.sql(
    `select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as mighty,
       exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o'
         and d.dbid = (select oid from pg_database where datname = current_database()) and d.classid = 'pg_class'::regclass) as owns,
       exists (select from pg_auth_members m where m.member = r.oid) as member
     from pg_roles r where r.rolname in ('housecall_app', 'housecall_system') order by 1`,
  );
  expect(rows).toEqual([
    { name: 'housecall_app', mighty: false, owns: false, member: false },
    { name: 'housecall_system', mighty: false, owns: false, member: false },
  ]);
});

test('the server may delete nothing but accounts, their sessions, hours and links, and change no line of a record that is only added to', async () => {
  const rows = await database.sql<{ name: string; rights: string }>(
    `select t.name, string_agg(p.word, ' ' order by p.word) as rights
     from (${tables} union all select '_prisma_migrations'::regclass, '_prisma_migrations') t
     cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']) as p (word)
     where has_table_privilege('housecall_app', t.oid, p.word) group by t.name order by t.name`,
  );
  expect(Object.fromEntries(rows.map((row) => [row.name, row.rights]))).toEqual({
    // Besides: when a key was last used and revoked, by column.
    account_token: 'delete insert select update',
    api_key: 'insert select',
    app_user: 'delete insert select update',
    appointment: 'insert select update',
    appointment_event: 'insert select',
    appointment_reminder: 'insert select update',
    audit_entry: 'select',
    audit_seal: 'select',
    audit_unsealed: 'insert select',
    availability_exception: 'delete insert select update',
    availability_rule: 'delete insert select update',
    availability_rule_service: 'delete insert select update',
    cdt_code: 'insert select update',
    cdt_rule: 'delete insert select update',
    cdt_rule_code: 'delete insert select',
    // Besides: what became of it, by column.
    chat_action: 'insert select',
    chat_conversation: 'delete insert select update',
    chat_exchange: 'insert select',
    chat_message: 'insert select',
    clinical_document: 'insert select update',
    clinical_document_version: 'insert select',
    clinic_role: 'delete insert select update',
    // Besides: that it was revoked, by column.
    consent: 'insert select',
    consent_event: 'insert select',
    // Besides: when its PDF was made, by column.
    document_confirmation: 'insert select',
    document_download: 'insert select',
    external_identity: 'delete insert select',
    idempotency_record: 'insert select update',
    location: 'insert select update',
    meeting: 'insert select update',
    meeting_chat_line: 'insert select',
    meeting_event: 'insert select',
    meeting_guest: 'insert select update',
    meeting_quality: 'insert select update',
    meeting_room: 'select',
    outbox: 'insert select',
    outgoing_mail: 'insert select update',
    patient: 'insert select update',
    payment: 'insert select update',
    payment_notice: 'insert select',
    payment_reconciliation: 'insert select update',
    payment_refund: 'insert select update',
    practitioner: 'insert select update',
    practitioner_location: 'delete insert select update',
    practitioner_service: 'delete insert select update',
    practitioner_specialty: 'delete insert select update',
    receipt_counter: 'insert select update',
    recovery_code: 'delete insert select update',
    refresh_token: 'delete insert select update',
    revocation: 'insert select',
    room: 'insert select update',
    second_factor: 'delete insert select update',
    service: 'insert select update',
    session: 'insert select update',
    stored_leftover: 'delete insert select',
    tenant: 'insert select update',
    upload: 'delete insert select update',
    upload_share: 'insert select',
    user_role: 'delete insert select',
    waiting: 'insert select update',
    waiting_line: 'insert select',
    visit_identity: 'insert select',
    visit_note: 'insert select update',
    visit_note_version: 'insert select',
    visit_rating: 'insert select update',
    waitlist_entry: 'insert select update',
  });
});

test('the ways around the tenant are few, run as a role that nobody signs in as, and are the server’s alone', async () => {
  const rows = await database.sql<{ name: string; owner: string; path: string[]; app: boolean; anybody: boolean }>(
    `select p.proname as name, p.proowner::regrole::text as owner, p.proconfig as path,
       has_function_privilege('housecall_app', p.oid, 'execute') as app,
       exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as anybody
     from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`,
  );
  expect(rows.map((row) => row.name)).toEqual([
    'applied_migrations',
    'audit_seal_lag',
    'audit_seal_pending',
    'claim_mail',
    'due_appointments',
    'due_meetings',
    'due_payments',
    'due_uploads',
    'find_api_key',
    'find_login',
    'find_tenant',
    'forget_chats',
    'forget_exchanges',
    'forget_mail',
    'forget_sign_ins',
    'idempotency_forget',
    'mail_lag',
    'meeting_versions',
    'meetings_of_node',
    'next_appointment_deadline',
    'next_meeting_deadline',
    'node_beat',
    'node_expire_others',
    'node_expired',
    'node_forget',
    'node_list',
    'node_register',
    'outbox_done',
    'outbox_lag',
    'outbox_pending',
    'outbox_retry',
    'payment_of_order',
    'revocations_since',
    'room_claim',
    'room_release',
    'rooms_of_node',
    'tenant_of_notice',
    'unreconciled_tenants',
  ]);
  for (const row of rows) {
    expect(row).toMatchObject({
      owner: 'housecall_system',
      path: ['search_path=pg_catalog, public, pg_temp'],
      app: true,
      anybody: false,
    });
  }
  const [system] = await database.sql(
    `select rolcanlogin, has_schema_privilege('housecall_system', 'public', 'create') as creates from pg_roles where rolname = 'housecall_system'`,
  );
  expect(system).toEqual({ rolcanlogin: false, creates: false });
});

test('nobody else has any right to a table', async () => {
  const rows = await database.sql(
    `select t.name, a.grantee::regrole::text as grantee, a.privilege_type from (${tables}) t join pg_class c using (oid)
     cross join aclexplode(c.relacl) a
     where a.grantee <> c.relowner and a.grantee::regrole::text not in ('housecall_app', 'housecall_system')`,
  );
  expect(rows).toEqual([]);
});
