import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/problem.ts';
import type { Appointment, SchedulingApi } from '../../api/scheduling.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { keepAppointment } from '../booking/use-appointment.ts';
import { useScheduling } from '../booking/use-scheduling.ts';

/** Does something with an appointment, tells it, and shows how it stands: after a refusal too. */
export function useVisitAction(
  act: (api: SchedulingApi, appointment: Appointment) => Promise<Appointment>,
  say: (patient: string) => string,
) {
  const api = useScheduling();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: (appointment: Appointment) => act(api, appointment),
    onSuccess(changed) {
      keepAppointment(queries, changed);
      announce(say(changed.patientName));
    },
    onError(error) {
      if (error instanceof ApiError && error.status === 409) {
        void queries.invalidateQueries({ queryKey: ['appointments'] });
      }
    },
  });
}
