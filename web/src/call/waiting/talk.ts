/** What is written between a waiting patient and the clinic, as one side of it sees it. */
import type { WaitingLine, WaitingRead } from '../../../../signaling/protocol/index.ts';
import type { Ask, Fact } from '../connection/link.ts';
import { createStore } from '../store.ts';

export interface TalkState {
  /** Oldest first. */
  lines: readonly WaitingLine[];
  read: WaitingRead;
  isLoaded: boolean;
}

export interface Talk {
  readonly state: TalkState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks for what was written so far. Rejects with CallFailed. To be called again after each loss of the connection. */
  load(): Promise<void>;
  /** Resolves when it has arrived. Rejects with CallFailed; the same text said again is then the same line. */
  say(text: string): Promise<void>;
  /** The own side has seen everything that is here. Never rejects. */
  markRead(): Promise<void>;
  hear(fact: Fact): void;
}

export interface TalkParts {
  meetingId: string;
  ask: Ask;
  newId(): string;
}

const unread: WaitingRead = { patient: null, clinic: null };

export function createTalk({ meetingId, ask, newId }: TalkParts): Talk {
  const store = createStore<TalkState>({ lines: [], read: unread, isLoaded: false });
  /** What was sent and not answered: its text, and the id that makes saying it again harmless. */
  let unanswered: { text: string; clientId: string } | null = null;
  const add = (lines: readonly WaitingLine[]) => store.set({ ...store.value, lines: merged(store.value.lines, lines) });
  return {
    get state() {
      return store.value;
    },
    subscribe: store.subscribe,
    async load() {
      const { lines, read } = await ask('queue:messages', { meetingId });
      store.set({ lines: merged(store.value.lines, lines), read: later(store.value.read, read), isLoaded: true });
    },
    async say(text) {
      if (unanswered?.text !== text) unanswered = { text, clientId: newId() };
      const line = await ask('queue:message', { meetingId, ...unanswered });
      unanswered = null;
      add([line]);
    },
    async markRead() {
      const last = store.value.lines.at(-1);
      if (!last) return;
      const read = await ask('queue:read', { meetingId, lineId: last.id }).catch(() => null);
      if (read) store.set({ ...store.value, read: later(store.value.read, read) });
    },
    hear({ name, payload }) {
      if (name === 'queue:messaged' && payload.line.meetingId === meetingId) add([payload.line]);
      if (name === 'queue:was-read' && payload.meetingId === meetingId)
        store.set({ ...store.value, read: later(store.value.read, payload.read) });
    },
  };
}

/** Each line once, in the order in which the server took them: its ids grow with time. */
function merged(known: readonly WaitingLine[], more: readonly WaitingLine[]): WaitingLine[] {
  const all = new Map([...known, ...more].map((line) => [line.id, line]));
  return [...all.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const max = (a: string | null, b: string | null): string | null => (a !== null && (b === null || a > b) ? a : b);

/** Answers and facts may overtake each other: what was read stays read. */
function later(known: WaitingRead, news: WaitingRead): WaitingRead {
  return { patient: max(known.patient, news.patient), clinic: max(known.clinic, news.clinic) };
}
