/** Two transactions that wait for each other: the database undoes one, and both are done in the end. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let database: TestDatabase;
let clinic: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTenant(database);
});
afterAll(() => database[Symbol.asyncDispose]());

test('a deadlock does not reach the caller: the work that was undone is done again', async () => {
  const { patientId, patient2Id, db } = clinic;
  let runs = 0;
  const bothHold = Promise.withResolvers<void>();
  let holding = 0;
  const cross = (first: string, second: string, mark: string) =>
    db.run(async (tx) => {
      runs += 1;
      await tx.$executeRaw`update patient set name = name || ${mark} where id = ${first}::uuid`;
      holding += 1;
      if (holding >= 2) bothHold.resolve();
      await bothHold.promise;
      await tx.$executeRaw`update patient set name = name || ${mark} where id = ${second}::uuid`;
    });
  await Promise.all([cross(patientId, patient2Id, '-a'), cross(patient2Id, patientId, '-b')]);
  expect(runs).toBe(3);
  const rows = await db.run((tx) => tx.patient.findMany({ where: { id: { in: [patientId, patient2Id] } } }));
  for (const { name } of rows) expect(name.match(/-[ab]/g)?.toSorted()).toEqual(['-a', '-b']);
});

test('what fails otherwise fails at once', async () => {
  let runs = 0;
  const failing = clinic.db.run(async (tx) => {
    runs += 1;
    await tx.$executeRaw`select 1 / 0`;
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect(runs).toBe(1);
});
