/** A value that is replaced, never changed, and whoever wants to hear of it. */

export interface Store<T> {
  readonly value: T;
  /** Listeners hear it only when `next` is another value than before. */
  readonly set: (next: T) => void;
  /** Answers how to stop hearing. A listener that stops another while they are told is safe. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of Array.from(listeners)) if (listeners.has(listener)) listener();
    },
    subscribe(listener) {
      // Wrapped, so that one function subscribed twice is heard twice and leaves once.
      const entry = () => listener();
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
