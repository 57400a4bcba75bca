import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useKeepAppointment } from './use-appointment.ts';
import { useScheduling } from './use-scheduling.ts';

/** A time that the waiting list holds: taken, or left to the next one. */
export function AnswerOffer({ appointmentId }: { appointmentId: string }) {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const keep = useKeepAppointment();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const answer = useMutation({
    mutationFn: (yes: boolean) => (yes ? api.accept(appointmentId) : api.decline(appointmentId)),
    onSuccess(changed, yes) {
      keep(changed);
      announce(t(yes ? 'appointment.accepted' : 'appointment.declined'));
    },
    onError: () => queries.invalidateQueries({ queryKey: ['appointment', appointmentId] }),
  });
  return (
    <>
      {answer.error !== null && <Failure error={answer.error} />}
      <div className="row">
        <Button size="md" loading={answer.isPending && answer.variables} onClick={() => answer.mutate(true)}>
          {t('appointment.accept')}
        </Button>
        <Button variant="default" size="md" disabled={answer.isPending} onClick={() => answer.mutate(false)}>
          {t('appointment.decline')}
        </Button>
      </div>
    </>
  );
}
