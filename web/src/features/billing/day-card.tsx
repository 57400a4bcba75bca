import { useTranslation } from 'react-i18next';
import { type Difference, paymentStatuses, type Reconciliation } from '../../api/payments.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { clock, longDay, stamp } from '../../ui/time.ts';
import styles from '../admin/admin.module.css';
import { usePrice } from '../pay/use-pay.ts';
import own from './billing.module.css';

/** `50000 INR`, as the server writes both sides of an amount. */
function amountIn(text: string | null): [minor: number, currency: string] | null {
  const [, minor, currency] = /^(\d+) ([A-Z]{3})$/.exec(text ?? '') ?? [];
  return minor === undefined || currency === undefined ? null : [Number(minor), currency];
}

function DifferenceLine({ difference }: { difference: Difference }) {
  const { t } = useTranslation('billing');
  const price = usePrice();
  const { t: pay } = useTranslation('pay');
  const { kind, paymentId, razorpayPaymentId, currency } = difference;
  const state = paymentStatuses.find((status) => kind === 'status' && status === difference.here);
  const side = (text: string | null): string => {
    const amount = amountIn(text);
    if (amount !== null) return price(...amount);
    return kind === 'refunds' && text !== null && currency !== null ? price(Number(text), currency) : (text ?? '');
  };
  const values = {
    payment: razorpayPaymentId ?? '',
    here: state ? pay(`state.${state}`) : side(difference.here),
    there: side(difference.there),
  };
  return (
    <li>
      {t(`difference.${kind}`, values)}{' '}
      {paymentId !== null && <Link to={paths.billed(paymentId)}>{t('days.see')}</Link>}
    </li>
  );
}

function Strays({ strays }: Pick<Reconciliation, 'strays'>) {
  const { t } = useTranslation('billing');
  const time = useClinicTime();
  const price = usePrice();
  if (strays.length === 0) return null;
  return (
    <>
      <p>{t('days.strays')}</p>
      <ul className={own['list']}>
        {strays.map(({ at, type, razorpayPaymentId: payment, amountMinor, currency }) => {
          const when = clock(time, at);
          const isOfPayment = payment !== null && amountMinor !== null && currency !== null;
          return (
            <li key={`${at} ${type} ${payment}`}>
              {isOfPayment
                ? t('days.strayOf', { type, payment, price: price(amountMinor, currency), when })
                : t('days.stray', { type, when })}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** One day: that all is the same, or what is not. */
export function DayCard({ report: { startsAt, ranAt, compared, differences, strays } }: { report: Reconciliation }) {
  const { t } = useTranslation('billing');
  const time = useClinicTime();
  const day = longDay({ ...time, timeZone: 'UTC' }, startsAt, ranAt);
  const count = differences.length;
  return (
    <li className={styles['card']} aria-label={day}>
      <h2 className={own['day']}>{day}</h2>
      <p>
        <span className={styles['state']} data-bad={count > 0 || undefined}>
          {count === 0 ? t('days.same') : t('days.differences', { count })}
        </span>
      </p>
      {count > 0 && (
        <ul className={own['list']}>
          {differences.map((difference) => (
            <DifferenceLine key={`${difference.kind} ${difference.razorpayPaymentId}`} difference={difference} />
          ))}
        </ul>
      )}
      <Strays strays={strays} />
      <p className="dimmed">{t('days.compared', { when: stamp(time, ranAt), count: compared })}</p>
    </li>
  );
}
