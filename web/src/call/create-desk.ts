/** A desk, the doctor's or the clinic's: queues and meetings, kept up to date while the page is open. */
import type { DoctorQueue, WaitingEntry } from '../../../signaling/protocol/index.ts';
import type { Desk } from './call.ts';
import { Connection } from './connection/connection.ts';
import type { Ask, Fact } from './connection/link.ts';
import { watchNetwork } from './connection/network-watch.ts';
import { waysTo } from './connection/ways.ts';
import { createNews } from './desk-news.ts';
import { failureOf } from './failure.ts';
import { createStore } from './store.ts';
import { createTalk, type Talk } from './waiting/talk.ts';

export interface DeskOptions {
  /** A fresh access token, another one than `not`; called for each connection and refresh. */
  token(not?: string): Promise<string>;
  /** Same origin when empty. */
  baseUrl?: string;
  /** Whose queues: the doctor's own, or every one of the clinic (for who may see all of its meetings). */
  of?: 'doctor' | 'clinic';
}

interface DeskState {
  waiting: readonly WaitingEntry[];
  queues: readonly DoctorQueue[];
  connected: boolean;
}

/** Connects at once and comes back by itself. Anyone may open one: who has no queue hears of their meetings only. */
export function createDesk(options: DeskOptions): Desk {
  const store = createStore<DeskState>({ waiting: [], queues: [], connected: false });
  const news = createNews();
  const set = (patch: Partial<DeskState>) => store.set({ ...store.value, ...patch });
  const connection = new Connection({
    ...waysTo(options.baseUrl),
    token: (not) => options.token(not),
    events: {
      up: () => void watchQueue(),
      down: () => set({ connected: false }),
      attempt: () => undefined,
      refused: () => set({ connected: false }),
      fact: onFact,
    },
  });

  async function watchQueue(): Promise<void> {
    try {
      set({ ...(await queuesNow(connection.ask, options.of)), connected: true });
    } catch (error) {
      if (failureOf(error).code === 'NO_ANSWER') {
        connection.abandon();
        return;
      }
      // A patient has no queue to watch, and hears of their meetings all the same.
      set({ connected: connection.isUp });
    }
    connection.settle();
  }

  function onFact(fact: Fact): void {
    const { name, payload } = fact;
    talks.hear(fact);
    news.hear(fact);
    if (name === 'queue:updated') set({ queues: withQueue(store.value.queues, payload.queue) });
    if (name === 'queue:changed' && 'waiting' in payload) set({ waiting: payload.waiting });
  }

  const talks = createTalks(connection.ask);
  connection.open();
  const stopWatching = watchNetwork(() => connection.wake());
  return {
    get waiting() {
      return store.value.waiting;
    },
    get queues() {
      return store.value.queues;
    },
    get connected() {
      return store.value.connected;
    },
    subscribe: store.subscribe,
    onMeeting: news.onMeeting,
    onPayment: news.onPayment,
    ask: connection.ask,
    talk: talks.of,
    close() {
      stopWatching();
      connection.close();
      news.clear();
    },
  };
}

/** A queue that is empty while its doctor is free is of no interest; the others stay in the order of their names. */
function withQueue(queues: readonly DoctorQueue[], queue: DoctorQueue): DoctorQueue[] {
  const others = queues.filter(({ doctorId }) => doctorId !== queue.doctorId);
  const isOfInterest = queue.waiting.length > 0 || queue.busySince !== null;
  const all = isOfInterest ? [...others, queue] : others;
  return all.toSorted((a, b) => a.doctorName.localeCompare(b.doctorName) || (a.doctorId < b.doctorId ? -1 : 1));
}

/** The own queue, or those of the clinic; what follows is told. */
function queuesNow(ask: Ask, of: DeskOptions['of']): Promise<Partial<DeskState>> {
  return of === 'clinic' ? ask('queue:watch-clinic', {}) : ask('queue:watch', {});
}

/** A conversation for each meeting that was asked for, made once. */
function createTalks(ask: Ask): { of(meetingId: string): Talk; hear(fact: Fact): void } {
  const talks = new Map<string, Talk>();
  return {
    of(meetingId) {
      const known = talks.get(meetingId);
      if (known) return known;
      const talk = createTalk({ meetingId, ask, newId: () => crypto.randomUUID() });
      talks.set(meetingId, talk);
      return talk;
    },
    hear(fact) {
      for (const talk of talks.values()) talk.hear(fact);
    },
  };
}
