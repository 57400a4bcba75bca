import { useQuery } from '@tanstack/react-query';
import { useScheduling } from './use-scheduling.ts';

/** Whom the desk books for, by name once it is known; null for oneself. */
export function usePatientName(patientId: string | null): string | null {
  const api = useScheduling();
  const { data } = useQuery({
    queryKey: ['patient', patientId],
    queryFn: ({ signal }) => api.patient(patientId ?? '', signal),
    enabled: patientId !== null,
    staleTime: 300_000,
  });
  return data?.name ?? null;
}
