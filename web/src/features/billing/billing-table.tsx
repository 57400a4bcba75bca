import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../api/payments.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { stamp } from '../../ui/time.ts';
import { usePrice } from '../pay/use-pay.ts';
import styles from './billing.module.css';
import { totalsOf } from './billing-filters.ts';

function Row({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation('billing');
  const { t: pay } = useTranslation('pay');
  const time = useClinicTime();
  const price = usePrice();
  const { id, createdAt, patientName, serviceName, status, amountMinor, refundedMinor, currency } = payment;
  const when = stamp(time, createdAt);
  return (
    <tr>
      <th scope="row" className={styles['nowrap']}>
        <Link to={paths.billed(id)} aria-label={t('open', { patient: patientName, when })}>
          <time dateTime={createdAt}>{when}</time>
        </Link>
      </th>
      <td>{patientName}</td>
      <td>{serviceName}</td>
      <td>
        <span className={styles['state']} data-state={status}>
          {pay(`state.${status}`)}
        </span>
      </td>
      <td className={styles['number']}>{price(amountMinor, currency)}</td>
      <td className={styles['number']}>{refundedMinor > 0 && price(refundedMinor, currency)}</td>
      <td className={styles['number']}>{payment.receiptNumber}</td>
    </tr>
  );
}

/** The newest first, with what was paid of those shown below. */
export function BillingTable({ payments }: { payments: readonly PaymentView[] }) {
  const { t } = useTranslation('billing');
  const price = usePrice();
  return (
    <ScrollRegion label={t('table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('begun')}</th>
            <th scope="col">{t('patient')}</th>
            <th scope="col">{t('visit')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col" className={styles['number']}>
              {t('amount')}
            </th>
            <th scope="col" className={styles['number']}>
              {t('back')}
            </th>
            <th scope="col" className={styles['number']}>
              {t('receipt')}
            </th>
          </tr>
        </thead>
        <tbody>
          {payments.map((payment) => (
            <Row key={payment.id} payment={payment} />
          ))}
        </tbody>
        <tfoot>
          {totalsOf(payments).map(({ currency, count, paidMinor, refundedMinor }) => (
            <tr key={currency}>
              <th scope="row" colSpan={4}>
                {t('total', { count })}
              </th>
              <td className={styles['number']}>{price(paidMinor, currency)}</td>
              <td className={styles['number']}>{refundedMinor > 0 && price(refundedMinor, currency)}</td>
            </tr>
          ))}
        </tfoot>
      </table>
    </ScrollRegion>
  );
}
