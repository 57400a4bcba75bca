import { useQuery } from '@tanstack/react-query';
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

export function useVisit(meetingId: string) {
  const { meetings } = useServices();
  return useQuery({
    queryKey: ['visit', meetingId],
    queryFn: ({ signal }) => meetings.get(meetingId, signal),
    refetchInterval: 10_000,
  });
}
