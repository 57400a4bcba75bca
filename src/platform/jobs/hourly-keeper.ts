/** Forgets what is over, now and once an hour, so that tables do not grow for ever. Any node may; several do no harm. */
import type { Logger } from '../logger.ts';

const hourMs = 3_600_000;

export interface HourlyWork {
  /** Answers how many went. */
  forget(): Promise<number>;
  /** So many at most go at a time: as long as it is so many, there may be more. Left out, all go at once. */
  batch?: number;
  /** For the log when it fails; it is tried again within the hour. */
  trouble: string;
  logger: Logger;
}

export class HourlyKeeper {
  readonly #work: HourlyWork;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(work: HourlyWork) {
    this.#work = work;
  }

  /** Looks now and once an hour. */
  start(): void {
    this.#timer ??= setInterval(() => this.#look(), hourMs).unref();
    this.#look();
  }

  /** How many there were. */
  async forgetNow(): Promise<number> {
    const { forget, batch } = this.#work;
    let all = 0;
    for (;;) {
      const gone = await forget();
      all += gone;
      if (gone !== batch) return all;
    }
  }

  /** Idempotent; waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  #look(): void {
    const { logger, trouble } = this.#work;
    this.#running ??= this.forgetNow()
      .then(
        () => undefined,
        (error: unknown) => logger.warn({ err: error }, trouble),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }
}
