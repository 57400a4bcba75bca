/** What the database itself says about names, hours and places, whatever the code does. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { databaseFault } from '../../src/platform/db/faults.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { migrateNow } from '../support/migrate-now.ts';
import { addVisit, type Scene, setScene } from '../support/scheduling-scene.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let database: TestDatabase;
let tenant: TestTenant;
let scene: Scene;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  tenant = await createTenant(database);
  scene = await setScene(tenant);
});

/** `done`, or the constraint that refused the row, or the SQLSTATE. */
async function tried(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    const fault = databaseFault(error);
    return fault?.constraint ?? fault?.sqlState ?? String(error);
  }
}

const addRule = (changes: object = {}) =>
  tried(
    tenant.db.run((tx) =>
      tx.availabilityRule.create({
        data: {
          id: newId(),
          tenantId: tenant.id,
          practitionerId: tenant.doctorId,
          modality: 'video',
          weekday: 1,
          startMinute: 540,
          endMinute: 720,
          ...changes,
        },
      }),
    ),
  );
const addException = (changes: object) =>
  tried(
    tenant.db.run((tx) =>
      tx.availabilityException.create({
        data: {
          id: newId(),
          tenantId: tenant.id,
          kind: 'leave',
          startsOn: new Date('2026-12-24'),
          endsOn: new Date('2026-12-24'),
          ...changes,
        },
      }),
    ),
  );

test('a name is searched without case, accents, titles and stray spaces, and is never empty', async () => {
  const key = async (name: string) =>
    (await database.sql<{ key: string }>('select search_key($1) as key', [name]))[0]?.key;
  expect(await key('  Dr.  José   NUÑEZ ')).toBe('jose nunez');
  expect(await key('Prof. Dr Ångström')).toBe('angstrom');
  expect(await key('Drake Drummond')).toBe('drake drummond');
  expect(await key('Dr')).toBe('dr');
  expect(await key('Müller-Lüdenscheidt')).toBe('muller-ludenscheidt');
});

test('a list of names begins by the index that has its order', async () => {
  await database.sql(
    `insert into practitioner (id, tenant_id, name) select gen_random_uuid(), $1, 'Dr ' || md5(i::text) from generate_series(1, 3000) i`,
    [tenant.id],
  );
  await database.sql('analyze practitioner');
  const plan = await tenant.db.run(
    (tx) => tx.$queryRaw<{ 'QUERY PLAN': string }[]>`
      explain select id from practitioner p where p.tenant_id = ${tenant.id}::uuid order by search_key(p.name), p.id limit 50`,
  );
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toContain('practitioner_sort_idx');
  expect(text).not.toContain('Sort Key');
});

test('weekly hours of one practitioner do not overlap while both hold', async () => {
  expect(await addRule({ validTo: new Date('2026-12-31') })).toBe('done');
  expect(await addRule({ startMinute: 719, endMinute: 800 })).toBe('availability_rule_overlap_excl');
  expect(await addRule({ startMinute: 719, endMinute: 800, validFrom: new Date('2026-12-31') })).toBe(
    'availability_rule_overlap_excl',
  );
  expect(await addRule({ startMinute: 719, endMinute: 800, validFrom: new Date('2027-01-01') })).toBe('done');
  expect(await addRule({ weekday: 2 })).toBe('done');
  expect(await addRule({ practitionerId: tenant.doctor2Id })).toBe('done');
});

test('hours that cannot be are no row', async () => {
  expect(await addRule({ weekday: 8 })).toBe('availability_rule_weekday_check');
  expect(await addRule({ startMinute: 720, endMinute: 540 })).toBe('availability_rule_period_check');
  expect(await addRule({ endMinute: 1_441 })).toBe('availability_rule_period_check');
  expect(await addRule({ validFrom: new Date('2027-01-02'), validTo: new Date('2027-01-01') })).toMatch(
    /^(availability_rule_validity_check|22000)$/,
  );
  expect(await addRule({ modality: 'in_person' })).toBe('availability_rule_place_check');
  expect(await addRule({ roomId: scene.roomId })).toBe('availability_rule_place_check');
  expect(await addRule({ capacity: 0 })).toBe('availability_rule_capacity_check');
  const { locationId, roomId } = scene;
  expect(await addRule({ locationId, roomId, modality: 'both' })).toBe('done');
  const other = await setScene(await createTenant(database));
  expect(await addRule({ weekday: 3, locationId: other.locationId })).toMatch(/fkey$/);
});

test('extra hours are somebody’s, within a day, and do not overlap; leave may', async () => {
  const extra = { kind: 'extra', practitionerId: tenant.doctorId, modality: 'video', startMinute: 540, endMinute: 600 };
  expect(await addException(extra)).toBe('done');
  expect(await addException(extra)).toBe('availability_exception_overlap_excl');
  expect(await addException({ ...extra, startMinute: 600, endMinute: 660 })).toBe('done');
  expect(await addException({ ...extra, practitionerId: null })).toBe('availability_exception_extra_check');
  expect(await addException({ ...extra, endsOn: new Date('2026-12-25') })).toBe('availability_exception_extra_check');
  expect(await addException({ ...extra, modality: 'both' })).toBe('availability_exception_extra_check');
  expect(await addException({})).toBe('done');
  expect(await addException({})).toBe('done');
  expect(await addException({ endsOn: new Date('2026-12-23') })).toBe('availability_exception_period_check');
});

test('the taken times are those of the tenant alone, seen through its policies', async () => {
  await addVisit(tenant, scene, { startsAt: '2026-11-23T04:00:00Z' });
  const seen = (of: TestTenant) =>
    of.db.run((tx) => tx.$queryRaw<{ n: number }[]>`select count(*)::int as n from busy_time`);
  expect(await seen(tenant)).toEqual([{ n: 1 }]);
  expect(await seen(await createTenant(database))).toEqual([{ n: 0 }]);
  expect(await database.prisma.$queryRaw`select count(*)::int as n from busy_time`).toEqual([{ n: 0 }]);
});

test('an extension that cannot be had is named, with what an administrator must run', async () => {
  await using bare = await createTestDatabase({ migrated: false });
  const owner = new URL(bare.ownerUrl).username;
  const [row] = await bare.sql<{ name: string }>('select current_database() as name');
  // As on a managed server: the owner of the tables may not create in the database itself.
  await bare.sql('create extension citext with schema public');
  await bare.sql(`revoke create on database "${row?.name}" from ${owner}`);
  expect(migrateNow(bare.ownerUrl)).toMatch(
    /_directory_and_availability: The extension pg_trgm is missing and housecall_owner may not create it\. An administrator must run once in this database: create extension pg_trgm/,
  );
});
