/** The doctor's guests while they are in the call: who waits, who is in, letting in and sending away. */
import type { GuestEntry } from '../../../signaling/protocol/index.ts';
import type { Ask, Fact } from './connection/link.ts';
import { createStore } from './store.ts';

export interface Guests {
  /** The oldest invitation first. */
  readonly list: readonly GuestEntry[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Lets in who waits. Rejects with CallFailed (failure.ts). */
  admit(guestId: string): Promise<void>;
  /** Sends away for good: from the door, out of the room, or before they have come. Rejects with CallFailed. */
  remove(guestId: string): Promise<void>;
}

/** `watch` asks for the list anew, with each seat; `hear` takes what the server tells. */
export interface LedGuests extends Guests {
  watch(): Promise<void>;
  hear(fact: Fact): void;
}

export function createGuests({ meetingId, ask }: { meetingId: string; ask: Ask }): LedGuests {
  const store = createStore<readonly GuestEntry[]>([]);
  return {
    get list() {
      return store.value;
    },
    subscribe: store.subscribe,
    async admit(guestId) {
      store.set((await ask('guest:admit', { guestId })).guests);
    },
    async remove(guestId) {
      store.set((await ask('guest:remove', { guestId })).guests);
    },
    async watch() {
      // Lost with the socket, it is asked again with the next seat.
      const answer = await ask('guest:watch', {}).catch(() => null);
      if (answer) store.set(answer.guests);
    },
    hear({ name, payload }) {
      if (name === 'guest:changed' && payload.meetingId === meetingId) store.set(payload.guests);
    },
  };
}
