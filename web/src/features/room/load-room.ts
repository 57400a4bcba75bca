/** The room is fetched before it is needed, while somebody looks at themselves or waits for a patient. */
import { lazy, useEffect } from 'react';

const load = () => import('./room.tsx');

export const LazyRoom = lazy(async () => ({ default: (await load()).Room }));

/** Fetches the room's part of the program now. If that fails, going in tries again and says so. */
export function useRoomSoon(): void {
  useEffect(() => {
    load().catch(() => undefined);
  }, []);
}
