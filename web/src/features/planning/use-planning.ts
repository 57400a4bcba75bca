import { useQuery } from '@tanstack/react-query';
import type { Appointment } from '../../api/scheduling.ts';
import { useScheduling } from '../booking/use-scheduling.ts';

interface Span {
  /** Instants. */
  from: string;
  to: string;
  practitionerId?: string | undefined;
  locationId?: string | undefined;
}

/** Everything in a span of time, page by page, looked at again every half minute. */
export function useAppointmentsIn(span: Span) {
  const api = useScheduling();
  return useQuery({
    queryKey: ['appointments', span],
    queryFn: async ({ signal }) => {
      const all: Appointment[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.appointments({ ...span, limit: 200, cursor }, signal);
        all.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return all;
    },
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  });
}

/** For the filters: whom and where. */
export function useStaffLists() {
  const api = useScheduling();
  const staleTime = 60_000;
  const doctors = useQuery({
    queryKey: ['doctors', 'all'],
    queryFn: ({ signal }) => api.practitioners({ limit: 200 }, signal),
    staleTime,
  });
  const places = useQuery({
    queryKey: ['places', 'all'],
    queryFn: ({ signal }) => api.locations({ limit: 200 }, signal),
    staleTime,
  });
  return { doctors: doctors.data?.items ?? [], places: places.data?.items ?? [] };
}
