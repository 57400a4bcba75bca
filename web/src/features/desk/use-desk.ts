import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import type { Meeting } from '../../api/meetings.ts';
import type { Desk } from '../../call/call.ts';
import { createDesk } from '../../call/create-desk.ts';
import { useServices } from '../../services.tsx';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { dayStart, isoDay, nextDay } from '../../ui/time.ts';
import { useLiving, useLivingState } from '../../ui/use-living.ts';

const nobody: readonly WaitingEntry[] = [];
const waitingOf = (desk: Desk) => desk.waiting;
/** One press is told in several facts: the list is asked for once for all of them. */
const togetherMs = 500;
const connectedOf = (desk: Desk) => desk.connected;

/** What pages know of a visit may be newer than what was just heard. */
function newest(meeting: Meeting): (known: Meeting | undefined) => Meeting {
  return (known) => (known !== undefined && known.version > meeting.version ? known : meeting);
}

/** The doctor's queue as it is now, and every change of their visits put into what the pages know. */
export function useDesk(): { desk: Desk | null; waiting: readonly WaitingEntry[]; isConnected: boolean } {
  const { session } = useServices();
  const queries = useQueryClient();
  const make = useCallback(() => createDesk({ token: (not) => session.token(not) }), [session]);
  const desk = useLiving(make);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listAgain = () => {
      timer = undefined;
      void queries.invalidateQueries({ queryKey: ['today'] });
    };
    const stop = desk?.onMeeting((meeting) => {
      queries.setQueryData<Meeting>(['visit', meeting.id], newest(meeting));
      timer ??= setTimeout(listAgain, togetherMs);
    });
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [desk, queries]);
  return {
    desk,
    waiting: useLivingState(desk, waitingOf, nobody),
    isConnected: useLivingState(desk, connectedOf, false),
  };
}

/** Today's visits of the doctor by time; and one of yesterday as long as it goes on. */
export function useToday(practitionerId: string, now: number) {
  const { meetings } = useServices();
  const queries = useQueryClient();
  const time = useClinicTime();
  const today = isoDay(time, now);
  return useQuery({
    queryKey: ['today', practitionerId, today],
    queryFn: async ({ signal }) => {
      const start = dayStart(time, today)?.getTime() ?? now;
      const from = new Date(start - 24 * 3_600_000).toISOString();
      const to = dayStart(time, nextDay(today))?.toISOString();
      const filter = { doctorId: practitionerId, from, to, sort: 'scheduledAt' as const };
      const { items } = await meetings.list(filter, { limit: 200 }, signal);
      // The room of a visit that is known is drawn at once, and the press on start begins the call.
      for (const meeting of items) queries.setQueryData<Meeting>(['visit', meeting.id], newest(meeting));
      return items.filter(({ status, scheduledAt }) => status === 'active' || Date.parse(scheduledAt) >= start);
    },
    refetchInterval: 60_000,
  });
}
