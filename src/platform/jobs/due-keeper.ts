/**
 * Does what the clock owes. The truth is in the rows: the nodes together look about once a second and whoever locks a due row
 * first settles it. The timer in memory only makes it prompt.
 */
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { Prisma } from '../db/client.ts';
import { type NamedJob, withoutTenant_readForNamedJob } from '../db/scope.ts';
import type { Logger } from '../logger.ts';
import { alone, type Lookers, pauseOf } from './looking.ts';

export interface Due {
  tenantId: string;
  id: string;
}

export interface DueWork<D extends Due> {
  job: NamedJob;
  /** What it is about, for the log: `a meeting's deadline`. */
  words: string;
  /** A select of up to `max` rows that are due at `now`, as `D`, the longest due first. */
  due(now: Date, max: number): Prisma.Sql;
  /** An expression: when the next falls due, null for never. */
  next: Prisma.Sql;
  /** Settles one, in a transaction of its own; whether it changed anything. What somebody else holds is theirs. */
  settle(one: D): Promise<boolean>;
}

export interface DueKeeperDeps {
  pool: Pool;
  clock: Clock;
  logger: Logger;
}

/** The row of a look: one of what is due, if anything is, and when the next falls due. */
type Look<D extends Due> = { [K in keyof D]: D[K] | null } & { nextAt: Date | null };

const batch = 100;
const pollMs = 1_000;
const longestRetryMs = 60_000;

export class DueKeeper<D extends Due> {
  readonly #deps: DueKeeperDeps;
  readonly #work: DueWork<D>;
  /** What could not be settled, and when to try again. */
  readonly #failing = new Map<string, { attempts: number; retryAt: number }>();
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #lookers = alone;
  /** Passes of this keeper run one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #started = false;
  #stopped = false;

  constructor(deps: DueKeeperDeps, work: DueWork<D>) {
    this.#deps = deps;
    this.#work = work;
  }

  /** Looks at once, then for ever. Idempotent. */
  start(lookers: Lookers = alone): void {
    if (this.#started || this.#stopped) return;
    this.#started = true;
    this.#lookers = lookers;
    this.#wakeIn(0);
  }

  /** When something falls due is known: wake for it. */
  nudge(deadline: Date | null): void {
    if (deadline && this.#started) this.#wakeIn(deadline.getTime() - this.#deps.clock.now().getTime());
  }

  /**
   * Settles all that is due now, after the pass that is under way; answers how much it changed. What fails is logged, left
   * and tried again later.
   */
  async settleNow(): Promise<number> {
    return (await this.#inTurn()).settled;
  }

  /** Idempotent; waits for the pass that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all([this.#running, this.#turn]);
  }

  #inTurn(): Promise<{ settled: number; nextAt: Date | null }> {
    const pass = this.#turn.then(() => this.#settleDue());
    this.#turn = pass.catch(() => undefined);
    return pass;
  }

  async #settleDue(): Promise<{ settled: number; nextAt: Date | null }> {
    let settled = 0;
    const seen = new Set<string>();
    for (;;) {
      const { due, nextAt } = await this.#look(batch + seen.size);
      const fresh = due.filter(({ id }) => !seen.has(id));
      if (fresh.length === 0) {
        for (const id of this.#failing.keys()) if (!seen.has(id)) this.#failing.delete(id);
        return { settled, nextAt };
      }
      for (const one of fresh) {
        if (this.#stopped) return { settled, nextAt: null };
        seen.add(one.id);
        if (await this.#settle(one)) settled += 1;
      }
    }
  }

  /** In one round trip: mostly there is nothing to do, and somebody's call may be waiting. */
  async #look(max: number): Promise<{ due: D[]; nextAt: Date | null }> {
    const due = this.#work.due(this.#deps.clock.now(), max);
    const rows = await withoutTenant_readForNamedJob<Look<D>>(
      this.#deps.pool,
      this.#work.job,
      Prisma.sql`select due.*, ${this.#work.next} as "nextAt" from (select) as once left join (${due}) as due on true`,
    );
    return { due: rows.filter((row) => row.id !== null) as unknown as D[], nextAt: rows[0]?.nextAt ?? null };
  }

  async #settle(one: D): Promise<boolean> {
    const { tenantId, id } = one;
    const failure = this.#failing.get(id);
    if (failure && performance.now() < failure.retryAt) return false;
    try {
      const settled = await this.#work.settle(one);
      this.#failing.delete(id);
      return settled;
    } catch (error) {
      const attempts = (failure?.attempts ?? 0) + 1;
      const delay = Math.min(pollMs * 2 ** Math.min(attempts, 16), longestRetryMs);
      this.#failing.set(id, { attempts, retryAt: performance.now() + delay });
      this.#deps.logger.error({ err: error, tenantId, id, attempts }, `${this.#work.words} was not settled`);
      return false;
    }
  }

  /** Wakes then, or earlier if that was planned already; at the latest after the usual pause. */
  #wakeIn(ms: number): void {
    if (this.#stopped || this.#running) return;
    const delay = Math.min(Math.max(ms, 0), pauseOf(pollMs, this.#lookers));
    const at = performance.now() + delay;
    if (at >= this.#wakeAt) return;
    clearTimeout(this.#timer);
    this.#wakeAt = at;
    this.#timer = setTimeout(() => {
      this.#running = this.#pass();
    }, delay).unref();
  }

  async #pass(): Promise<void> {
    let pause = pollMs;
    try {
      const { nextAt } = await this.#inTurn();
      const ms = nextAt === null ? Number.POSITIVE_INFINITY : nextAt.getTime() - this.#deps.clock.now().getTime();
      // What is still due was held by somebody else or has failed: not at once again.
      if (ms > 0) pause = ms;
    } catch (error) {
      this.#deps.logger.warn({ err: error }, `whether ${this.#work.words} is due was not looked at, trying again`);
    }
    this.#running = undefined;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    this.#wakeIn(pause);
  }
}
