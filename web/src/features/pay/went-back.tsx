import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../api/payments.ts';
import { usePrice } from './use-pay.ts';

/** What of a payment went back, is on its way back, and what could not go. Nothing while nothing did. */
export function WentBack({ payment: { refunds, refundedMinor, currency } }: { payment: PaymentView }) {
  const { t } = useTranslation('pay');
  const price = usePrice();
  const sumOf = (wanted: 'pending' | 'failed') =>
    refunds
      .filter(({ status, reason }) => status === wanted && reason !== 'duplicate')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const [pending, failed] = [sumOf('pending'), sumOf('failed')];
  return (
    <>
      {refundedMinor > 0 && <p>{t('refunded', { price: price(refundedMinor, currency) })}</p>}
      {pending > 0 && <p>{t('goingBack', { price: price(pending, currency) })}</p>}
      {failed > 0 && <p>{t('backFailed', { price: price(failed, currency) })}</p>}
    </>
  );
}
