import { Button } from '@mantine/core';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { createDesk } from '../../call/create-desk.ts';
import { useServices } from '../../services.tsx';
import { Page } from '../../ui/page.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useLiving } from '../../ui/use-living.ts';
import { isOwed, usePaymentOf } from './use-pay.ts';

interface PayFirstProps {
  meeting: Meeting;
  seat: 'patient' | 'doctor';
  /** It is paid: try the door again. */
  onOpen: () => void;
  onBack: () => void;
}

/** The door stays shut until the visit is paid, and opens by itself then, wherever it is paid. */
export function PayFirst({ meeting, seat, onOpen, onBack }: PayFirstProps) {
  const { t } = useTranslation('pay');
  const { session } = useServices();
  const { id, appointmentId, doctorName, patientName } = meeting;
  const isPatient = seat === 'patient';
  const make = useCallback(() => createDesk({ token: (not) => session.token(not) }), [session]);
  const news = useLiving(make);
  // For what was told before the news could be heard. Doctors do not read payments.
  const { data: payment } = usePaymentOf(appointmentId ?? '', 15_000, isPatient && appointmentId !== null);
  const isPaid = payment !== undefined && !isOwed(payment);
  useEffect(
    () => news?.onPayment(({ meetingId, status }) => (meetingId === id && status === 'paid' ? onOpen() : undefined)),
    // oxlint-disable-next-line react/exhaustive-deps -- The function is another one with each render, and does the same.
    [news, id],
  );
  useEffect(() => {
    if (isPaid) onOpen();
    // oxlint-disable-next-line react/exhaustive-deps -- Once, when it is paid.
  }, [isPaid]);
  const title = t(isPatient ? 'needed.title' : 'needed.doctorTitle');
  const lead = isPatient ? t('needed.lead', { doctor: doctorName }) : t('needed.doctorLead', { patient: patientName });
  return (
    <Page title={title} lead={lead}>
      <div className="row">
        {isPatient && appointmentId !== null && (
          <Button component="a" href={paths.pay(appointmentId)} size="lg">
            {t('title')}
          </Button>
        )}
        <Button size="lg" variant="default" onClick={onOpen}>
          {t('needed.again')}
        </Button>
        <Button size="lg" variant="default" onClick={onBack}>
          {t('needed.back')}
        </Button>
      </div>
    </Page>
  );
}
