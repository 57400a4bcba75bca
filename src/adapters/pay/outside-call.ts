/**
 * Calls to somebody else's server: each with its time-out, tried again a few times with growing pauses that chance spreads,
 * and not at all for a while once several in a row have failed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../platform/errors.ts';

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

/** What became of one try: `again` says that the other side did nothing, or that doing it twice is harmless. */
export class OutsideFailure extends Error {
  readonly again: boolean;
  constructor(message: string, options: { again: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'OutsideFailure';
    this.again = options.again;
  }
}

export class OutsideCalls {
  readonly #options: OutsideOptions;
  #failures = 0;
  #openUntil = 0;

  constructor(options: OutsideOptions = usualOutside) {
    this.#options = options;
  }

  /** `attempt` throws OutsideFailure when the other side failed; anything else is an answer. Throws UNAVAILABLE in the end. */
  async call<T>(attempt: () => Promise<T>): Promise<T> {
    const { tries, pauseMs } = this.#options;
    for (let tried = 1; ; tried += 1) {
      this.#requireClosed();
      try {
        const answer = await attempt();
        this.#failures = 0;
        return answer;
      } catch (error) {
        if (!(error instanceof OutsideFailure)) {
          this.#failures = 0;
          throw error;
        }
        this.#failed();
        if (!error.again || tried >= tries) throw unavailable(error);
      }
      await pause(pauseMs * 2 ** (tried - 1) * (0.5 + Math.random()));
    }
  }

  #requireClosed(): void {
    if (performance.now() < this.#openUntil) throw unavailable(undefined);
  }

  #failed(): void {
    this.#failures += 1;
    if (this.#failures < this.#options.failures) return;
    this.#failures = 0;
    this.#openUntil = performance.now() + this.#options.openMs;
  }
}

function unavailable(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The payment provider cannot be reached just now.', { cause, retryAfter: 15 });
}
