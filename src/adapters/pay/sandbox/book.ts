/**
 * What Razorpay keeps, in memory, and how it answers over HTTP: orders, payments, capture and refunds as its API reference
 * has them. For trying everything out where no money moves.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { paidMessage, sign } from '../signature.ts';

export interface BookKeys {
  keyId: string;
  keySecret: string;
  webhookSecret: string;
}

interface Order {
  id: string;
  receipt: string | null;
  amount: number;
  currency: string;
  status: 'created' | 'attempted' | 'paid';
  amount_paid: number;
  notes: unknown;
  created_at: number;
}

interface Payment {
  id: string;
  order_id: string;
  amount: number;
  currency: string;
  status: 'authorized' | 'captured' | 'refunded' | 'failed';
  method: string;
  error_code: string | null;
  amount_refunded: number;
  notes: unknown;
  created_at: number;
}

interface Refund {
  id: string;
  payment_id: string;
  amount: number;
  currency: string;
  status: 'processed';
  receipt: string | null;
  created_at: number;
}

/** As it is posted to whoever is to be told. */
export interface Notice {
  eventId: string;
  body: string;
  signature: string;
}

export interface Answer {
  status: number;
  body: unknown;
}

export interface Book {
  /** Answers a request of its API; `path` without the address, with its query. */
  answer(method: string, path: string, body: unknown): Answer;
  /** Somebody pays at the checkout, or is turned down; null for an order that is paid or not there. */
  pay(orderId: string, outcome: 'authorise' | 'capture' | 'fail'): { paymentId: string; signature: string } | null;
  order(orderId: string): Order | undefined;
  /** All that was told, in order. */
  readonly notices: readonly Notice[];
}

const NewOrder = z.object({
  amount: z.int().min(1),
  currency: z.string().length(3),
  receipt: z.string().max(40).nullish(),
  notes: z.unknown(),
});
const NewCapture = z.object({ amount: z.int(), currency: z.string().optional() });
const NewRefund = z.object({ amount: z.int().min(1).optional(), receipt: z.string().max(40).nullish() });

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const newId = (kind: string) =>
  `${kind}_${Array.from(randomBytes(14), (byte) => letters[byte % letters.length]).join('')}`;
const seconds = () => Math.floor(Date.now() / 1_000);

const ok = (body: unknown): Answer => ({ status: 200, body });
const bad = (description: string): Answer => ({
  status: 400,
  body: { error: { code: 'BAD_REQUEST_ERROR', description, source: 'NA', step: 'NA', reason: 'NA', metadata: {} } },
});
const listed = (items: readonly unknown[]): Answer => ok({ entity: 'collection', count: items.length, items });

/** What a book holds. */
interface Shelf {
  keys: BookKeys;
  orders: Map<string, Order>;
  payments: Map<string, Payment>;
  refunds: Refund[];
  notices: Notice[];
  onNotice(notice: Notice): void;
}

export function createBook(keys: BookKeys, onNotice: (notice: Notice) => void = () => undefined): Book {
  const shelf: Shelf = { keys, orders: new Map(), payments: new Map(), refunds: [], notices: [], onNotice };
  return {
    notices: shelf.notices,
    order: (id) => shelf.orders.get(id),
    answer: (method, path, body) => answer(shelf, method, new URL(path, 'http://sandbox'), body),
    pay: (orderId, outcome) => pay(shelf, orderId, outcome),
  };
}

function answer(shelf: Shelf, method: string, url: URL, body: unknown): Answer {
  const { orders, payments, refunds } = shelf;
  const [, version, folder, id = '', action = ''] = url.pathname.split('/');
  const what = `${method} ${version === 'v1' ? folder : ''}${id === '' ? '' : '/:id'}${action === '' ? '' : `/${action}`}`;
  const page = pageOf(url.searchParams);
  if (what === 'POST orders') return createOrder(shelf, body);
  if (what === 'GET orders') {
    const receipt = url.searchParams.get('receipt');
    return listed(page([...orders.values()].filter((one) => receipt === null || one.receipt === receipt)));
  }
  if (what === 'GET orders/:id/payments') {
    return orders.has(id) ? listed([...payments.values()].filter((one) => one.order_id === id)) : noSuchId;
  }
  if (what === 'GET payments') return listed(page([...payments.values()]));
  const payment = payments.get(id);
  if (folder !== 'payments' || !payment) return noSuchId;
  if (what === 'GET payments/:id') return ok({ entity: 'payment', ...payment });
  if (what === 'POST payments/:id/capture') return capture(shelf, payment, body);
  if (what === 'POST payments/:id/refund') return refund(shelf, payment, body);
  if (what === 'GET payments/:id/refunds') return listed(refunds.filter((one) => one.payment_id === id));
  return noSuchId;
}

function tell(shelf: Shelf, event: string, about: { payment?: Payment; order?: Order; refund?: Refund }): void {
  const payload = Object.fromEntries(
    Object.entries(about).map(([name, entity]) => [name, { entity: { entity: name, ...entity } }]),
  );
  const told = { entity: 'event', account_id: 'acc_sandbox', event, contains: Object.keys(about), payload };
  const body = JSON.stringify({ ...told, created_at: seconds() });
  const notice = { eventId: newId('evt'), body, signature: sign(body, shelf.keys.webhookSecret) };
  shelf.notices.push(notice);
  shelf.onNotice(notice);
}

function take(shelf: Shelf, payment: Payment): void {
  payment.status = 'captured';
  const order = shelf.orders.get(payment.order_id);
  if (order) Object.assign(order, { status: 'paid', amount_paid: order.amount });
  tell(shelf, 'payment.captured', { payment });
  if (order) tell(shelf, 'order.paid', { payment, order });
}

function createOrder({ orders }: Shelf, body: unknown): Answer {
  const parsed = NewOrder.safeParse(body);
  if (!parsed.success) return bad(`The ${parsed.error.issues[0]?.path.join('.')} field is invalid.`);
  const { receipt = null, notes = [], amount, currency } = parsed.data;
  const begun = { status: 'created', amount_paid: 0, created_at: seconds() } as const;
  const order: Order = { id: newId('order'), receipt, amount, currency, notes, ...begun };
  orders.set(order.id, order);
  return ok({ entity: 'order', ...order });
}

function capture(shelf: Shelf, payment: Payment, body: unknown): Answer {
  const parsed = NewCapture.safeParse(body);
  if (payment.status !== 'authorized') return bad('This payment has already been captured');
  if (!parsed.success || parsed.data.amount !== payment.amount) {
    return bad('Capture amount must be equal to the amount authorized');
  }
  take(shelf, payment);
  return ok({ entity: 'payment', ...payment });
}

function refund(shelf: Shelf, payment: Payment, body: unknown): Answer {
  const parsed = NewRefund.safeParse(body ?? {});
  if (!parsed.success) return bad('The amount is invalid.');
  if (payment.status === 'refunded') return bad('The payment has been fully refunded already');
  if (payment.status !== 'captured') return bad('The payment status should be captured for action to be taken');
  const left = payment.amount - payment.amount_refunded;
  const { amount = left, receipt = null } = parsed.data;
  if (amount > left) return bad('The total refund amount is greater than the refund payment amount');
  payment.amount_refunded += amount;
  if (payment.amount_refunded === payment.amount) payment.status = 'refunded';
  const { id, currency } = payment;
  const done = { status: 'processed', created_at: seconds() } as const;
  const made: Refund = { id: newId('rfnd'), payment_id: id, amount, currency, receipt, ...done };
  shelf.refunds.push(made);
  tell(shelf, 'refund.processed', { payment, refund: made });
  return ok({ entity: 'refund', ...made });
}

function pay(shelf: Shelf, orderId: string, outcome: Parameters<Book['pay']>[1]): ReturnType<Book['pay']> {
  const order = shelf.orders.get(orderId);
  if (!order || order.status === 'paid') return null;
  const { amount, currency, notes } = order;
  const failed = outcome === 'fail';
  const ended = { status: failed ? 'failed' : 'authorized', error_code: failed ? 'BAD_REQUEST_ERROR' : null } as const;
  const price = { amount, currency, notes, amount_refunded: 0 };
  const payment: Payment = {
    id: newId('pay'),
    order_id: orderId,
    method: 'upi',
    ...price,
    ...ended,
    created_at: seconds(),
  };
  shelf.payments.set(payment.id, payment);
  order.status = 'attempted';
  tell(shelf, failed ? 'payment.failed' : 'payment.authorized', { payment });
  if (outcome === 'capture') take(shelf, payment);
  return { paymentId: payment.id, signature: sign(paidMessage(orderId, payment.id), shelf.keys.keySecret) };
}

const noSuchId = bad('The id provided does not exist');

/** `from` and `to` in seconds, `skip` and `count` as in all of its lists, the newest first. */
function pageOf(query: URLSearchParams) {
  const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
  const [from, to, skip, count] = [
    number('from', 0),
    number('to', Number.MAX_SAFE_INTEGER),
    number('skip', 0),
    number('count', 10),
  ];
  return <T extends { created_at: number }>(all: readonly T[]): T[] =>
    all
      .filter(({ created_at: at }) => at >= from && at <= to)
      .toReversed()
      .slice(skip, skip + count);
}
