import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PaymentFilter } from '../../api/payments.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { usePaymentsApi } from '../pay/use-pay.ts';

/** All payments that fit the filters, also those not shown yet, as CSV. */
export function BillingExport({ filter }: { filter: PaymentFilter }) {
  const { t } = useTranslation('billing');
  const api = usePaymentsApi();
  const announce = useAnnounce();
  const exporting = useMutation({
    mutationFn: () => api.csv(filter),
    onSuccess(file) {
      saveFile(file, t('fileName'));
      announce(t('exported'));
    },
  });
  return (
    <div className="stack">
      <Button
        variant="default"
        leftSection={<IconDownload size={20} aria-hidden />}
        loading={exporting.isPending}
        onClick={() => exporting.mutate()}
      >
        {t('export')}
      </Button>
      {exporting.error !== null && <Failure error={exporting.error} onRetry={() => exporting.mutate()} />}
    </div>
  );
}
