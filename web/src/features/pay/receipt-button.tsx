import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { PaymentView } from '../../api/payments.ts';
import { Failure } from '../../ui/failure.tsx';
import { useReceipt } from './use-pay.ts';

/** The receipt as a file. */
export function ReceiptButton({ payment, label }: { payment: PaymentView; label: string }) {
  const saved = useReceipt(payment);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={20} aria-hidden />}
        loading={saved.isPending}
        onClick={() => saved.mutate()}
      >
        {label}
      </Button>
      {saved.error !== null && <Failure error={saved.error} onRetry={() => saved.mutate()} />}
    </>
  );
}
