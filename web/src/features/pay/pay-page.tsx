import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PaymentOrder, PaymentView } from '../../api/payments.ts';
import { ApiError } from '../../api/problem.ts';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import styles from '../booking/booking.module.css';
import { useTimeWords } from '../booking/use-own-time.ts';
import { ReceiptButton } from './receipt-button.tsx';
import { useOrder, usePaying, usePrice, useProgress } from './use-pay.ts';
import { WentBack } from './went-back.tsx';

/** While an attempt is being confirmed, and otherwise: the desk or another device may pay too. */
const pauseMs = { waiting: 2_000, else: 15_000 };

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
    <section className={styles['card']} aria-label={t('title')}>
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What was paid, what went back, the receipt, and the way on. */
function Paid({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('pay');
  const { receiptNumber, meetingId, status } = payment;
  return (
    <>
      <Notice tone="good" live="status" title={t('paid')}>
        <p>{t('paidText', { number: receiptNumber ?? '' })}</p>
        <WentBack payment={payment} />
      </Notice>
      <div className="row">
        {meetingId !== null && status === 'paid' && (
          // A step of the browser's own, as the way here was.
          <Button component="a" href={paths.visit(meetingId)} size="md">
            {t('toWaitingRoom')}
          </Button>
        )}
        <ReceiptButton payment={payment} label={t('receipt')} />
      </div>
    </>
  );
}

function Waiting() {
  const { t } = useTranslation('pay');
  return (
    <Notice tone="plain" live="status" title={t('waiting')}>
      <p>{t('waitingText')}</p>
    </Notice>
  );
}

type Paying = ReturnType<typeof usePaying>;

function Payable({ order, payment, paying }: { order: PaymentOrder; payment: PaymentView; paying: Paying }) {
  const { t } = useTranslation('pay');
  const price = usePrice()(payment.amountMinor, payment.currency);
  const isSandbox = order.checkout?.provider === 'sandbox';
  const pay = (wanted: 'capture' | 'fail') => paying.mutate({ order, wanted });
  const told = paying.data ?? (payment.status === 'failed' ? 'failed' : null);
  return (
    <>
      {(told === 'failed' || told === 'closed' || told === 'unopened') && !paying.isPending && (
        <Notice tone="warning" live="alert">
          <p>{t(told)}</p>
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

function Ordered({ order }: { order: PaymentOrder }) {
  const paying = usePaying();
  const isUnsure = paying.data === 'unsure';
  const { data: payment = order.payment } = useProgress(order.payment, isUnsure ? pauseMs.waiting : pauseMs.else);
  const isWaiting = payment.status === 'authorised' || (isUnsure && payment.status !== 'failed');
  return (
    <>
      <Bill payment={payment} />
      {payment.paidAt !== null && <Paid payment={payment} />}
      {payment.paidAt === null && isWaiting && <Waiting />}
      {payment.paidAt === null && !isWaiting && <Payable order={order} payment={payment} paying={paying} />}
    </>
  );
}

function NotOrdered({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('pay');
  if (!(error instanceof ApiError) || error.code !== 'CONFLICT') return <Failure error={error} onRetry={onRetry} />;
  return (
    <Notice tone="plain" live="status">
      <p>{t('nothing')}</p>
    </Notice>
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
        {data === undefined && error !== null && <NotOrdered error={error} onRetry={retry} />}
        {data !== undefined && <Ordered key={data.payment.id} order={data} />}
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
