import { useTranslation } from 'react-i18next';
import type { PaymentFilter } from '../../api/payments.ts';
import { CsvExport } from '../../ui/csv-export.tsx';
import { usePaymentsApi } from '../pay/use-pay.ts';

/** All payments that fit the filters, also those not shown yet, as CSV. */
export function BillingExport({ filter }: { filter: PaymentFilter }) {
  const { t } = useTranslation('billing');
  const api = usePaymentsApi();
  return <CsvExport label={t('export')} fileName={t('fileName')} done={t('exported')} load={() => api.csv(filter)} />;
}
