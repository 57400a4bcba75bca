/** What was said with the assistant is forgotten over all tenants, by functions that look past the tenant. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { withoutTenant_forNamedJob } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let database: TestDatabase;
let a: TestTenant;
let b: TestTenant;

beforeAll(async () => {
  database = await createTestDatabase();
  [a, b] = [await createTenant(database), await createTenant(database)];
});
afterAll(() => database[Symbol.asyncDispose]());

type Job = Parameters<typeof withoutTenant_forNamedJob>[1];

function call<R extends object>(job: Job, text: string, ...values: unknown[]): Promise<R[]> {
  return withoutTenant_forNamedJob(database.prisma, job, (tx) => tx.$queryRawUnsafe<R[]>(text, ...values));
}

describe('what was said with the assistant', () => {
  const at = (day: number) => new Date(Date.UTC(2027, 0, day));
  const settings = (tenant: TestTenant, terms: Record<string, number>) =>
    database.sql('update tenant set settings = settings || $2::jsonb where id = $1::uuid', [
      tenant.id,
      JSON.stringify(terms),
    ]);

  beforeEach(() =>
    database.sql(`update tenant set settings = settings - 'chatRetentionDays' - 'chatRecordDays' where id = $1::uuid`, [
      a.id,
    ]),
  );

  test('is forgotten in all tenants by their own terms as they are now, the rest by the usual one', async () => {
    const keep = (tenant: TestTenant, lastAt: Date) =>
      tenant.db.run(async (tx) => {
        const [own, id] = [{ tenantId: tenant.id }, newId()];
        const sealed = Buffer.from('sealed');
        const row = { ...own, id, userId: tenant.users.patient.id, sealedTitle: sealed, lastAt };
        await tx.chatConversation.create({ data: row });
        const said = { ...own, id: newId(), conversationId: id, by: 'person', sealedText: sealed, at: at(1) };
        await tx.chatMessage.create({ data: said });
      });
    await settings(b, { chatRetentionDays: 30 });
    for (const tenant of [a, b]) await Promise.all([1, 2, 3, 20].map((day) => keep(tenant, at(day))));
    const forget = () => call('forget-chats', 'select forget_chats($1::timestamptz, 8, 2) as n', at(10));
    // Those of the 1st and 2nd of the one; the other keeps all for its 30 days.
    expect([await forget(), await forget()]).toEqual([[{ n: 2 }], [{ n: 0 }]]);
    const left = () => database.sql('select tenant_id as "tenantId" from chat_message');
    expect(await left()).toHaveLength(6);
    // Shortened, it goes for what is there already; nought is for ever.
    await settings(b, { chatRetentionDays: 7 });
    expect([await forget(), await forget(), await forget()]).toEqual([[{ n: 2 }], [{ n: 1 }], [{ n: 0 }]]);
    await settings(b, { chatRetentionDays: 0 });
    expect(await call('forget-chats', 'select forget_chats($1::timestamptz, 0, 9) as n', at(31))).toEqual([{ n: 0 }]);
    expect(await left()).toHaveLength(3);
  });

  test('and the record of it by a term of its own', async () => {
    const note = (tenant: TestTenant, day: number) =>
      tenant.db.run((tx) => {
        const who = {
          tenantId: tenant.id,
          userId: tenant.users.patient.id,
          conversationId: newId(),
          audience: 'patient',
        };
        const what = { kind: 'answer', askedPreview: 'a', replyPreview: 'b', tools: [], requestId: 'r' };
        const cost = { inputTokens: 1, outputTokens: 1, milliseconds: 1 };
        return tx.chatExchange.create({ data: { id: newId(), ...who, ...what, ...cost, at: at(day) } });
      });
    await settings(b, { chatRecordDays: 0 });
    for (const tenant of [a, b]) await Promise.all([1, 2, 3].map((day) => note(tenant, day)));
    const forget = () => call('forget-chats', 'select forget_exchanges($1::timestamptz, 8, 1) as n', at(10));
    expect([await forget(), await forget(), await forget()]).toEqual([[{ n: 1 }], [{ n: 1 }], [{ n: 0 }]]);
    expect(await database.sql('select count(*)::int as n from chat_exchange')).toEqual([{ n: 4 }]);
  });
});
