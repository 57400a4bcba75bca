/** Lines of chat on their way: what was written stays on the screen until it has arrived, and can be sent again. */
import { createStore } from './store.ts';

export interface OutgoingLine {
  clientId: string;
  text: string;
  /** `failed`: the server refused it, or the connection was away for too long. */
  state: 'sending' | 'failed';
}

export interface Outbox {
  readonly lines: readonly OutgoingLine[];
  subscribe(listener: () => void): () => void;
  /** Sends; the line leaves the outbox when it has arrived. */
  say(text: string): void;
  /** Sends a line that failed again, as the same line: nobody reads it twice. */
  retry(clientId: string): void;
  /** Gives a line that failed up. */
  discard(clientId: string): void;
  /** Forgets everything; what is on its way may still arrive. */
  close(): void;
}

/** `send` is the call's `say`: resolves when the line has arrived. */
export function createOutbox(
  send: (text: string, clientId: string) => Promise<void>,
  newId: () => string = () => crypto.randomUUID(),
): Outbox {
  const store = createStore<readonly OutgoingLine[]>([]);
  const without = (clientId: string) => store.value.filter((line) => line.clientId !== clientId);
  const mark = (clientId: string, state: OutgoingLine['state']) =>
    store.set(store.value.map((line) => (line.clientId === clientId ? { ...line, state } : line)));

  function deliver({ clientId, text }: OutgoingLine): void {
    send(text, clientId).then(
      () => store.set(without(clientId)),
      () => mark(clientId, 'failed'),
    );
  }

  return {
    get lines() {
      return store.value;
    },
    subscribe: store.subscribe,
    say(text) {
      const line: OutgoingLine = { clientId: newId(), text: text.trim(), state: 'sending' };
      if (line.text === '') return;
      store.set([...store.value, line]);
      deliver(line);
    },
    retry(clientId) {
      const line = store.value.find((one) => one.clientId === clientId && one.state === 'failed');
      if (!line) return;
      mark(clientId, 'sending');
      deliver(line);
    },
    discard: (clientId) =>
      store.set(store.value.filter((line) => line.clientId !== clientId || line.state !== 'failed')),
    close: () => store.set([]),
  };
}
