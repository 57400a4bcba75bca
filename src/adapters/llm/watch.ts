/** How long an answer may take: until it begins, between its pieces, and altogether. */
import { OutsideFailure } from '../../platform/outside/calls.ts';

export interface Patience {
  /** Milliseconds until something comes, and from each piece to the next. */
  quietMs: number;
  /** Milliseconds altogether. */
  totalMs: number;
}

export interface Watch extends Disposable {
  /** Aborted with OutsideFailure when it took too long, or with what the caller's signal was. */
  readonly signal: AbortSignal;
  /** Something came. */
  seen(): void;
  /** `promise`, unless the time runs out first: not all that waits for the network looks at the signal. */
  orTooLong<T>(promise: PromiseLike<T>): Promise<T>;
}

export function watch({ quietMs, totalMs }: Patience, caller: AbortSignal | undefined): Watch {
  const late = new AbortController();
  const give = () => late.abort(new OutsideFailure('The language model took too long.', { again: true }));
  const total = setTimeout(give, totalMs);
  let quiet = setTimeout(give, quietMs);
  const signal = caller ? AbortSignal.any([caller, late.signal]) : late.signal;
  const stopped = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  stopped.catch(() => undefined);
  return {
    signal,
    seen() {
      clearTimeout(quiet);
      if (!signal.aborted) quiet = setTimeout(give, quietMs);
    },
    orTooLong: (promise) => Promise.race([promise, stopped]),
    [Symbol.dispose]() {
      clearTimeout(total);
      clearTimeout(quiet);
    },
  };
}
