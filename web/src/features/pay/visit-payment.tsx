import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PaymentTerms, PaymentView } from '../../api/payments.ts';
import type { Appointment } from '../../api/scheduling.ts';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import styles from '../booking/booking.module.css';
import { ReceiptButton } from './receipt-button.tsx';
import { isOwed, usePaymentOf, usePrice, useTerms } from './use-pay.ts';
import { WentBack } from './went-back.tsx';

interface ToPayProps {
  appointment: Appointment;
  terms: PaymentTerms;
}

function ToPay({ appointment: { id, priceMinor, currency, modality }, terms }: ToPayProps) {
  const { t } = useTranslation('pay');
  const price = usePrice()(priceMinor, currency);
  const { provider, paymentBeforeJoin, lateCancelRefundPercent: percent } = terms;
  const isFirst = paymentBeforeJoin && modality === 'video';
  if (provider === null) return <p>{t('visit.atClinic')}</p>;
  const late = percent === 0 ? 'visit.lateNone' : percent === 100 ? 'visit.lateAll' : 'visit.late';
  return (
    <>
      <p>
        <strong>{t('visit.open', { price })}</strong> {isFirst && t('visit.first')}
      </p>
      <p className="dimmed">{t(late, { percent })}</p>
      {/* A step of the browser's own: that page alone may load the payment provider's script. */}
      <Button component="a" href={paths.pay(id)} size="md" variant={isFirst ? 'filled' : 'default'}>
        {t('pay', { price })}
      </Button>
    </>
  );
}

function WasPaid({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('pay');
  const price = usePrice()(payment.amountMinor, payment.currency);
  return (
    <>
      <p>{t('visit.paid', { price, number: payment.receiptNumber ?? '' })}</p>
      <WentBack payment={payment} />
      <div className="row">
        <ReceiptButton payment={payment} label={t('receipt')} />
        <Button component={Link} to={paths.payments} variant="subtle">
          {t('visit.all')}
        </Button>
      </div>
    </>
  );
}

/** On the page of an appointment: what is to be paid and how, or what was paid and what came back. */
export function VisitPayment({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('pay');
  const { data: terms } = useTerms();
  const { data: payment } = usePaymentOf(appointment.id, 15_000);
  if (terms === undefined || payment === undefined) return null;
  const isOpen = appointment.status === 'booked' || appointment.status === 'arrived';
  const wasPaid = payment !== null && payment.paidAt !== null;
  const isOpenToPay = isOpen && isOwed(payment);
  const isWaiting = payment?.status === 'authorised';
  if (!wasPaid && !isOpenToPay) return null;
  return (
    <section className={styles['card']}>
      <h2>{t('visit.title')}</h2>
      {wasPaid && <WasPaid payment={payment} />}
      {isOpenToPay && isWaiting && <output>{t('waitingText')}</output>}
      {isOpenToPay && !isWaiting && <ToPay appointment={appointment} terms={terms} />}
    </section>
  );
}
