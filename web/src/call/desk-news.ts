/** What a desk hears besides its queues, given on to whoever listens: meetings as they change, and what becomes of their payments. */
import type { Meeting } from '../../../signaling/protocol/index.ts';
import type { PaymentNews } from './call.ts';
import type { Fact } from './connection/link.ts';

interface Hearers<T> {
  tell(news: T): void;
  readonly subscribe: (listener: (news: T) => void) => () => void;
  clear(): void;
}

export interface DeskNews {
  hear(fact: Fact): void;
  /** Facts may arrive twice; a listener hears each version of a meeting once, and never an older one after a newer. */
  readonly onMeeting: Hearers<Meeting>['subscribe'];
  readonly onPayment: Hearers<PaymentNews>['subscribe'];
  clear(): void;
}

export function createNews(): DeskNews {
  const [meetings, payments] = [hearersOf<Meeting>(), hearersOf<PaymentNews>()];
  const versions = new Map<string, number>();
  return {
    onMeeting: meetings.subscribe,
    onPayment: payments.subscribe,
    hear({ name, payload }) {
      if (name === 'payment:changed') payments.tell(payload);
      if (name !== 'meeting:changed' && name !== 'meeting:started' && name !== 'meeting:ended') return;
      const { meeting } = payload;
      if ((versions.get(meeting.id) ?? 0) >= meeting.version) return;
      versions.set(meeting.id, meeting.version);
      meetings.tell(meeting);
    },
    clear() {
      meetings.clear();
      payments.clear();
    },
  };
}

function hearersOf<T>(): Hearers<T> {
  const listeners = new Set<(news: T) => void>();
  return {
    tell(news) {
      for (const listener of Array.from(listeners)) listener(news);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    clear: () => listeners.clear(),
  };
}
