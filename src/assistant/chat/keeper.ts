/** Forgets conversations whose time is over. Any node may; several do no harm. */
import type { Clock } from '../../platform/clock.ts';
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import type { Logger } from '../../platform/logger.ts';

const batch = 500;
const hourMs = 3_600_000;

export class ChatKeeper {
  readonly #deps: { database: Database; logger: Logger; clock: Clock };
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(deps: { database: Database; logger: Logger; clock: Clock }) {
    this.#deps = deps;
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
        (error: unknown) =>
          this.#deps.logger.warn({ err: error }, 'conversations were not forgotten, trying again later'),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #forget(): Promise<number> {
    const { database, clock } = this.#deps;
    const rows = await withoutTenant_forNamedJob(
      database.prisma,
      'forget-chats',
      (tx) => tx.$queryRaw<{ gone: number }[]>`select forget_chats(${clock.now()}::timestamptz, ${batch}::int) as gone`,
    );
    return rows[0]?.gone ?? 0;
  }
}
