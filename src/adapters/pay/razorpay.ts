/** Razorpay through its own SDK. */
import Razorpay from 'razorpay';
import type { z } from 'zod';
import { OutsideCalls, OutsideFailure, type OutsideOptions } from '../../platform/outside/calls.ts';
import { listOf, OrderEntity, PaymentEntity, RefundEntity, tenantNote, toPayment, toRefund } from './answers.ts';
import { type Checkout, type PayProvider, ProviderRefusal } from './provider.ts';
import { isSigned, paidMessage } from './signature.ts';

export interface RazorpayOptions {
  keyId: string;
  keySecret: string;
  webhookSecret: string | undefined;
  /** Of the API; Razorpay's own unless given. */
  baseUrl?: string | undefined;
  provider?: Checkout['provider'];
  timeoutMs?: number;
  outside?: OutsideOptions;
}

/** What the SDK has and its types do not say: its axios, which takes no other base address. */
interface Inner {
  rq: {
    defaults: { baseURL?: string; timeout?: number; maxRedirects?: number; proxy?: false; maxContentLength?: number };
  };
}

const pageOf = 100;
/** A day of a clinic has fewer; beyond it somebody else's account is being read. */
const mostPages = 200;

function open(options: RazorpayOptions): Razorpay {
  const rz = new Razorpay({ key_id: options.keyId, key_secret: options.keySecret });
  const { defaults } = (rz.api as unknown as Inner).rq;
  // No redirect is followed and no proxy of the environment asked: the key goes along with each request.
  Object.assign(defaults, {
    timeout: options.timeoutMs ?? 8_000,
    maxRedirects: 0,
    proxy: false,
    maxContentLength: 5_000_000,
  });
  if (options.baseUrl !== undefined) defaults.baseURL = options.baseUrl.replace(/\/$/, '');
  return rz;
}

export function createRazorpay(options: RazorpayOptions): PayProvider {
  const { keyId, keySecret, webhookSecret, provider = 'razorpay' } = options;
  const rz = open(options);
  const calls = new OutsideCalls('The payment provider', options.outside);
  const ask = <S extends z.ZodType>(
    schema: S,
    how: 'read' | 'write',
    send: () => Promise<unknown>,
  ): Promise<z.output<S>> => calls.call(() => attempt(schema, how, send));

  const payment = async (id: string) => toPayment(await ask(PaymentEntity, 'read', () => rz.payments.fetch(id)));
  const paymentsOf = async (orderId: string) => {
    const { items } = await ask(listOf(PaymentEntity), 'read', () => rz.orders.fetchPayments(orderId));
    return items.map(toPayment);
  };
  return {
    checkout: { provider, keyId },
    payment,
    paymentsOf,
    async createOrder({ receipt, amountMinor, currency, tenantId }) {
      const body = { receipt, amount: amountMinor, currency, notes: { [tenantNote]: tenantId } };
      return (await ask(OrderEntity, 'write', () => rz.orders.create(body))).id;
    },
    async findOrder(receipt) {
      const { items } = await ask(listOf(OrderEntity), 'read', () => rz.orders.all({ receipt, count: pageOf }));
      return items.find((order) => order.receipt === receipt)?.id ?? null;
    },
    async capture({ id, amountMinor, currency }) {
      try {
        return toPayment(await ask(PaymentEntity, 'write', () => rz.payments.capture(id, amountMinor, currency)));
      } catch (error) {
        // Somebody else was quicker, or an earlier answer was lost: what is there now says so.
        const now = await payment(id);
        if (now.status === 'captured' || now.status === 'refunded') return now;
        throw error;
      }
    },
    async refund(paymentId, { amountMinor, receipt }) {
      const body = { amount: amountMinor, receipt, speed: 'normal' as const };
      return toRefund(await ask(RefundEntity, 'write', () => rz.payments.refund(paymentId, body)));
    },
    async refundsOf(paymentId) {
      const all = { count: pageOf };
      const { items } = await ask(listOf(RefundEntity), 'read', () => rz.payments.fetchMultipleRefund(paymentId, all));
      return items.map(toRefund);
    },
    async paymentsBetween(from, until) {
      const time = { from: Math.floor(from.getTime() / 1_000), to: Math.ceil(until.getTime() / 1_000) - 1 };
      return allPages(async (skip) => {
        const place = { ...time, count: pageOf, skip };
        return (await ask(listOf(PaymentEntity), 'read', () => rz.payments.all(place))).items.map(toPayment);
      });
    },
    isSignedPayment: ({ orderId, paymentId, signature }) =>
      isSigned(paidMessage(orderId, paymentId), signature, keySecret),
    isSignedNotice: (body, signature) => webhookSecret !== undefined && isSigned(body, signature, webhookSecret),
  };
}

async function allPages<T>(read: (skip: number) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const items = await read(page * pageOf);
    found.push(...items);
    if (items.length < pageOf) break;
  }
  return found;
}

/** What the SDK throws for an answer that is no success. For no answer at all it throws a TypeError of its own making. */
interface SdkFailure {
  statusCode: number;
  error?: { code?: unknown; description?: unknown };
}

async function attempt<S extends z.ZodType>(schema: S, how: 'read' | 'write', send: () => Promise<unknown>) {
  const answer = await send().catch((thrown: unknown) => refuse(thrown, how));
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  // What it sent may hold a person's address: only where it does not fit is told.
  const places = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new OutsideFailure(`The payment provider's answer does not fit: ${places}.`, { again: how === 'read' });
}

function refuse(thrown: unknown, how: 'read' | 'write'): never {
  const isAnswer = typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown;
  const status = isAnswer ? (thrown as SdkFailure).statusCode : 0;
  // A write that was turned away for being too many was not done; one whose answer is lost may have been.
  const again = how === 'read' || status === 429;
  if (status === 0 || status === 429 || status >= 500) {
    throw new OutsideFailure(`The payment provider failed (${status || 'no answer'}).`, { again });
  }
  const code = (thrown as SdkFailure).error?.code;
  throw new ProviderRefusal(typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : `HTTP_${status}`);
}
