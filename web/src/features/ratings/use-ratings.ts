import '../../ui/i18n/ratings.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { createRatingsApi, type RatingFilter } from '../../api/ratings.ts';
import { useServices } from '../../services.tsx';
import { usePages } from '../../ui/use-pages.ts';

function useRatingsApi() {
  const { session } = useServices();
  return useMemo(() => createRatingsApi(session), [session]);
}

export function useRatings(filter: RatingFilter) {
  const api = useRatingsApi();
  return useQuery({
    queryKey: ['ratings', filter],
    queryFn: async ({ signal }) => {
      const [totals, months] = await Promise.all([api.totals(filter, signal), api.months(filter, signal)]);
      return { totals, months };
    },
    placeholderData: (before) => before,
  });
}

export function useComments(doctorId: string | undefined) {
  const api = useRatingsApi();
  return usePages(['rating-comments', doctorId], (cursor, signal) => api.comments(doctorId, cursor, signal));
}
