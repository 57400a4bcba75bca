import { useSyncExternalStore } from 'react';
import type { GuestEntry } from '../../../../signaling/protocol/index.ts';
import type { Call } from '../../call/call.ts';

/** The doctor's guests, as they come and go. */
export function useGuests({ guests }: Call): readonly GuestEntry[] {
  return useSyncExternalStore(guests.subscribe, () => guests.list);
}
