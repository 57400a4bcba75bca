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

/** One visit. While it `isFollowed` it is looked at again; in the room the room itself hears of changes. */
export function useVisit(meetingId: string, isFollowed: boolean, isWanted = true) {
  const { meetings } = useServices();
  return useQuery({
    queryKey: ['visit', meetingId],
    queryFn: ({ signal }) => meetings.get(meetingId, signal),
    refetchInterval: isFollowed ? 10_000 : false,
    enabled: isWanted,
  });
}

/** Puts a visit that is over into what the pages know: as the call heard of it, or looked up. */
export function useOver(meetingId: string): (meeting: Meeting | null) => void {
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
