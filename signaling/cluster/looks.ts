/**
 * What this node looks up for itself because it could not hear it: how the meetings stand of those who sit or wait here
 * (look-again.ts), and who holds the rooms.
 */
import type { Logger } from '../../src/platform/logger.ts';
import type { ClusterRouter } from './cluster-router.ts';
import type { LookAgain } from './look-again.ts';
import type { Sessions } from './own-sessions.ts';

export interface LooksDeps {
  lookAgain: Pick<LookAgain, 'pass' | 'forget'>;
  router: Pick<ClusterRouter, 'checkAll'>;
  sessions: Pick<Sessions, 'all'>;
  logger: Logger;
  /** Whether this node hears the others. */
  isUp(): boolean;
}

/** How often this node looks for itself what it cannot hear. */
const lookEveryMs = 2_000;
/** How long a room may outlive a word about it that was lost, twice. */
const checkEveryMs = 10_000;

export class Looks {
  readonly #deps: LooksDeps;
  readonly #timers: readonly NodeJS.Timeout[];
  #looking: Promise<void> | undefined;
  /** Facts may have been lost since the last look began, or it failed. */
  #mustLook = false;

  constructor(deps: LooksDeps) {
    this.#deps = deps;
    const lookIfDue = () => {
      if (!deps.isUp() || this.#mustLook) this.#look();
    };
    this.#timers = [
      setInterval(lookIfDue, lookEveryMs).unref(),
      setInterval(() => this.checkRooms(), checkEveryMs).unref(),
    ];
  }

  /** Facts may have been lost: everybody here is told how things stand. */
  atAll(): void {
    this.#deps.lookAgain.forget();
    this.#mustLook = true;
    this.#look();
  }

  /** Holds the rooms here against what the database says. */
  checkRooms(): void {
    const { router, logger } = this.#deps;
    router
      .checkAll()
      .catch((error: unknown) => logger.warn({ err: error }, 'it was not looked up who holds the rooms'));
  }

  /** Idempotent; waits for the look that is under way. */
  async close(): Promise<void> {
    this.#timers.forEach(clearInterval);
    await this.#looking;
  }

  /** One look at a time: one that is under way may have passed somebody by, so another one follows. */
  #look(): void {
    this.#looking ??= this.#pass().finally(() => {
      this.#looking = undefined;
    });
    if (!this.#deps.isUp()) this.checkRooms();
  }

  async #pass(): Promise<void> {
    const { lookAgain, sessions, logger } = this.#deps;
    this.#mustLook = false;
    try {
      await lookAgain.pass(sessions.all());
    } catch (error) {
      this.#mustLook = true;
      logger.warn({ err: error }, 'those who are here were not told how things stand');
    }
  }
}
