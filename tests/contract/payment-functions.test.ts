/** The named ways around the tenant that payments have, called as the server calls them: with no tenant set. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withoutTenant_forNamedJob } from '../../src/platform/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFullTenant, type FullTenant } from '../support/every-row.ts';

let database: TestDatabase;
let a: FullTenant;
let b: FullTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  [a, b] = [await createFullTenant(database), await createFullTenant(database)];
});
afterAll(() => database[Symbol.asyncDispose]());

function call<R extends object>(text: string, ...values: unknown[]): Promise<R[]> {
  return withoutTenant_forNamedJob(database.prisma, 'claim-payments', (tx) => tx.$queryRawUnsafe<R[]>(text, ...values));
}

const now = new Date('2026-11-22T12:00:00Z');
const due = (max = 100) =>
  call<{ tenant_id: string; kind: string; id: string }>(
    'select * from due_payments($1::timestamptz, $2::int)',
    now,
    max,
  );
const paymentOf = async ({ id }: FullTenant) => {
  const [row] = await database.sql<{ id: string; order: string }>(
    'select id, provider_order_id as "order" from payment where tenant_id = $1',
    [id],
  );
  if (!row) throw new Error('There is no payment.');
  return row;
};

test('what is due of payments is found for all clinics, the most overdue first, and nothing that is not', async () => {
  expect(await due()).toEqual([]);
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const set = (tenant: FullTenant, table: string, when: Date | null) =>
    database.sql(`update ${table} set next_look_at = $2 where tenant_id = $1`, [tenant.id, when]);
  await set(a, 'payment', at(-1));
  await set(b, 'payment', at(1));
  await set(b, 'payment_refund', at(-2));
  expect((await due()).map(({ tenant_id, kind }) => [tenant_id, kind])).toEqual([
    [b.id, 'refund'],
    [a.id, 'order'],
  ]);
  expect(await due(1)).toHaveLength(1);
  for (const table of ['payment', 'payment_refund']) for (const tenant of [a, b]) await set(tenant, table, null);
});

test('what was paid for a visit that is over is due until the rule was asked', async () => {
  const { id } = await paymentOf(a);
  await database.sql(
    `update appointment set status = 'cancelled', cancelled_by = 'patient', cancel_code = 'pat' where tenant_id = $1`,
    [a.id],
  );
  expect(await due()).toEqual([{ tenant_id: a.id, kind: 'rule', id }]);
  await database.sql('update payment set rule_settled_at = now() where id = $1', [id]);
  expect(await due()).toEqual([]);
});

test('an order names its clinic and its payment, and nothing else of them', async () => {
  const { id, order } = await paymentOf(b);
  expect(await call('select * from payment_of_order($1)', order)).toEqual([{ tenant_id: b.id, id }]);
  expect(await call('select * from payment_of_order($1)', 'order_of_others')).toEqual([]);
});

test('a clinic with payments is to be compared with the provider once for each day', async () => {
  const day = new Date('2026-11-10T00:00:00Z');
  const open = async () =>
    (await call<{ tenant_id: string }>('select * from unreconciled_tenants($1::timestamptz, 100)', day)).map(
      (row) => row.tenant_id,
    );
  expect(await open()).toEqual([]);
  await database.sql(`update payment set created_at = $1`, [new Date('2026-11-10T23:00:00Z')]);
  expect((await open()).toSorted()).toEqual([a.id, b.id].toSorted());
  await database.sql('update payment_reconciliation set starts_at = $2 where tenant_id = $1', [a.id, day]);
  expect(await open()).toEqual([b.id]);
});

test('what is true of a payment stays true, whatever the code does', async () => {
  const change = (set: string) => database.sql(`update payment set ${set} where tenant_id = $1`, [b.id]);
  for (const set of [
    'amount_minor = 0',
    'refunded_minor = amount_minor + 1',
    `status = 'paid'`,
    `status = 'pending'`,
    'receipt_number = null',
    'provider_payment_id = null',
  ]) {
    await expect(change(set)).rejects.toMatchObject({ code: '23514' });
  }
});

test('a webhook about no order here belongs to the clinic that its notes name, and to nobody where there are several', async () => {
  const clinicOf = async (noted: string | null) => {
    const [row] = await call<{ id: string | null }>('select tenant_of_notice($1::text) as id', noted);
    return row?.id ?? null;
  };
  expect(await clinicOf(b.id)).toBe(b.id);
  for (const noted of [null, '', 'x', "' or true --", crypto.randomUUID()]) expect(await clinicOf(noted)).toBeNull();
});
