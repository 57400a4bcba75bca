/** A server that is killed (SIGKILL) at each step of taking money and giving it back: what it left is settled by the next one. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Book, createBook, type ServedBook, serveBook } from '../../src/adapters/pay/sandbox/index.ts';
import type { PaymentOrder, PaymentView } from '../../src/payments/schema.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createFullTenant, type FullTenant } from '../support/every-row.ts';
import { makeOwnFolder } from '../support/own-folder.ts';
import { razorpayKeys as keys } from '../support/razorpay.ts';
import { call } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

const program = path.resolve(import.meta.dirname, '../support/payment-server.ts');

let db: TestDatabase;
let clinic: FullTenant;
let cache: string;
let book: Book;
let served: ServedBook;
let server: { process: ChildProcess; url: string };
/** At which request of the provider's the server dies, before or after it is done there. */
let deadly: { pattern: RegExp; when: 'before' | 'after' } | undefined;
const asked: string[] = [];

beforeAll(async () => {
  cache = await makeOwnFolder(tmpdir(), 'housecall-test-cache-');
  db = await createTestDatabase();
  clinic = await createFullTenant(db);
  book = createBook(keys);
  served = await serveBook(book, keys, async ({ method, path: at }, answer) => {
    asked.push(`${method} ${at}`);
    if (!deadly?.pattern.test(`${method} ${at}`)) return answer();
    if (deadly.when === 'after') answer();
    deadly = undefined;
    server.process.kill('SIGKILL');
    return 'hang up';
  });
  server = await open();
});
afterAll(async () => {
  server.process.kill('SIGKILL');
  await served.close();
  await db[Symbol.asyncDispose]();
  await rm(cache, { recursive: true, force: true });
});

async function open(): Promise<{ process: ChildProcess; url: string }> {
  const child = fork(program, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {
      DATABASE_URL: db.appUrl,
      NODE_COMPILE_CACHE: cache,
      RAZORPAY_KEY_ID: keys.keyId,
      RAZORPAY_KEY_SECRET: keys.keySecret,
      RAZORPAY_WEBHOOK_SECRET: keys.webhookSecret,
      RAZORPAY_BASE_URL: served.baseUrl,
    },
  });
  const [url] = (await once(child, 'message')) as [string];
  return { process: child, url };
}

/** A visit that costs something. */
async function visit(): Promise<string> {
  const id = newId();
  await db.sql(
    `insert into appointment (id, tenant_id, practitioner_id, patient_id, service_id, modality, starts_at, ends_at, busy_from,
       busy_until, status, price_minor, currency, created_by_id)
     select $1, tenant_id, practitioner_id, patient_id, service_id, modality, at, at + interval '15 minutes', at,
       at + interval '15 minutes', 'booked', 50000, 'INR', created_by_id
     from (select a.*, now() + (select count(*) from appointment) * interval '1 day' as at from appointment a
       where tenant_id = $2 limit 1) as like_this`,
    [id, clinic.id],
  );
  return id;
}

async function ask<T>(method: string, at: string, body?: unknown): Promise<T> {
  const token = await clinic.token('admin');
  const answer = await call(`${server.url}/api/v1${at}`, method, { token, ...(body !== undefined && { body }) });
  if (answer.status >= 300) throw new Error(`It was refused: ${answer.status} ${answer.text}`);
  return answer.json as T;
}

/** Asks, dies, and starts the next server; what was waiting for its turn is due at once. */
async function dies(request: () => Promise<unknown>): Promise<void> {
  const gone = once(server.process, 'exit');
  const cut = request().catch((error: unknown) => error);
  await gone;
  await cut;
  expect(deadly).toBeUndefined();
  server = await open();
  await db.sql('update payment set next_look_at = now() where next_look_at is not null');
  await db.sql('update payment_refund set next_look_at = now() where next_look_at is not null');
}

const order = (appointmentId: string) => ask<PaymentOrder>('POST', '/payments/orders', { appointmentId });

async function payable(outcome: 'authorise' | 'capture') {
  const { checkout, payment } = await order(await visit());
  const done = checkout && book.pay(checkout.orderId, outcome);
  if (!done) throw new Error('The order cannot be paid.');
  const signed = {
    razorpayOrderId: checkout.orderId,
    razorpayPaymentId: done.paymentId,
    razorpaySignature: done.signature,
  };
  return { id: payment.id, signed };
}

const verify = (signed: object) => ask<PaymentView>('POST', '/payments/verify', signed);
const becomes = (id: string, status: PaymentView['status']) =>
  until(`payment ${status}`, async () => (await ask<PaymentView>('GET', `/payments/${id}`)).status === status, 30_000);

const times = ['before', 'after'] as const;

test.each(times)(
  'while an order is made: %s the provider has it',
  async (when) => {
    const appointmentId = await visit();
    deadly = { pattern: /^POST \/v1\/orders/, when };
    await dies(() => order(appointmentId));
    const { payment, checkout } = await order(appointmentId);
    expect(book.order(checkout?.orderId ?? '')).toMatchObject({ receipt: payment.id, amount: 50_000 });
    const { items } = book.answer('GET', `/v1/orders?receipt=${payment.id}`, undefined).body as { items: unknown[] };
    expect(items).toHaveLength(1);
  },
  60_000,
);

test.each(times)(
  'while a payment is taken: %s the provider has done it',
  async (when) => {
    const { id, signed } = await payable('authorise');
    deadly = { pattern: /capture$/, when };
    await dies(() => verify(signed));
    await becomes(id, 'paid');
    expect((await ask<PaymentView>('GET', `/payments/${id}`)).receiptNumber).toBeGreaterThan(1);
  },
  60_000,
);

test.each(times)(
  'while the provider is asked what was paid: %s it answers',
  async (when) => {
    const { id, signed } = await payable('capture');
    deadly = { pattern: /^GET \/v1\/payments\/pay_/, when };
    await dies(() => verify(signed));
    await becomes(id, 'paid');
    expect((await ask<PaymentView>('GET', `/payments/${id}`)).receiptNumber).toBeGreaterThan(1);
  },
  60_000,
);

test.each(times)(
  'while money goes back: %s the provider has sent it, and it is sent once',
  async (when) => {
    const { id, signed } = await payable('capture');
    await verify(signed);
    deadly = { pattern: /refund$/, when };
    await dies(() => ask('POST', `/payments/${id}/refund`, { amountMinor: 30_000 }));
    await becomes(id, 'partly_refunded');
    const made = book.answer('GET', `/v1/payments/${signed.razorpayPaymentId}`, undefined).body;
    expect(made).toMatchObject({ amount_refunded: 30_000 });
  },
  60_000,
);

test('after a webhook was kept, and before it was worked on', async () => {
  const { id, signed } = await payable('capture');
  const notice = book.notices.find(({ body }) => body.includes('captured') && body.includes(signed.razorpayPaymentId));
  if (!notice) throw new Error('Nothing was told.');
  const headers = { 'x-razorpay-event-id': notice.eventId, 'x-razorpay-signature': notice.signature };
  const body: unknown = JSON.parse(notice.body);
  const told = await call(`${server.url}/api/v1/payments/webhook`, 'POST', { body, headers });
  expect(told.json).toEqual({ status: 'kept' });
  await dies(async () => server.process.kill('SIGKILL'));
  await becomes(id, 'paid');
}, 180_000);

test('no receipt was given twice, and none is missing', async () => {
  const rows = await db.sql<{ number: number }>(
    'select receipt_number as number from payment where tenant_id = $1 and receipt_number is not null order by 1',
    [clinic.id],
  );
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, index) => index + 1));
  expect(rows.length).toBeGreaterThanOrEqual(6);
});
