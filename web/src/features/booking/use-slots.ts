import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SlotSearch } from '../../api/scheduling.ts';
import { useScheduling } from './use-scheduling.ts';

/** Looked at in one step. */
const windowDays = 14;
/** Half a year: further ahead nobody looks in fortnights. */
const windows = 13;
const dayMs = 86_400_000;

function stepFrom(from: number, step: number): string {
  return new Date(from + step * windowDays * dayMs).toISOString();
}

/** Free times from now on, a fortnight a step. `until` is how far was looked. */
export function useSlots(search: Omit<SlotSearch, 'from' | 'to'>) {
  const api = useScheduling();
  const [from] = useState(() => Date.now());
  const query = useInfiniteQuery({
    queryKey: ['slots', search, from],
    queryFn: ({ pageParam, signal }) =>
      api.slots({ ...search, from: stepFrom(from, pageParam), to: stepFrom(from, pageParam + 1) }, signal),
    initialPageParam: 0,
    getNextPageParam: (_page, _pages, last) => (last + 1 < windows ? last + 1 : undefined),
    staleTime: 30_000,
  });
  const slots = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const until = from + (query.data?.pages.length ?? 0) * windowDays * dayMs;
  return { ...query, slots, until };
}
