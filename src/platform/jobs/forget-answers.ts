/** Forgets answers that are kept for repeats once their day is over. Any node may; several do no harm. */
import { type Database, withoutTenant_forNamedJob } from '../db/scope.ts';
import type { Logger } from '../logger.ts';

const batch = 1_000;
const hourMs = 3_600_000;

export class AnswerKeeper {
  readonly #database: Database;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor({ database, logger }: { database: Database; logger: Logger }) {
    this.#database = database;
    this.#logger = logger;
  }

  /** Looks now and once an hour. */
  start(): void {
    this.#timer ??= setInterval(() => this.#look(), hourMs).unref();
    this.#look();
  }

  /** How many there were. */
  async forgetNow(): Promise<number> {
    let all = 0;
    for (let gone = batch; gone === batch; all += gone) gone = await this.#forget();
    return all;
  }

  /** Idempotent; waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  #look(): void {
    this.#running ??= this.forgetNow()
      .then(
        () => undefined,
        (error: unknown) => this.#logger.warn({ err: error }, 'kept answers were not forgotten, trying again later'),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #forget(): Promise<number> {
    const rows = await withoutTenant_forNamedJob(
      this.#database.prisma,
      'forget-answers',
      (tx) => tx.$queryRaw<{ gone: number }[]>`select idempotency_forget(${batch}::int) as gone`,
    );
    return rows[0]?.gone ?? 0;
  }
}
