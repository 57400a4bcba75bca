import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../api/scheduling.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useUser } from '../auth/use-session.ts';
import { useKeepAppointment } from './use-appointment.ts';
import { useScheduling } from './use-scheduling.ts';

interface CancelAppointmentProps {
  appointment: Appointment;
  isLate: boolean;
  canMove: boolean;
}

/** Calls the own visit off: the clinic's rule in words, asked once. */
export function CancelAppointment({ appointment, isLate, canMove }: CancelAppointmentProps) {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const keep = useKeepAppointment();
  const hours = useUser().tenant.cancelFreeHours;
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { id, version } = appointment;
  const cancel = useMutation({
    mutationFn: () => api.cancel(id, { version, ...(reason.trim() !== '' && { reason: reason.trim() }) }),
    onSuccess(cancelled) {
      setOpen(false);
      keep(cancelled);
    },
  });
  const rule = isLate ? 'cancelLate' : hours === 0 ? 'cancelAny' : 'cancelFree';
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setOpen(true)}>
        {t('appointment.cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave
        isBusy={cancel.isPending}
        title={t('appointment.cancelTitle')}
        yes={t('appointment.cancelYes')}
        no={t('appointment.cancelNo')}
        onYes={() => cancel.mutate()}
        onNo={() => setOpen(false)}
      >
        <p>{t(`appointment.${rule}`, { hours })}</p>
        {canMove && <p>{t('appointment.cancelOther')}</p>}
        {cancel.error !== null && <Failure error={cancel.error} />}
        <TextInput
          label={t('appointment.cancelReason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
      </ConfirmDialog>
    </>
  );
}
