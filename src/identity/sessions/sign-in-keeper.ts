/** Forgets what no sign-in needs any more, so that the tables do not grow for ever. Any node may; several do no harm. */
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import type { Logger } from '../../platform/logger.ts';

const hourMs = 3_600_000;
/** How long a sign-in is kept after its last use, for whoever looks into a break-in. */
const keptDays = 90;

export class SignInKeeper {
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

  /** How many rows went. */
  async forgetNow(): Promise<number> {
    const rows = await withoutTenant_forNamedJob(
      this.#database.prisma,
      'forget-sign-ins',
      (tx) => tx.$queryRaw<{ gone: number }[]>`select forget_sign_ins(${keptDays}::int) as gone`,
    );
    return rows[0]?.gone ?? 0;
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
        (error: unknown) => this.#logger.warn({ err: error }, 'old sign-ins were not forgotten, trying again later'),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }
}
