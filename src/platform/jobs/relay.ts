/**
 * Delivers the outbox. One relay at a time over all nodes (an advisory lock), so facts of one key keep their order;
 * a fact is marked as told in the transaction that told it, so a crash in between tells it again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Prisma } from '../db/client.ts';
import { Listener } from '../db/listener.ts';
import type { Reads } from '../db/quick.ts';
import { withoutTenant_decideForNamedJob, withoutTenant_readForNamedJob } from '../db/scope.ts';
import type { Logger } from '../logger.ts';
import { SpanKind, withSpan } from '../telemetry/tracing.ts';
import { alone, type Lookers, lookEvery, pauseOf } from './looking.ts';

export interface OutboxFact {
  id: string;
  tenantId: string;
  topic: string;
  key: string;
  payload: unknown;
}

/** Must be harmless twice and quick: what takes long belongs into a job of its own. */
export type FactHandler = (fact: OutboxFact) => Promise<void> | void;

interface OutboxRow {
  /** A 64-bit number, as text. */
  seq: string;
  id: string;
  tenant_id: string;
  topic: string;
  key: string;
  payload: unknown;
  attempts: number;
  /** The trace in which it was appended. */
  trace_parent: string | null;
  /** It waits for longer than any of several processes that could tell it would let it wait. */
  is_late: boolean;
}

const batch = 100;
const keysAtOnce = 25;
/** Any number will do, as long as every node uses the same. */
const relayLock = 4_717_001;
/** Nobody notices it, and a busy relay makes a tenth of the passes. */
const gatherMs = 5;
/** From the end of one pass to the next: what comes thick is told together, what comes alone is not held up. */
const restMs = 25;
const handlerTimeoutMs = 5_000;
const longestRetryMs = 60_000;
/** Of NOTIFY: a process that tells nothing itself has appended something. */
const channel = 'outbox';
/** Whoever may tell does so within a second or two. What is older nobody may tell, and it is not for sockets alone. */
const usualPatienceMs = 30_000;

export class OutboxRelay {
  readonly #pool: Pool;
  readonly #logger: Logger;
  readonly #pollMs: number;
  readonly #patienceMs: number;
  readonly #handlers = new Map<string, FactHandler[]>();
  #stopLooking: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #endedAt = Number.NEGATIVE_INFINITY;
  #closed = false;
  #listener: Listener | undefined;
  #waking: Promise<void> | undefined;
  #wakeAgain = false;
  #mayTell: () => boolean | Promise<boolean> = () => true;

  constructor(deps: { pool: Pool; logger: Logger; pollMs?: number; patienceMs?: number }) {
    this.#pool = deps.pool;
    this.#logger = deps.logger;
    this.#pollMs = deps.pollMs ?? 1_000;
    this.#patienceMs = deps.patienceMs ?? usualPatienceMs;
  }

  on(topic: string, handler: FactHandler): void {
    this.#handlers.set(topic, [...(this.#handlers.get(topic) ?? []), handler]);
  }

  /**
   * Facts wait while this says no: whoever tells them now would not be heard by everybody. For half a minute at most, since
   * others than those who look for themselves wait for them: a consent that was withdrawn, money that was paid.
   */
  tellWhile(mayTell: () => boolean | Promise<boolean>): void {
    this.#mayTell = mayTell;
  }

  start(lookers: Lookers = alone): void {
    this.#stopLooking ??= lookEvery(
      () => pauseOf(this.#pollMs, lookers),
      () => this.nudge(),
    );
    this.nudge();
  }

  /** Hears of what processes append that tell nothing themselves. Never rejects: looking once a second is the floor. */
  async listen(): Promise<void> {
    const nudge = () => this.nudge();
    const deps = { pool: this.#pool, logger: this.#logger, channel };
    this.#listener ??= new Listener({ ...deps, onPayload: nudge, onListening: nudge });
    await this.#listener.start();
  }

  /**
   * Something was appended: look now. Nudges during a pass become one more pass. Where the relay was not started, in a
   * process that has none of the hearers, those that have them are told.
   */
  nudge(): void {
    if (this.#closed) return;
    if (!this.#stopLooking) {
      this.#wakeOthers();
      return;
    }
    if (this.#running) {
      this.#again = true;
      return;
    }
    // A moment later: whoever nudges has an answer to give first, and facts that come together are told together.
    this.#running = pause(Math.max(gatherMs, this.#endedAt + restMs - performance.now()))
      .then(() => this.#drain())
      .finally(() => {
        this.#endedAt = performance.now();
        this.#running = undefined;
        if (this.#again) {
          this.#again = false;
          this.nudge();
        }
      });
  }

  /** Idempotent; waits for the pass that is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopLooking?.();
    await Promise.all([this.#running, this.#waking, this.#listener?.close()]);
  }

  /**
   * After the commit, in a transaction of its own: those with a NOTIFY in them commit one after the other. Whatever comes
   * meanwhile becomes one more.
   */
  #wakeOthers(): void {
    if (this.#waking) {
      this.#wakeAgain = true;
      return;
    }
    this.#waking = pause(gatherMs)
      .then(async () => {
        const wake = Prisma.sql`select pg_notify(${channel}::text, '')::text`;
        await withoutTenant_readForNamedJob(this.#pool, 'relay-outbox', wake);
      })
      .catch((error: unknown) => this.#logger.debug({ err: error }, 'nobody was told that the outbox has something'))
      .finally(() => {
        this.#waking = undefined;
        if (!this.#wakeAgain) return;
        this.#wakeAgain = false;
        this.nudge();
      });
  }

  async #drain(): Promise<void> {
    try {
      const mayTell = await this.#mayTell();
      while (!this.#closed && (await this.#pass(mayTell)) === batch);
    } catch (error) {
      this.#logger.warn({ err: error }, 'outbox pass failed, trying again');
    }
  }

  /** Answers how many facts were looked at that did not have to wait. */
  #pass(mayTell: boolean): Promise<number> {
    const pending: Reads<OutboxRow> = Prisma.sql`
      select seq, id, tenant_id, topic, key, payload, attempts, trace_parent,
        created_at < now() - make_interval(secs => ${this.#patienceMs}::float8 / 1000) as is_late
      from outbox_pending(${batch}::int)`;
    // Losing the mark in a crash only tells a fact twice.
    return withoutTenant_decideForNamedJob(this.#pool, 'relay-outbox', {
      alone: relayLock,
      read: pending,
      decide: async (rows) => {
        const due = mayTell ? rows : lateOf(rows);
        return { writes: await this.#tellAll(due), answer: due.length };
      },
    });
  }

  /** Answers how to mark what became of each. */
  async #tellAll(rows: readonly OutboxRow[]): Promise<Prisma.Sql[]> {
    const told: string[] = [];
    const marks: Prisma.Sql[] = [];
    const keys = [...Map.groupBy(rows, ({ key }) => key).values()];
    // Several at a time, since each mostly waits for an answer; not all, since each has only so long.
    const tellNext = async (): Promise<void> => {
      for (let facts = keys.shift(); facts; facts = keys.shift()) {
        const failed = await this.#tellInOrder(facts, told);
        if (failed) marks.push(retryLater(failed));
      }
    };
    await Promise.all(Array.from({ length: keysAtOnce }, tellNext));
    if (told.length > 0) marks.push(Prisma.sql`select outbox_done(${told}::bigint[])`);
    return marks;
  }

  /** Facts of one key, up to the one that is not delivered, which holds back the later ones. */
  async #tellInOrder(facts: readonly OutboxRow[], told: string[]): Promise<OutboxRow | undefined> {
    for (const fact of facts) {
      if (!(await this.#tell(fact))) return fact;
      told.push(fact.seq);
    }
    return undefined;
  }

  async #tell(row: OutboxRow): Promise<boolean> {
    const fact = { id: row.id, tenantId: row.tenant_id, topic: row.topic, key: row.key, payload: row.payload };
    try {
      const handlers = this.#handlers.get(row.topic) ?? [];
      await withSpan(`fact ${row.topic}`, { kind: SpanKind.CONSUMER, parent: row.trace_parent }, () =>
        inTime(Promise.all(handlers.map(async (handler) => handler(fact)))),
      );
      return true;
    } catch (error) {
      this.#logger.error(
        { err: error, topic: row.topic, factId: row.id, attempts: row.attempts + 1 },
        'fact not delivered',
      );
      return false;
    }
  }
}

/** Without those before which another one of their key has to wait. */
function lateOf(rows: readonly OutboxRow[]): OutboxRow[] {
  const waiting = new Set<string>();
  return rows.filter(({ key, is_late: isLate }) => {
    if (!isLate) waiting.add(key);
    return isLate && !waiting.has(key);
  });
}

function inTime(handled: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error('A fact handler took too long.'));
    const timer = setTimeout(late, handlerTimeoutMs).unref();
    handled.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function retryLater(row: OutboxRow): Prisma.Sql {
  const delayMs = Math.min(250 * 2 ** Math.min(row.attempts, 16), longestRetryMs);
  return Prisma.sql`select outbox_retry(${row.seq}::bigint, ${delayMs}::int)::text`;
}
