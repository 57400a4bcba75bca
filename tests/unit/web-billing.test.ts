/** The clinic's books in the browser: amounts as people write them, filters in the address, totals, what is left of a payment. */
import { describe, expect, it, test } from '@jest/globals';
import type { PaymentView } from '../../src/payments/schema.ts';
import { placesOf, readAmount, toBillingFilter, totalsOf } from '../../web/src/features/billing/billing-filters.ts';
import { leftOf } from '../../web/src/features/billing/left-of.ts';

test.each([
  ['500', 2, 50_000],
  ['499.5', 2, 49_950],
  ['499,50', 2, 49_950],
  [' 0.01 ', 2, 1],
  ['500', 0, 500],
  ['12.345', 3, 12_345],
  ['12.345', 2, null],
  ['1.5', 0, null],
  ['', 2, null],
  ['-5', 2, null],
  ['1e3', 2, null],
  ['5 00', 2, null],
  ['1.', 2, null],
])('%j with %d decimals is %p minor units', (text, places, minor) => {
  expect(readAmount(text, places)).toBe(minor);
});

test('a currency has the decimals that ISO 4217 gives it', () => {
  expect(['INR', 'JPY', 'KWD'].map(placesOf)).toEqual([2, 0, 3]);
});

describe('the filters of the books', () => {
  it('become instants of the clinic’s day and minor units', () => {
    const time = { timeZone: 'Asia/Kolkata', locale: 'en' };
    const values = { state: 'paid', whose: '', from: '2026-11-21', to: '2026-11-21', min: '100', max: '' };
    expect(toBillingFilter(values, time, 2)).toEqual({
      status: 'paid',
      patientId: undefined,
      from: '2026-11-20T18:30:00.000Z',
      to: '2026-11-21T18:30:00.000Z',
      minMinor: 10_000,
      maxMinor: undefined,
    });
  });
});

describe('totals', () => {
  it('add up by currency what was paid, and leave out what was not', () => {
    const one = (currency: string, amountMinor: number, paidAt: string | null, refundedMinor = 0) => {
      return { currency, amountMinor, paidAt, refundedMinor };
    };
    const at = '2026-11-22T10:00:00Z';
    expect(totalsOf([one('INR', 500, at), one('USD', 9, at), one('INR', 700, at, 200), one('INR', 90, null)])).toEqual([
      { currency: 'INR', count: 2, paidMinor: 1_200, refundedMinor: 200 },
      { currency: 'USD', count: 1, paidMinor: 9, refundedMinor: 0 },
    ]);
    expect(totalsOf([])).toEqual([]);
  });
});

test('what is left to give back counts what is on its way, and neither what failed nor a second payment', () => {
  const refund = (amountMinor: number, status: string, reason = 'requested') => ({ amountMinor, status, reason });
  const refunds = [
    refund(100, 'processed'),
    refund(50, 'pending'),
    refund(30, 'failed'),
    refund(500, 'processed', 'duplicate'),
  ];
  expect(leftOf({ amountMinor: 500, refunds } as unknown as PaymentView)).toBe(350);
});
