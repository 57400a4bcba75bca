/** The room is fetched before it is needed, while somebody looks at themselves or waits for a patient. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { Meeting } from '../../api/meetings.ts';
import { useServices } from '../../services.tsx';
import { fetchedSoon } from '../../ui/fetched-soon.tsx';
import type { Entrance } from './begun.ts';

type Calls = typeof import('./begun.ts');

/** What begins calls, once it is there. */
let calls: Calls | null = null;

const room = fetchedSoon(async () => {
  const [{ Room }, begun, { knowDevice }] = await Promise.all([
    import('./room.tsx'),
    import('./begun.ts'),
    import('../../call/media/device.ts'),
  ]);
  knowDevice();
  calls = begun;
  return Room;
});

export const LazyRoom = room.Part;

/** Fetches the room's part of the program now. If that fails, going in tries again and says so. */
export function useRoomSoon(): void {
  useEffect(() => {
    room.fetch().catch(() => undefined);
  }, []);
}

/**
 * As `useRoomSoon`, and makes the call's way to the server for as long as this page is there; with `isSoon` more than that
 * (`Call.prepare`). Null is no call.
 */
export function useCallSoon(meetingId: string | null, isSoon: boolean, whoIsThere: string | null = null): void {
  const { session } = useServices();
  useEffect(() => {
    if (meetingId === null) return;
    let isGone = false;
    let letGo: () => void = () => undefined;
    const prepare = () => {
      if (!isGone && calls) letGo = calls.prepareCall(calls.callsOf(session), meetingId, isSoon, whoIsThere);
    };
    room.fetch().then(prepare, () => undefined);
    return () => {
      isGone = true;
      letGo();
    };
  }, [session, meetingId, isSoon, whoIsThere]);
}

/**
 * Answers what begins a call with the press that leads to its page. Where the page cannot be drawn at once, because the
 * program or the visit has yet to be fetched, it does nothing, and the page begins the call.
 */
export function useBegin(): (entrance: Entrance) => void {
  const { session } = useServices();
  const queries = useQueryClient();
  return useCallback(
    (entrance) => {
      const status = queries.getQueryData<Meeting>(['visit', entrance.meetingId])?.status;
      if (status === 'scheduled' || status === 'active') calls?.beginCall(calls.callsOf(session), entrance);
    },
    [session, queries],
  );
}
