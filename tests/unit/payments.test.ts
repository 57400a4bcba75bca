/** Payments without a database: signatures, the machine, the rule of refunds, the comparison of a day. */
import { describe, expect, it, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isSigned, paidMessage } from '../../src/adapters/pay/signature.ts';
import type { PaymentEvent } from '../../src/payments/machine.ts';
import { inMajor } from '../../src/payments/receipt.ts';
import { lastDay } from '../../src/payments/reconcile.ts';
import { refundOf, type VisitEnd } from '../../src/payments/rule.ts';
import { type StoredPayment, step } from '../../src/payments/step.ts';

describe('signatures', () => {
  // From the tests of Razorpay's own SDK (razorpay-node, test/utils).
  const webhook = [
    '{"a":1,"b":2,"c":{"d":3}}',
    '2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc',
    '123456',
  ] as const;
  const order = [
    paidMessage('order_IEIaMR65cu6nz3', 'pay_IH4NVgf4Dreq1l'),
    '0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f',
    'EnLs21M47BllR3X8PSFtjtbd',
  ] as const;

  test.each([
    ['of a webhook', webhook],
    ['of a payment', order],
  ])('the published example %s is good', (_what, [message, signature, secret]) => {
    expect(isSigned(message, signature, secret)).toBe(true);
    expect(isSigned(`${message} `, signature, secret)).toBe(false);
    expect(isSigned(message, signature, `${secret}!`)).toBe(false);
    expect(isSigned(message, `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`, secret)).toBe(false);
  });

  test.each(['', 'x', '0'.repeat(63), '0'.repeat(65), 'Z'.repeat(64)])(
    '%j is no signature, and no error',
    (signature) => {
      expect(isSigned('message', signature, 'secret')).toBe(false);
    },
  );
});

const fresh: StoredPayment = {
  status: 'pending',
  context: {
    amountMinor: 500,
    refundedMinor: 0,
    providerPaymentId: null,
    method: null,
    failureCode: null,
    paidAt: null,
  },
};
const at = '2026-11-22T10:00:00.000Z';
const capture = (id: string): PaymentEvent => ({ type: 'capture', providerPaymentId: id, method: 'upi', at });
const authorise = (id: string): PaymentEvent => ({ type: 'authorise', providerPaymentId: id, method: 'upi' });
const fail = (id: string): PaymentEvent => ({ type: 'fail', providerPaymentId: id, code: 'BAD' });
const refund = (refundedMinor: number): PaymentEvent => ({ type: 'refund', refundedMinor });
const after = (...events: PaymentEvent[]) =>
  events.reduce((stored, event) => {
    const stepped = step(stored, event);
    return stepped.changed ? stepped.stored : stored;
  }, fresh);

describe('a payment', () => {
  test.each<[string, PaymentEvent[], StoredPayment['status']]>([
    ['is authorised, then paid', [authorise('a'), capture('a')], 'paid'],
    ['is paid without being authorised first', [capture('a')], 'paid'],
    ['stays paid when what came before is told afterwards', [capture('a'), authorise('a'), fail('a')], 'paid'],
    ['fails and is paid by another attempt', [fail('a'), authorise('b'), capture('b')], 'paid'],
    ['is not failed by an attempt that is over', [authorise('b'), fail('a')], 'authorised'],
    ['goes back in part, then whole', [capture('a'), refund(200), refund(500)], 'refunded'],
    ['goes back in part', [capture('a'), refund(200)], 'partly_refunded'],
    ['does not go back before it is paid', [refund(200)], 'pending'],
    [
      'does not go back by less than before, nor by more than there was',
      [capture('a'), refund(200), refund(100), refund(600)],
      'partly_refunded',
    ],
    ['is not paid again after it went back', [capture('a'), refund(500), capture('b')], 'refunded'],
  ])('%s', (_what, events, status) => {
    expect(after(...events).status).toBe(status);
  });

  it('is credited once, by whichever success is first, in whatever order all is told', () => {
    const anyEvent = fc.oneof(
      fc.constantFrom('a', 'b', 'c').map(authorise),
      fc.constantFrom('a', 'b', 'c').map(capture),
      fc.constantFrom('a', 'b', 'c').map(fail),
      fc.integer({ min: 1, max: 700 }).map(refund),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let stored = fresh;
        let credited: string | null = null;
        let credits = 0;
        for (const event of events) {
          const stepped = step(stored, event);
          if (!stepped.changed) continue;
          if (stored.context.paidAt === null && stepped.stored.context.paidAt !== null) {
            credits += 1;
            credited = stepped.stored.context.providerPaymentId;
          }
          expect(stepped.stored.context.refundedMinor).toBeGreaterThanOrEqual(stored.context.refundedMinor);
          expect(stepped.stored.context.refundedMinor).toBeLessThanOrEqual(500);
          stored = stepped.stored;
        }
        expect(credits).toBe(events.some(({ type }) => type === 'capture') ? 1 : 0);
        expect(credited ?? stored.context.providerPaymentId).toBe(stored.context.providerPaymentId);
      }),
    );
  });
});

describe('what goes back when a visit is over', () => {
  const end: VisitEnd = {
    status: 'cancelled',
    cancelledBy: 'patient',
    cancelledLate: false,
    noShowSide: null,
    brokeOff: false,
  };
  const noshow = { status: 'noshow', cancelledBy: null } as const;
  test.each<[string, Partial<VisitEnd>, number | null]>([
    ['the patient called off in time', {}, 100],
    ['the patient called off late', { cancelledLate: true }, 25],
    ['the doctor called off', { cancelledBy: 'doctor' }, 100],
    ['the desk called off late', { cancelledBy: 'staff', cancelledLate: true }, 100],
    ['the doctor was not there', { ...noshow, noShowSide: 'doctor' }, 100],
    ['nobody was there', { ...noshow, noShowSide: 'both' }, 100],
    ['the patient was not there', { ...noshow, noShowSide: 'patient' }, null],
    ['it took place', { status: 'fulfilled', cancelledBy: null }, null],
    ['it broke off through a server of ours', { status: 'fulfilled', cancelledBy: null, brokeOff: true }, 100],
  ])('%s', (_what, changes, percent) => {
    expect(refundOf({ ...end, ...changes }, { lateCancelRefundPercent: 25 })?.percent ?? null).toBe(percent);
  });

  it('is nothing for who calls off late, where the clinic keeps all of it', () => {
    expect(refundOf({ ...end, cancelledLate: true }, { lateCancelRefundPercent: 0 })).toBeNull();
  });
});

test.each([
  [50_000, 'INR', 'INR 500.00'],
  [1, 'INR', 'INR 0.01'],
  [500, 'JPY', 'JPY 500'],
  [12_345, 'KWD', 'KWD 12.345'],
])('%d minor units of %s are written %s', (minor, currency, text) => {
  expect(inMajor(minor, currency)).toBe(text);
});

test('a day is compared once it is over and an hour has passed', () => {
  const of = (now: string) => lastDay(new Date(now)).toISOString();
  expect(of('2026-11-22T00:59:59.999Z')).toBe('2026-11-20T00:00:00.000Z');
  expect(of('2026-11-22T01:00:00.000Z')).toBe('2026-11-21T00:00:00.000Z');
});
