import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Meeting } from '../../api/meetings.ts';
import { useServices } from '../../services.tsx';

/** One page of the newest is every visit that a person looks for. */
const enough = 100;

/** The patient's own visits, looked at again while the page is open: the doctor may start at any moment. */
export function useVisits() {
  const { meetings } = useServices();
  return useQuery({
    queryKey: ['visits'],
    queryFn: ({ signal }) => meetings.list({ sort: '-scheduledAt' }, { limit: enough }, signal),
    refetchInterval: 10_000,
  });
}

/** One visit, looked at again also while in its room: should the room miss the end, the page does not. */
export function useVisit(meetingId: string, isWanted = true) {
  const { meetings } = useServices();
  return useQuery({
    queryKey: ['visit', meetingId],
    queryFn: ({ signal }) => meetings.get(meetingId, signal),
    refetchInterval: 10_000,
    enabled: isWanted,
  });
}

/** Puts what changed in a visit into what the pages know: as the call heard of it, or looked up. */
export function useChanged(meetingId: string): (meeting: Meeting | null) => void {
  const queries = useQueryClient();
  return useCallback(
    (meeting) => {
      const isOver = meeting?.status === 'ended' || meeting?.status === 'cancelled';
      if (isOver) queries.setQueryData(['visit', meetingId], meeting);
      else void queries.invalidateQueries({ queryKey: ['visit', meetingId] });
      void queries.invalidateQueries({ queryKey: ['visits'] });
    },
    [queries, meetingId],
  );
}
