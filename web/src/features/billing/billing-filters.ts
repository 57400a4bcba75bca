/** The filters of the clinic's payments, in the address bar and as the server takes them; amounts as people write them. Pure. */
import { type PaymentFilter, type PaymentStatus, paymentStatuses } from '../../api/payments.ts';
import { type ClinicTime, dayStart, nextDay } from '../../ui/time.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;
const amount = /^\d{1,9}([.,]\d{1,3})?$/;

export const billingFilterForms = {
  state: new RegExp(`^(${paymentStatuses.join('|')})$`),
  whose: uuid,
  from: day,
  to: day,
  min: amount,
  max: amount,
};
export type BillingFilterValues = Record<keyof typeof billingFilterForms, string>;

/** How many decimals the currency has (ISO 4217). */
export function placesOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `499.50` of a currency with two decimals is 49950; null for what is no amount of it. */
export function readAmount(text: string, places: number): number | null {
  const trimmed = text.trim();
  if (!amount.test(trimmed)) return null;
  const [whole = '', rest = ''] = trimmed.split(/[.,]/);
  if (rest.length > places) return null;
  return Number(whole + rest.padEnd(places, '0'));
}

/** Days become instants in the clinic's zone; both are inside. `places` are those of the clinic's usual currency. */
export function toBillingFilter(values: BillingFilterValues, time: ClinicTime, places: number): PaymentFilter {
  const from = values.from === '' ? null : dayStart(time, values.from);
  const to = values.to === '' ? null : dayStart(time, nextDay(values.to));
  return {
    status: values.state === '' ? undefined : (values.state as PaymentStatus),
    patientId: values.whose === '' ? undefined : values.whose,
    from: from?.toISOString(),
    to: to?.toISOString(),
    minMinor: readAmount(values.min, places) ?? undefined,
    maxMinor: readAmount(values.max, places) ?? undefined,
  };
}

export interface Total {
  currency: string;
  count: number;
  paidMinor: number;
  refundedMinor: number;
}

/** What was paid and what went back of these, by currency. */
export function totalsOf(
  payments: readonly { currency: string; paidAt: string | null; amountMinor: number; refundedMinor: number }[],
): Total[] {
  const totals = new Map<string, Total>();
  for (const { currency, paidAt, amountMinor, refundedMinor } of payments) {
    if (paidAt === null) continue;
    const before = totals.get(currency) ?? { currency, count: 0, paidMinor: 0, refundedMinor: 0 };
    totals.set(currency, {
      currency,
      count: before.count + 1,
      paidMinor: before.paidMinor + amountMinor,
      refundedMinor: before.refundedMinor + refundedMinor,
    });
  }
  return [...totals.values()].toSorted((a, b) => b.paidMinor - a.paidMinor);
}
