import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { useScheduling } from './use-scheduling.ts';

/** Saves what came as a file: a link cannot carry the access token. */
function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** For the patient's own calendar (iCalendar, RFC 5545). */
export function CalendarButton({ appointmentId }: { appointmentId: string }) {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const fetched = useMutation({
    mutationFn: () => api.calendarFile(appointmentId),
    onSuccess: (blob) => save(blob, 'visit.ics'),
  });
  return (
    <>
      <Button variant="default" loading={fetched.isPending} onClick={() => fetched.mutate()}>
        {t('appointment.calendar')}
      </Button>
      {fetched.error !== null && <Failure error={fetched.error} />}
    </>
  );
}
