import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Meeting, MeetingFilter } from '../../api/meetings.ts';
import { useServices } from '../../services.tsx';

/** The people whose visits have been on the screen, by their id: what the filters can offer by name. */
export interface People {
  doctors: Readonly<Record<string, string>>;
  patients: Readonly<Record<string, string>>;
}

const nobody: People = { doctors: {}, patients: {} };
const peopleKey = ['people'];

function withPeople(known: People = nobody, meetings: readonly Meeting[]): People {
  return {
    doctors: { ...known.doctors, ...Object.fromEntries(meetings.map((one) => [one.doctorId, one.doctorName])) },
    patients: { ...known.patients, ...Object.fromEntries(meetings.map((one) => [one.patientId, one.patientName])) },
  };
}

/** The visits that fit, page by page. */
export function useHistory(filter: MeetingFilter) {
  const { meetings } = useServices();
  const queries = useQueryClient();
  return useInfiniteQuery({
    queryKey: ['history', filter],
    queryFn: async ({ pageParam, signal }) => {
      const page = await meetings.list(filter, pageParam === null ? {} : { cursor: pageParam }, signal);
      queries.setQueryData<People>(peopleKey, (known) => withPeople(known, page.items));
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

export function usePeople(): People {
  // Filled by useHistory; there is nothing to fetch.
  const { data } = useQuery({ queryKey: peopleKey, queryFn: () => nobody, enabled: false, initialData: nobody });
  return data;
}
