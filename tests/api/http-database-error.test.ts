/** What a real database refuses, as a caller sees it. */
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { type Tx, tenantDb } from '../../src/platform/db/scope.ts';
import { toAppError } from '../../src/platform/http/problem.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let db: TestDatabase;
let clinic: TestTenant;
beforeAll(async () => {
  db = await createTestDatabase();
  clinic = await createTenant(db);
});
afterAll(async () => db[Symbol.asyncDispose]());

async function refusal(work: Promise<unknown>) {
  const thrown = await work.then(
    () => {
      throw new Error('The database took it.');
    },
    (error: unknown) => error,
  );
  return toAppError(thrown);
}

const addPatient = (tx: Tx, name: string, id = newId()) =>
  tx.patient.create({ data: { id, tenantId: clinic.id, name } });

test('what is there already is ALREADY_EXISTS, without the value', async () => {
  const { email } = clinic.users.admin;
  const error = await refusal(
    clinic.db.run((tx) => tx.user.update({ where: { id: clinic.users.lab.id }, data: { email } })),
  );
  expect(error).toMatchObject({ code: 'ALREADY_EXISTS', status: 409 });
  expect(error.message).not.toContain(email);
});

test('a reference to what is not there is CONFLICT', async () => {
  const error = await refusal(
    clinic.db.run((tx) => tx.user.update({ where: { id: clinic.users.lab.id }, data: { patientId: newId() } })),
  );
  expect(error.code).toBe('CONFLICT');
});

test('a text that it cannot keep is INVALID_INPUT', async () => {
  expect((await refusal(clinic.db.run((tx) => addPatient(tx, 'nul\0')))).code).toBe('INVALID_INPUT');
});

test("writing another tenant's row is our fault, not the caller's", async () => {
  const error = await refusal(
    clinic.db.run((tx) => tx.patient.create({ data: { id: newId(), tenantId: newId(), name: 'x' } })),
  );
  expect(error.code).toBe('INTERNAL');
});

test('two transactions that wait for each other: one is told to try again', async () => {
  const [a, b] = [newId(), newId()];
  await clinic.db.run(async (tx) => {
    await addPatient(tx, 'a', a);
    await addPatient(tx, 'b', b);
  });
  const bothHold = Promise.withResolvers<void>();
  let holding = 0;
  // Not by `clinic.db.run`, which would do it again by itself.
  const crossing = (first: string, second: string) =>
    db.database.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`select set_config('app.tenant_id', ${clinic.id}, true)`;
      await tx.patient.update({ where: { id: first }, data: { name: 'x' } });
      holding += 1;
      if (holding === 2) bothHold.resolve();
      await bothHold.promise;
      await tx.patient.update({ where: { id: second }, data: { name: 'y' } });
    });
  const outcomes = await Promise.allSettled([crossing(a, b), crossing(b, a)]);
  const losers = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map((outcome) => toAppError(outcome.reason));
  expect(losers).toHaveLength(1);
  expect(losers[0]).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 1 });
});

test('a transaction that the other overtook is told to try again', async () => {
  const id = newId();
  await clinic.db.run((tx) => addPatient(tx, 'a', id));
  const error = await refusal(
    clinic.db.run(
      async (tx) => {
        await tx.patient.findUnique({ where: { id } });
        await clinic.db.run((other) => other.patient.update({ where: { id }, data: { name: 'b' } }));
        await tx.patient.update({ where: { id }, data: { name: 'c' } });
      },
      { isolationLevel: 'Serializable' },
    ),
  );
  expect(error.code).toBe('UNAVAILABLE');
});

test('a transaction that takes longer than it may is UNAVAILABLE', async () => {
  const error = await refusal(clinic.db.run(async (tx) => tx.$queryRaw`select pg_sleep(0.4)::text`, { timeout: 100 }));
  expect(error.code).toBe('UNAVAILABLE');
});

test('a connection that is cut in the middle is UNAVAILABLE', async () => {
  const error = await refusal(clinic.db.run((tx) => tx.$queryRaw`select pg_terminate_backend(pg_backend_pid())::text`));
  expect(error.code).toBe('UNAVAILABLE');
});

/** How a transaction and a statement are refused there. */
async function refusalsAt(url: string): Promise<string[]> {
  const prisma = createPrisma(url);
  const pool = createPool(url);
  try {
    const all = [
      tenantDb({ prisma, pool }, clinic.id).run((tx) => tx.$queryRaw`select 1`),
      prisma.$queryRaw`select 1`,
    ].map(refusal);
    return (await Promise.all(all)).map(({ code }) => code);
  } finally {
    await Promise.all([prisma.$disconnect(), pool.end()]);
  }
}

test('a database that hangs up as soon as it is called is UNAVAILABLE', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const codes = await refusalsAt(`postgresql://nobody:nothing@127.0.0.1:${port}/none`);
    expect(codes).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
  } finally {
    server.close();
  }
});

test('a database that is not there is UNAVAILABLE', async () => {
  const codes = await refusalsAt('postgresql://nobody:nothing@127.0.0.1:1/none');
  expect(codes).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
});
