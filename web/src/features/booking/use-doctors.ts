import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { PractitionerView } from '../../api/scheduling.ts';
import { useScheduling } from './use-scheduling.ts';

export interface DoctorFilter {
  name: string;
  specialty: string;
  language: string;
  accepting: boolean;
}

/** Page by page, those that are most like the name first. */
export function useDoctors({ name, specialty, language, accepting }: DoctorFilter) {
  const api = useScheduling();
  const query = { name, specialty, language, isAcceptingPatients: accepting ? 'true' : undefined, limit: 20 };
  return useInfiniteQuery({
    queryKey: ['doctors', query],
    queryFn: ({ pageParam, signal }) => api.practitioners({ ...query, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** What the filters can offer: the specialties and languages of those who are there. */
export function useOffered() {
  const api = useScheduling();
  const { data } = useQuery({
    queryKey: ['doctors', 'offered'],
    queryFn: ({ signal }) => api.practitioners({ limit: 200 }, signal),
    staleTime: 300_000,
  });
  return offeredBy(data?.items ?? []);
}

export function offeredBy(doctors: readonly PractitionerView[]) {
  const specialties = new Map(doctors.flatMap((one) => one.specialties.map(({ code, display }) => [code, display])));
  const languages = new Set(doctors.flatMap((one) => one.languages));
  return { specialties: [...specialties].toSorted(([, a], [, b]) => a.localeCompare(b)), languages: [...languages] };
}

export function useDoctor(id: string) {
  const api = useScheduling();
  return useQuery({ queryKey: ['doctor', id], queryFn: ({ signal }) => api.practitioner(id, signal) });
}

/** What this doctor gives. */
export function useServicesOf(practitionerId: string) {
  const api = useScheduling();
  return useQuery({
    queryKey: ['services', practitionerId],
    queryFn: ({ signal }) => api.services({ practitionerId, limit: 200 }, signal),
  });
}
