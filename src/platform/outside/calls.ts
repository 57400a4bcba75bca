/**
 * Calls to somebody else's server: each with its time-out, tried again a few times with growing pauses that chance spreads,
 * and not at all for a while once several in a row have failed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../errors.ts';

export interface OutsideOptions {
  /** How often one is tried. */
  tries: number;
  /** Milliseconds of the first pause; each next is twice as long. */
  pauseMs: number;
  /** So many failures in a row open the circuit. */
  failures: number;
  /** Milliseconds for which nothing is asked then. */
  openMs: number;
}

export const usualOutside: OutsideOptions = { tries: 3, pauseMs: 200, failures: 5, openMs: 15_000 };

/** Longer than this nobody waits for a next try, whatever the other side asks for. */
const longestPauseMs = 5_000;

/** What became of one try: `again` says that the other side did nothing, or that doing it twice is harmless. */
export class OutsideFailure extends Error {
  readonly again: boolean;
  /** Milliseconds for which the other side asked us to wait. */
  readonly afterMs: number | undefined;
  constructor(message: string, options: { again: boolean; cause?: unknown; afterMs?: number | undefined }) {
    super(message, { cause: options.cause });
    this.name = 'OutsideFailure';
    this.again = options.again;
    this.afterMs = options.afterMs;
  }
}

export class OutsideCalls {
  readonly #who: string;
  readonly #options: OutsideOptions;
  #failures = 0;
  #openUntil = 0;

  /** `who` is called, e.g. "The payment provider": it begins the sentence that a caller is told. */
  constructor(who: string, options: OutsideOptions = usualOutside) {
    this.#who = who;
    this.#options = options;
  }

  /** Whether nothing is asked just now. */
  get isOpen(): boolean {
    return performance.now() < this.#openUntil;
  }

  /**
   * `attempt` throws OutsideFailure when the other side failed; anything else is an answer. Throws UNAVAILABLE in the end.
   * Once `signal` is aborted nothing is tried again; what it was aborted with is thrown.
   */
  async call<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const { tries, pauseMs } = this.#options;
    for (let tried = 1; ; tried += 1) {
      signal?.throwIfAborted();
      if (this.isOpen) throw this.#unavailable(undefined);
      const failure = await this.#try(attempt, signal);
      if ('answer' in failure) return failure.answer;
      const { afterMs = 0, again } = failure.because;
      if (!again || tried >= tries || afterMs > longestPauseMs) throw this.#unavailable(failure.because);
      const spread = pauseMs * 2 ** (tried - 1) * (0.5 + Math.random());
      await pause(Math.max(afterMs, spread), undefined, signal && { signal });
    }
  }

  /** Counts a failure that showed only after `call` had its answer, e.g. a stream that was cut; answers what to throw. */
  cut(cause: OutsideFailure): AppError {
    this.#failed();
    return this.#unavailable(cause);
  }

  #failed(): void {
    this.#failures += 1;
    if (this.#failures < this.#options.failures) return;
    this.#failures = 0;
    this.#openUntil = performance.now() + this.#options.openMs;
  }

  async #try<T>(
    attempt: () => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<{ answer: T } | { because: OutsideFailure }> {
    try {
      const answer = await attempt();
      this.#failures = 0;
      return { answer };
    } catch (error) {
      // Whoever asked has gone, which says nothing about the other side.
      signal?.throwIfAborted();
      if (!(error instanceof OutsideFailure)) {
        this.#failures = 0;
        throw error;
      }
      this.#failed();
      return { because: error };
    }
  }

  #unavailable(cause: OutsideFailure | undefined): AppError {
    const wait = Math.max(this.#openUntil - performance.now(), cause?.afterMs ?? 0, 0);
    const retryAfter = wait > 0 ? Math.ceil(wait / 1_000) : 15;
    return new AppError('UNAVAILABLE', `${this.#who} cannot be reached just now.`, { cause, retryAfter });
  }
}
