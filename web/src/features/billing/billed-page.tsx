import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../api/payments.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import styles from '../admin/admin.module.css';
import { useUser } from '../auth/use-session.ts';
import { ReceiptButton } from '../pay/receipt-button.tsx';
import { usePaymentsApi, usePrice } from '../pay/use-pay.ts';
import { WentBack } from '../pay/went-back.tsx';
import own from './billing.module.css';
import { BillingFrame } from './billing-frame.tsx';
import { useMethodWords } from './provider-words.ts';
import { RefundButton } from './refund-dialog.tsx';
import { Steps } from './steps.tsx';

function Facts({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('billing');
  const { t: pay } = useTranslation('pay');
  const time = useClinicTime();
  const price = usePrice();
  const methodWords = useMethodWords();
  const { status, amountMinor, currency, method, failureCode, provider, receiptNumber } = payment;
  const facts: [string, string | null][] = [
    [t('state'), pay(`state.${status}`)],
    [t('amount'), price(amountMinor, currency)],
    [t('visit'), payment.serviceName],
    [t('one.with'), payment.practitionerName],
    [t('one.visitAt'), stamp(time, payment.startsAt)],
    [t('receipt'), receiptNumber === null ? null : String(receiptNumber)],
    [t('one.method'), method === null ? null : methodWords(method)],
    [t('one.failure'), failureCode],
    [t('one.provider'), provider],
    [t('one.order'), payment.razorpayOrderId],
    [t('one.payment'), payment.razorpayPaymentId],
  ];
  return (
    <section className={styles['card']} aria-label={t('one.facts')}>
      <dl className={styles['facts']}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div key={label} className={styles['fact']}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className={own['below']}>
        <WentBack payment={payment} />
      </div>
    </section>
  );
}

function Billed({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('billing');
  const { t: pay } = useTranslation('pay');
  const { scopes } = useUser();
  const { patientId, patientName, appointmentId } = payment;
  return (
    <>
      <Facts payment={payment} />
      <div className="row">
        {payment.receiptNumber !== null && <ReceiptButton payment={payment} label={pay('receipt')} />}
        {scopes.includes('payments:refund') && <RefundButton payment={payment} />}
        <Button component={Link} to={paths.appointment(appointmentId)} variant="subtle">
          {t('one.visit')}
        </Button>
        <Button component={Link} to={`${paths.billing}?whose=${patientId}`} variant="subtle">
          {t('one.all', { patient: patientName })}
        </Button>
      </div>
      <section className="stack">
        <h2>{t('steps.title')}</h2>
        <Steps payment={payment} />
      </section>
    </>
  );
}

/** One payment: what it is, what happened to it, its receipt, and giving it back. */
export function BilledPage({ params }: { params: Params }) {
  const { t } = useTranslation('billing');
  const api = usePaymentsApi();
  const id = params['paymentId'] ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['payment', id],
    queryFn: ({ signal }) => api.one(id, signal),
    refetchInterval: 15_000,
  });
  const retry = () => void refetch();
  return (
    <BillingFrame title={data === undefined ? t('title') : t('one.title', { patient: data.patientName })}>
      {data === undefined && error === null && <Patience text={t('one.loading')} onRetry={retry} />}
      {data === undefined && error !== null && <Failure error={error} onRetry={retry} />}
      {data !== undefined && <Billed payment={data} />}
      <div>
        <Button component={Link} to={paths.billing} variant="subtle">
          {t('one.back')}
        </Button>
      </div>
    </BillingFrame>
  );
}
