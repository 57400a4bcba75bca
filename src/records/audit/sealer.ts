/**
 * Chains new entries. The database does the work in one function (audit_seal_pending); the nodes together ask for it twice a
 * second, so that no request waits for the chain. One sealer is at work at a time over all nodes; any may be next.
 */
import { Prisma } from '../../platform/db/client.ts';
import { type Database, withoutTenant_readForNamedJob } from '../../platform/db/scope.ts';
import { alone, type Lookers, lookEvery, pauseOf } from '../../platform/jobs/looking.ts';
import type { Logger } from '../../platform/logger.ts';

const pollMs = 500;
/** So small that a request which meets it on the processor hardly waits. */
const batch = 100;

export class AuditSealer {
  readonly #database: Database;
  readonly #logger: Logger;
  #stopLooking: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor({ database, logger }: { database: Database; logger: Logger }) {
    this.#database = database;
    this.#logger = logger;
  }

  start(lookers: Lookers = alone): void {
    if (this.#stopped) return;
    this.#stopLooking ??= lookEvery(
      () => pauseOf(pollMs, lookers),
      () => this.#look(),
    );
    this.#look();
  }

  /** Seals all that is committed now, unless another sealer is at work; answers how many entries it took up. */
  async sealNow(): Promise<number> {
    let all = 0;
    for (let taken = batch; taken === batch && !this.#stopped; all += taken) taken = await this.#seal();
    return all;
  }

  /** Idempotent; waits for the pass that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopLooking?.();
    await this.#running;
  }

  #look(): void {
    this.#running ??= this.sealNow()
      .then(
        () => undefined,
        (error: unknown) => this.#logger.warn({ err: error }, 'audit entries were not sealed, trying again'),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }

  /** After a crash of the database's machine the same entries wait again: they and their seals are lost together or not at all. */
  async #seal(): Promise<number> {
    const [row] = await withoutTenant_readForNamedJob<{ taken: number }>(
      this.#database.pool,
      'seal-audit',
      Prisma.sql`select audit_seal_pending(${batch}::int) as taken where set_config('synchronous_commit', 'off', true) = 'off'`,
    );
    return row?.taken ?? 0;
  }
}
