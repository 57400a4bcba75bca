/** One way to read a refusal of the database, whoever passes it on. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseFault } from '../../src/platform/db/faults.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database[Symbol.asyncDispose]());

const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'It was not refused.',
    (error: unknown) => databaseFault(error),
  );

const meeting = () => ({
  id: newId(),
  tenantId: tenant.id,
  doctorId: tenant.doctorId,
  patientId: tenant.patientId,
  scheduledAt: new Date(),
  snapshot: {},
});

describe('through a model', () => {
  test('a second row of one key', async () => {
    const again = {
      id: newId(),
      tenantId: tenant.id,
      email: tenant.users.doctor.email,
      passwordHash: '',
      displayName: '',
    };
    const fault = await faultOf(tenant.db.run((tx) => tx.user.create({ data: again })));
    expect(fault).toEqual({ sqlState: '23505', constraint: 'app_user_tenant_id_email_key' });
  });

  test('a reference to nothing', async () => {
    const fault = await faultOf(
      tenant.db.run((tx) => tx.meeting.create({ data: { ...meeting(), doctorId: newId() } })),
    );
    expect(fault).toEqual({ sqlState: '23503', constraint: 'meeting_tenant_id_doctor_id_fkey' });
  });

  test('a row that breaks a rule', async () => {
    const fault = await faultOf(tenant.db.run((tx) => tx.meeting.create({ data: { ...meeting(), version: 0 } })));
    expect(fault).toEqual({ sqlState: '23514', constraint: 'meeting_version_check' });
  });

  test('a row of another tenant', async () => {
    const fault = await faultOf(database.db(newId()).run((tx) => tx.meeting.create({ data: meeting() })));
    expect(fault).toEqual({ sqlState: '42501' });
  });
});

test('through SQL of our own', async () => {
  const fault = await faultOf(tenant.db.run((tx) => tx.$executeRaw`update tenant set name = null`));
  expect(fault).toMatchObject({ sqlState: '23502' });
  const timedOut = await faultOf(
    tenant.db.run(async (tx) => {
      await tx.$executeRaw`set local statement_timeout = '20ms'`;
      await tx.$queryRaw`select pg_sleep(20)::text`;
    }),
  );
  expect(timedOut).toEqual({ sqlState: '57014' });
});

test('through the driver alone', async () => {
  const fault = await faultOf(database.sql('insert into tenant (id, slug, name, settings) select * from tenant'));
  expect(fault).toMatchObject({ sqlState: expect.stringMatching(/^42/) });
  const key = await faultOf(
    database.sql(`insert into tenant (id, slug, name, settings) select $1, slug, name, settings from tenant limit 1`, [
      newId(),
    ]),
  );
  expect(key).toEqual({ sqlState: '23505', constraint: 'tenant_slug_key' });
});

test('nothing that comes from elsewhere', async () => {
  expect(databaseFault(new Error('23505'))).toBeUndefined();
  expect(databaseFault(Object.assign(new Error('not there'), { code: 'ENOENT' }))).toBeUndefined();
  expect(databaseFault(Object.assign(new Error('Prisma'), { code: 'P2025' }))).toBeUndefined();
  expect(databaseFault(undefined)).toBeUndefined();
  expect(await faultOf(tenant.db.run((tx) => tx.user.findUniqueOrThrow({ where: { id: newId() } })))).toBeUndefined();
});
