/**
 * PostgreSQL's clock, which all nodes share: leases and deadlines are told by the same one, and a node whose own clock is
 * wrong, or jumps, ends nobody's meeting early. Between two readings time goes on by this process's monotonic clock.
 */
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { Prisma } from './client.ts';
import { type Reads, readAlone } from './quick.ts';

export interface DatabaseClockDeps {
  /** Epoch milliseconds by the database. */
  read(): Promise<number>;
  logger: Logger;
  /** Milliseconds of a clock that nobody sets. */
  elapsed?: () => number;
  everyMs?: number;
}

/** Crystals differ by less than a millisecond in that time. */
const usualEveryMs = 5_000;
/** Less is the way to the database, or a clock that is being slewed. */
const jumpMs = 1_000;

export class DatabaseClock implements Clock {
  readonly #deps: DatabaseClockDeps;
  readonly #elapsed: () => number;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  /** Database time less elapsed time; undefined before the first reading. */
  #aheadMs: number | undefined;

  private constructor(deps: DatabaseClockDeps) {
    this.#deps = deps;
    this.#elapsed = deps.elapsed ?? (() => performance.now());
  }

  /** Resolves when it is set; rejects when the database does not say. */
  static async open(deps: DatabaseClockDeps): Promise<DatabaseClock> {
    const clock = new DatabaseClock(deps);
    await clock.#set();
    clock.#timer = setInterval(() => void clock.settle(), deps.everyMs ?? usualEveryMs).unref();
    return clock;
  }

  now(): Date {
    return new Date(this.#elapsed() + (this.#aheadMs ?? 0));
  }

  /** Reads it again now. Never rejects: without a database time goes on as it went. */
  async settle(): Promise<void> {
    await (this.#reading ??= this.#set()
      .catch((error: unknown) => this.#deps.logger.debug({ err: error }, "the database's clock was not read"))
      .finally(() => {
        this.#reading = undefined;
      }));
  }

  /** Idempotent; waits for the reading that is under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
  }

  async #set(): Promise<void> {
    const asked = this.#elapsed();
    const read = await this.#deps.read();
    const answered = this.#elapsed();
    // It was read at some moment between the two, and nothing tells at which: only what cannot be is put right.
    const [least, most] = [read - answered, read - asked];
    const before = this.#aheadMs;
    this.#aheadMs = before === undefined ? (least + most) / 2 : Math.min(Math.max(before, least), most);
    const byMs = Math.round(this.#aheadMs - (before ?? this.#aheadMs));
    if (Math.abs(byMs) >= jumpMs) this.#deps.logger.warn({ byMs }, "the database's clock has jumped");
  }
}

export async function readDatabaseTime(pool: Pool): Promise<number> {
  const read: Reads<{ ms: number }> = Prisma.sql`
    /* housecall-clock */ select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
  const [row] = await readAlone(pool, read);
  if (!row) throw new Error('The database did not say what time it is.');
  return row.ms;
}
