import { useQuery } from '@tanstack/react-query';
import type { Appointment, AppointmentPage } from '../../../../src/scheduling/appointments/schema.ts';
import { useServices } from '../../services.tsx';

/** The patient's own appointments, the newest first; asked without the calls of scheduling, which a first page does without. */
export function useAppointments(isWanted: boolean) {
  const { session } = useServices();
  return useQuery({
    queryKey: ['appointments', 'own'],
    queryFn: async ({ signal }) => {
      const response = await session.request({
        path: '/appointments',
        query: { sort: '-startsAt', limit: 100 },
        signal,
      });
      return ((await response.json()) as AppointmentPage).items;
    },
    refetchInterval: 60_000,
    enabled: isWanted,
  });
}

export type { Appointment };
