/** What this process is told once a transaction of its own is committed; other processes hear of it by NOTIFY. */
import type { Tx } from './scope.ts';

interface Signal {
  channel: string;
  payload: unknown;
}

/** Of the transactions under way. */
const raised = new WeakMap<Tx, Signal[]>();

/** To be told when the transaction commits, and not at all when it does not. */
export function signal(tx: Tx, channel: string, payload: unknown): void {
  raised.get(tx)?.push({ channel, payload });
}

/** Must not throw. */
export type SignalHandler = (payload: unknown) => void;

export class Signals {
  readonly #handlers = new Map<string, Set<SignalHandler>>();

  /** Gives back how to stop hearing. */
  on(channel: string, handler: SignalHandler): () => void {
    const handlers = this.#handlers.get(channel) ?? new Set();
    this.#handlers.set(channel, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  /** `transact` hands over its transaction when it begins; what was raised in it is told when it is over and good. */
  async during<T>(transact: (begun: (tx: Tx) => void) => Promise<T>): Promise<T> {
    let signals: Signal[] = [];
    const result = await transact((tx) => {
      // Each try of a transaction begins anew.
      signals = [];
      raised.set(tx, signals);
    });
    for (const { channel, payload } of signals) {
      for (const handler of this.#handlers.get(channel) ?? []) handler(payload);
    }
    return result;
  }
}
