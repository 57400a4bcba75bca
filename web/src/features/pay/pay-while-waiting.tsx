import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useAppointment } from '../booking/use-appointment.ts';
import { isOwed, usePaymentOf, useTerms } from './use-pay.ts';

function Owed({ appointmentId }: { appointmentId: string }) {
  const { t } = useTranslation('pay');
  const { data: visit } = useAppointment(appointmentId);
  const { data: payment } = usePaymentOf(appointmentId, 15_000);
  if (visit === undefined || visit.priceMinor === 0 || payment === undefined || !isOwed(payment)) return null;
  return (
    <Notice tone="warning" live="status" title={t('needed.title')}>
      <p>{t('needed.waiting')}</p>
      <Button component="a" href={paths.pay(appointmentId)} size="md">
        {t('title')}
      </Button>
    </Notice>
  );
}

/** In the waiting room of a clinic that asks for payment first: what keeps the visit from beginning. Gone once it is paid. */
export function PayWhileWaiting({ appointmentId }: { appointmentId: string }) {
  const { data: terms } = useTerms();
  return terms?.paymentBeforeJoin === true && terms.provider !== null ? <Owed appointmentId={appointmentId} /> : null;
}
