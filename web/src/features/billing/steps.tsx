import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PaymentStep, PaymentView } from '../../api/payments.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { stamp } from '../../ui/time.ts';
import { usePaymentsApi, usePrice } from '../pay/use-pay.ts';
import styles from './billing.module.css';
import { useToldWords } from './provider-words.ts';

function Step({ step, currency }: { step: PaymentStep; currency: string }) {
  const { t } = useTranslation('billing');
  const time = useClinicTime();
  const price = usePrice();
  const told = useToldWords();
  const { at, kind, by, type, amountMinor, reason, note } = step;
  const amount = amountMinor === null ? '' : price(amountMinor, currency);
  const isGiven = kind === 'refund_asked' && by !== null;
  const words = isGiven
    ? t('steps.refund_askedBy', { by, price: amount })
    : t(`steps.${kind}`, { price: amount, type: type ?? '' });
  return (
    <li>
      <time dateTime={at}>{stamp(time, at)}</time>
      <div>
        <p>{kind === 'told' && type !== null ? told(type, amount) : words}</p>
        {kind === 'refund_asked' && reason !== null && by === null && (
          <p className="dimmed">{t(`steps.reason.${reason}`)}</p>
        )}
        {note !== null && <p className="dimmed">{note}</p>}
      </div>
    </li>
  );
}

/** What happened to a payment, the oldest first. */
export function Steps({ payment: { id, currency } }: { payment: PaymentView }) {
  const { t } = useTranslation('billing');
  const api = usePaymentsApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['payment-steps', id],
    queryFn: ({ signal }) => api.steps(id, signal),
    refetchInterval: 15_000,
  });
  const retry = () => void refetch();
  if (data === undefined) {
    return error === null ? (
      <Patience text={t('steps.loading')} onRetry={retry} />
    ) : (
      <Failure error={error} onRetry={retry} />
    );
  }
  return (
    <ol className={styles['steps']}>
      {data.map((step) => (
        <Step key={`${step.at} ${step.kind} ${step.type}`} step={step} currency={currency} />
      ))}
    </ol>
  );
}
