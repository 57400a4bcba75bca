/**
 * Work that is done after the answer has been given, so that how long it takes tells the caller nothing. It is lost when
 * the process dies in between: only for what the caller can simply ask for again.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from './errors.ts';
import type { Logger } from './logger.ts';

const mostWaiting = 200;

export class Afterwards {
  readonly #logger: Logger;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #closed = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Does it soon, one after the other; a failure is logged under `name`. Throws UNAVAILABLE when too much waits already. */
  do(name: string, work: () => Promise<void>): void {
    if (this.#closed) throw new AppError('UNAVAILABLE', 'The server is stopping.', { retryAfter: 1 });
    if (this.#waiting >= mostWaiting) throw new AppError('UNAVAILABLE', 'Try again in a moment.', { retryAfter: 2 });
    this.#waiting += 1;
    this.#turn = this.#turn.then(async () => {
      // The answer goes first.
      await nextTurn();
      await work().catch((error: unknown) => this.#logger.error({ err: error, work: name }, 'work was not done'));
      this.#waiting -= 1;
    });
  }

  /** Until all that was asked for so far is done. */
  settled(): Promise<void> {
    return this.#turn;
  }

  /** Finishes what was taken on. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#turn;
  }
}
