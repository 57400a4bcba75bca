import '../../ui/i18n/patients.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { createPatientsApi, type PatientChange } from '../../api/patients.ts';
import { useServices } from '../../services.tsx';

function usePatientsApi() {
  const { session } = useServices();
  return useMemo(() => createPatientsApi(session), [session]);
}

/** Those most like the name that is being typed, page by page. */
export function usePatientSearch(typed: string) {
  const api = usePatientsApi();
  const [name] = useDebouncedValue(typed.trim(), 250);
  const found = useInfiniteQuery({
    queryKey: ['patients', name],
    queryFn: ({ pageParam, signal }) => api.find(name, pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
  return { ...found, patients: found.data?.pages.flatMap(({ items }) => items) ?? [] };
}

export function usePatient(id: string) {
  const api = usePatientsApi();
  return useQuery({ queryKey: ['patient', id], queryFn: ({ signal }) => api.read(id, signal) });
}

/** Saves a part of what is known, and lets the sheets of visits be read again. */
export function useChangePatient(id: string, onDone: () => void) {
  const api = usePatientsApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: PatientChange) => api.change(id, change),
    onSuccess(kept) {
      queries.setQueryData(['patient', id], kept);
      for (const queryKey of [['patients'], ['visit-sheet']]) void queries.invalidateQueries({ queryKey });
      onDone();
    },
  });
}
