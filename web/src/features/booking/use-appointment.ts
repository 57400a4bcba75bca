import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Appointment } from '../../api/scheduling.ts';
import { useScheduling } from './use-scheduling.ts';

/** One appointment, looked at again while the page is open: the clinic may move it. */
export function useAppointment(id: string) {
  const api = useScheduling();
  return useQuery({
    queryKey: ['appointment', id],
    queryFn: ({ signal }) => api.appointment(id, signal),
    refetchInterval: 30_000,
  });
}

/** Puts what changed into what the pages know. */
export function keepAppointment(queries: QueryClient, changed: Appointment): void {
  queries.setQueryData(['appointment', changed.id], changed);
  for (const queryKey of [['visits'], ['appointments'], ['slots'], ['wishes'], ['waitlist']]) {
    void queries.invalidateQueries({ queryKey });
  }
}

export function useKeepAppointment(): (changed: Appointment) => void {
  const queries = useQueryClient();
  return (changed) => keepAppointment(queries, changed);
}
