import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../api/payments.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { usePages } from '../../ui/use-pages.ts';
import { useUser } from '../auth/use-session.ts';
import styles from '../booking/booking.module.css';
import { useTimeWords } from '../booking/use-own-time.ts';
import { ReceiptButton } from './receipt-button.tsx';
import { usePaymentsApi, usePrice } from './use-pay.ts';
import { WentBack } from './went-back.tsx';

function Card({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('pay');
  const words = useTimeWords();
  const { id, status, serviceName, practitionerName, startsAt, amountMinor, currency, receiptNumber } = payment;
  const price = usePrice()(amountMinor, currency);
  const what = t('own.of', { service: serviceName, doctor: practitionerName });
  const isUnpaid = status === 'pending' || status === 'failed';
  return (
    <li className={styles['card']} aria-labelledby={`payment-${id}`}>
      <h2 id={`payment-${id}`}>{what}</h2>
      <p>
        <time dateTime={startsAt}>{words(startsAt).own}</time>
      </p>
      <p>
        <strong>{price}</strong> · {t(`state.${status}`)}
      </p>
      <WentBack payment={payment} />
      <div className="row">
        {receiptNumber !== null && (
          <ReceiptButton payment={payment} label={t('own.receiptOf', { number: receiptNumber })} />
        )}
        {isUnpaid && (
          <Button
            component="a"
            href={paths.pay(payment.appointmentId)}
            variant="default"
            aria-label={t('own.payNow', { price, what })}
          >
            {t('pay', { price })}
          </Button>
        )}
        <Button component={Link} to={paths.appointment(payment.appointmentId)} variant="subtle">
          {t('own.see')}
        </Button>
      </div>
    </li>
  );
}

/** What the patient paid, the newest first, with what came back and the receipts. */
export function PaymentsPage() {
  const { t } = useTranslation('pay');
  const api = usePaymentsApi();
  const { patientId } = useUser();
  const filter = { patientId: patientId ?? undefined };
  const list = usePages(['payments', filter], (cursor, signal) => api.list(filter, cursor, signal));
  const retry = () => void list.refetch();
  return (
    <Page title={t('own.title')} lead={t('own.lead')}>
      <div className="stack">
        {list.error !== null && <Failure error={list.error} onRetry={retry} />}
        {list.isPending && list.error === null && <Patience text={t('own.loading')} onRetry={retry} />}
        {list.isSuccess && list.items.length === 0 && (
          <EmptyState title={t('own.empty')}>{t('own.emptyText')}</EmptyState>
        )}
        <ul className="plain-list stack">
          {list.items.map((payment) => (
            <Card key={payment.id} payment={payment} />
          ))}
        </ul>
        <MoreButton list={list} />
      </div>
    </Page>
  );
}
