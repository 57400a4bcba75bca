/**
 * Razorpay's own HTTP protocol, request by request: what our adapter sends through the real SDK, and what it reads of answers
 * with every field that the reference has. The double that the other tests use is judged by the same entities.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Razorpay from 'razorpay';
import { createRazorpay, type PayProvider, ProviderRefusal } from '../../src/adapters/pay/index.ts';
import { createBook } from '../../src/adapters/pay/sandbox/index.ts';
import { sign } from '../../src/adapters/pay/signature.ts';
import {
  failedPayment,
  listing,
  orderEntity,
  paymentEntity,
  refundEntity,
  refusal,
} from '../support/razorpay-entities.ts';

const keys = { keyId: 'rzp_test_wire', keySecret: 'wire secret', webhookSecret: 'wire webhook secret' };

interface Request {
  what: string;
  query: Record<string, string>;
  authorization: string | undefined;
  body: unknown;
}

const seen: Request[] = [];
/** What the next requests are answered, in order. */
const answers: { status: number; body: unknown }[] = [];
const server = createServer((req, res) => {
  void read(req).then((text) => {
    const url = new URL(req.url ?? '/', 'http://wire');
    seen.push({
      what: `${req.method} ${url.pathname}`,
      query: Object.fromEntries(url.searchParams),
      authorization: req.headers.authorization,
      body: text === '' ? undefined : JSON.parse(text),
    });
    const { status, body } = answers.shift() ?? { status: 500, body: {} };
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
});
let provider: PayProvider;

async function read(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const outside = { tries: 1, pauseMs: 1, failures: 100, openMs: 1 };
  provider = createRazorpay({ ...keys, baseUrl: `http://127.0.0.1:${port}`, outside });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
  answers.length = 0;
});

/** Answers with each body in turn. */
function answering(...bodies: unknown[]): void {
  answers.push(...bodies.map((body) => ({ status: 200, body })));
}

describe('a request', () => {
  it('for an order carries price, receipt and clinic, and the key as HTTP’s basic credentials', async () => {
    answering(orderEntity);
    const order = { receipt: 'r1', amountMinor: 50_000, currency: 'INR', tenantId: 'clinic-1' };
    expect(await provider.createOrder(order)).toBe(orderEntity.id);
    const authorization = `Basic ${Buffer.from(`${keys.keyId}:${keys.keySecret}`).toString('base64')}`;
    expect(seen).toEqual([
      {
        what: 'POST /v1/orders',
        query: {},
        authorization,
        body: { receipt: 'r1', amount: 50_000, currency: 'INR', notes: { housecall_tenant: 'clinic-1' } },
      },
    ]);
  });

  it('for the order of a receipt names it, and believes no other', async () => {
    answering(listing([orderEntity]), listing([orderEntity]));
    expect(await provider.findOrder(orderEntity.receipt)).toBe(orderEntity.id);
    expect(await provider.findOrder('of somebody else')).toBeNull();
    expect(seen[0]).toMatchObject({ what: 'GET /v1/orders', query: { receipt: orderEntity.receipt } });
  });

  it('to take what was authorised names the amount, and is content when somebody was quicker', async () => {
    const due = { id: paymentEntity.id, amountMinor: 50_000, currency: 'INR' };
    answering(paymentEntity);
    expect((await provider.capture(due)).status).toBe('captured');
    expect(seen[0]).toMatchObject({
      what: `POST /v1/payments/${paymentEntity.id}/capture`,
      body: { amount: 50_000, currency: 'INR' },
    });
    answers.push({ status: 400, body: refusal('This payment has already been captured') });
    answering(paymentEntity);
    expect((await provider.capture(due)).status).toBe('captured');
    answers.push({ status: 400, body: refusal('The bank said no') });
    answering({ ...paymentEntity, status: 'authorized', captured: false });
    await expect(provider.capture(due)).rejects.toBeInstanceOf(ProviderRefusal);
  });

  it('to give back carries our number, and finds it again', async () => {
    answering(refundEntity, listing([refundEntity]));
    const receipt = refundEntity.receipt ?? '';
    const refund = await provider.refund(paymentEntity.id, { amountMinor: 20_000, receipt });
    const known = {
      id: refundEntity.id,
      paymentId: paymentEntity.id,
      amountMinor: 20_000,
      status: 'processed',
      receipt,
    };
    expect(refund).toEqual(known);
    expect(await provider.refundsOf(paymentEntity.id)).toEqual([known]);
    expect(seen[0]).toMatchObject({
      what: `POST /v1/payments/${paymentEntity.id}/refund`,
      body: { amount: 20_000, receipt, speed: 'normal' },
    });
    expect(seen[1]).toMatchObject({ what: `GET /v1/payments/${paymentEntity.id}/refunds` });
  });

  it('for a day’s payments goes through all pages, in whole seconds and without the next day’s first', async () => {
    answering(listing(Array.from({ length: 100 }, () => paymentEntity)), listing([failedPayment]));
    const from = new Date('2026-11-21T00:00:00Z');
    const found = await provider.paymentsBetween(from, new Date('2026-11-22T00:00:00Z'));
    expect(found).toHaveLength(101);
    const seconds = from.getTime() / 1_000;
    expect(seen.map(({ query }) => query)).toEqual(
      ['0', '100'].map((skip) => ({ from: `${seconds}`, to: `${seconds + 86_399}`, count: '100', skip })),
    );
  });
});

describe('an answer', () => {
  it('is read with all that the reference has, and nothing of the person is kept', async () => {
    answering(paymentEntity, failedPayment, { ...paymentEntity, notes: { housecall_tenant: 'clinic-1' } });
    const read = await provider.payment(paymentEntity.id);
    expect(read).toEqual({
      id: paymentEntity.id,
      orderId: orderEntity.id,
      status: 'captured',
      amountMinor: 50_000,
      currency: 'INR',
      method: 'upi',
      failureCode: null,
      refundedMinor: 0,
      tenantId: null,
    });
    expect(await provider.payment('x')).toMatchObject({ status: 'failed', failureCode: 'BAD_REQUEST_ERROR' });
    expect((await provider.payment('x')).tenantId).toBe('clinic-1');
  });

  it('that is none of the kind asked for is not believed', async () => {
    answering(refundEntity);
    await expect(provider.payment('x')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    answers.push({ status: 400, body: refusal('The id provided does not exist') });
    await expect(provider.payment('x')).rejects.toMatchObject({ code: 'BAD_REQUEST_ERROR' });
  });
});

describe('signatures', () => {
  it('are those that the SDK itself takes for good, and no others', () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const [orderId, paymentId] = [`order_${crypto.randomUUID()}`, `pay_${crypto.randomUUID()}`];
      const signature = sign(`${orderId}|${paymentId}`, keys.keySecret);
      expect(provider.isSignedPayment({ orderId, paymentId, signature })).toBe(true);
      const swapped = { orderId: paymentId, paymentId: orderId, signature };
      expect(provider.isSignedPayment(swapped)).toBe(false);
      const body = JSON.stringify({ event: 'payment.captured', turn, orderId });
      const signed = sign(body, keys.webhookSecret);
      expect(Razorpay.validateWebhookSignature(body, signed, keys.webhookSecret)).toBe(true);
      expect(provider.isSignedNotice(Buffer.from(body), signed)).toBe(true);
      expect(provider.isSignedNotice(Buffer.from(`${body} `), signed)).toBe(false);
    }
  });
});

describe('the double of the other tests', () => {
  const book = createBook(keys);
  const answer = (method: string, path: string, body?: unknown) => book.answer(method, path, body).body as object;
  /** What of it the reference does not have, or has as another kind of value. */
  const strange = (made: object, reference: object) => {
    const known = new Map(Object.entries(reference));
    const kindOf = (value: unknown) => (value === null || Array.isArray(value) ? 'object' : typeof value);
    return Object.entries(made)
      .filter(([name, value]) => {
        const like = known.get(name);
        return !known.has(name) || (value !== null && like !== null && kindOf(value) !== kindOf(like));
      })
      .map(([name]) => name);
  };

  it('answers with fields that the reference has, of its kinds', () => {
    const order = answer('POST', '/v1/orders', { amount: 50_000, currency: 'INR', receipt: 'r', notes: {} });
    const { id } = order as { id: string };
    const paid = book.pay(id, 'capture');
    const at = `/v1/payments/${paid?.paymentId}`;
    expect(strange(order, orderEntity)).toEqual([]);
    expect(strange(answer('GET', at), paymentEntity)).toEqual([]);
    expect(strange(answer('POST', `${at}/refund`, { amount: 100, receipt: 'x' }), refundEntity)).toEqual([]);
    expect(strange(answer('GET', '/v1/payments'), listing([]))).toEqual([]);
  });
});
