import '../../ui/i18n/pay.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PaymentOrder, PaymentView } from '../../api/payments.ts';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { saveFile } from '../../ui/save-file.ts';
import styles from '../booking/booking.module.css';
import { money } from '../booking/money.ts';
import { useTimeWords } from '../booking/use-own-time.ts';
import { useOrder, usePaying, usePayments } from './use-pay.ts';

function usePrice(): (minor: number, currency: string) => string {
  const { i18n } = useTranslation();
  return (minor, currency) => money(i18n.language, minor, currency);
}

function Bill({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('pay');
  const price = usePrice();
  const facts: [string, string][] = [
    [t('for'), payment.serviceName],
    [t('with'), payment.practitionerName],
    [t('when'), useTimeWords()(payment.startsAt).own],
    [t('price'), price(payment.amountMinor, payment.currency)],
  ];
  return (
    <dl className={styles['card']}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="dimmed">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What was paid, what went back, and the receipt. */
function Paid({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('pay');
  const price = usePrice();
  const api = usePayments();
  const saved = useMutation({
    mutationFn: () => api.receipt(payment.id),
    onSuccess: (file) => saveFile(file, `receipt-${payment.receiptNumber}.pdf`),
  });
  const { currency, refundedMinor } = payment;
  const pending = payment.refunds.filter(({ status, reason }) => status === 'pending' && reason !== 'duplicate');
  const goingBack = pending.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return (
    <>
      <Notice tone="good" live="status" title={t('paid')}>
        <p>{t('paidText', { number: payment.receiptNumber ?? '' })}</p>
        {refundedMinor > 0 && <p>{t('refunded', { price: price(refundedMinor, currency) })}</p>}
        {goingBack > 0 && <p>{t('goingBack', { price: price(goingBack, currency) })}</p>}
      </Notice>
      <div>
        <Button variant="default" loading={saved.isPending} onClick={() => saved.mutate()}>
          {t('receipt')}
        </Button>
      </div>
      {saved.error !== null && <Failure error={saved.error} />}
    </>
  );
}

function Payable({ order, appointmentId }: { order: PaymentOrder; appointmentId: string }) {
  const { t } = useTranslation('pay');
  const paying = usePaying(appointmentId);
  const { payment, checkout } = order;
  const price = usePrice()(payment.amountMinor, payment.currency);
  const isSandbox = checkout?.provider === 'sandbox';
  const pay = (wanted: 'capture' | 'fail') => paying.mutate({ order, wanted });
  return (
    <>
      {(paying.data === 'failed' || paying.data === 'closed') && (
        <Notice tone="warning" live="alert">
          <p>{t(paying.data)}</p>
        </Notice>
      )}
      {paying.error !== null && <Failure error={paying.error} />}
      <p>{t(isSandbox ? 'sandbox' : 'safe')}</p>
      <div className="row">
        <Button size="md" loading={paying.isPending} onClick={() => pay('capture')}>
          {t(isSandbox ? 'sandboxPay' : 'pay', { price })}
        </Button>
        {isSandbox && (
          <Button variant="default" disabled={paying.isPending} onClick={() => pay('fail')}>
            {t('sandboxFail')}
          </Button>
        )}
      </div>
    </>
  );
}

/** What a visit costs and how to pay it; afterwards the receipt, and what went back. */
export function PayPage({ params }: { params: Params }) {
  const { t } = useTranslation('pay');
  const appointmentId = params['appointmentId'] ?? '';
  const { data, error, refetch } = useOrder(appointmentId);
  const retry = () => void refetch();
  return (
    <Page title={t('title')}>
      <div className="stack">
        {data === undefined && error === null && <Patience text={t('loading')} onRetry={retry} />}
        {data === undefined && error !== null && <Failure error={error} onRetry={retry} />}
        {data !== undefined && <Bill payment={data.payment} />}
        {data?.checkout && <Payable order={data} appointmentId={appointmentId} />}
        {data?.payment.paidAt && <Paid payment={data.payment} />}
        <div>
          {/* The browser's own step: this page alone may load the provider's script. */}
          <Button component="a" href={paths.appointment(appointmentId)} variant="subtle">
            {t('back')}
          </Button>
        </div>
      </div>
    </Page>
  );
}
