import type { PaymentView } from '../../api/payments.ts';

/** What has not gone back yet, nor is on its way. Pure. */
export function leftOf({ amountMinor, refunds }: Pick<PaymentView, 'amountMinor' | 'refunds'>): number {
  const gone = refunds.filter(({ status, reason }) => status !== 'failed' && reason !== 'duplicate');
  return gone.reduce((left, refund) => left - refund.amountMinor, amountMinor);
}
