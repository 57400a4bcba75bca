import '../../ui/i18n/law.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { createVisitLawApi, type VisitLawApi, type VisitSheet } from '../../api/visit-law.ts';
import { useServices } from '../../services.tsx';

export function useLawApi(): VisitLawApi {
  const { session } = useServices();
  return useMemo(() => createVisitLawApi(session), [session]);
}

/** The sheet of a visit; asked for again and again only while the patient's consent is awaited. */
export function useSheet(meetingId: string) {
  const api = useLawApi();
  return useQuery({
    queryKey: ['visit-sheet', meetingId],
    queryFn: ({ signal }) => api.sheet(meetingId, signal),
    refetchInterval: ({ state }) => (state.data?.consent.isMissing === true ? 3_000 : false),
  });
}

/** Puts a newer sheet where the pages look. */
export function useKeepSheet(meetingId: string): (sheet: VisitSheet) => void {
  const queries = useQueryClient();
  return (sheet) => queries.setQueryData(['visit-sheet', meetingId], sheet);
}
