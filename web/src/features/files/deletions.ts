/** Files that are about to be deleted: for some seconds it can be taken back, since nothing has been sent yet. */
import { createStore } from '../../call/store.ts';

export interface Deletions {
  /** The state of each file that somebody wanted gone, by its id. */
  readonly states: ReadonlyMap<string, 'soon' | 'gone' | 'failed'>;
  subscribe(listener: () => void): () => void;
  want(id: string): void;
  /** Takes it back while there is time. */
  keep(id: string): void;
  /** Sends what was wanted and not taken back, at once. Idempotent. */
  close(): void;
}

interface DeletionsDeps {
  remove(id: string): Promise<void>;
  /** Milliseconds in which it can be taken back. */
  patience?: number;
}

export const undoMs = 7_000;

export function createDeletions({ remove, patience = undoMs }: DeletionsDeps): Deletions {
  const store = createStore<ReadonlyMap<string, 'soon' | 'gone' | 'failed'>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function mark(id: string, state: 'soon' | 'gone' | 'failed' | null): void {
    const next = new Map(store.value);
    if (state === null) next.delete(id);
    else next.set(id, state);
    store.set(next);
  }

  function send(id: string): void {
    timers.delete(id);
    remove(id).then(
      () => mark(id, 'gone'),
      () => mark(id, 'failed'),
    );
  }

  return {
    get states() {
      return store.value;
    },
    subscribe: store.subscribe,
    want(id) {
      if (timers.has(id)) return;
      mark(id, 'soon');
      timers.set(
        id,
        setTimeout(() => send(id), patience),
      );
    },
    keep(id) {
      clearTimeout(timers.get(id));
      if (timers.delete(id)) mark(id, null);
    },
    close() {
      for (const [id, timer] of Array.from(timers)) {
        clearTimeout(timer);
        send(id);
      }
    },
  };
}
