import { expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase } from '../support/database.ts';

test('a tenant makes itself and sees itself, and another tenant does not see it', async () => {
  await using database = await createTestDatabase();
  const [a, b] = [newId(), newId()];
  await database.db(a).run((tx) => tx.tenant.create({ data: { id: a, slug: 'a', name: 'A', settings: {} } }));
  expect(await database.db(a).run((tx) => tx.tenant.count())).toBe(1);
  expect(await database.db(b).run((tx) => tx.tenant.count())).toBe(0);
  expect(await database.prisma.tenant.count()).toBe(0);
  expect(await database.prisma.$queryRaw`select * from find_tenant('a')`).toEqual([{ id: a }]);
});
