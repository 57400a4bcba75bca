/**
 * Delivers the outbox. One relay at a time over all nodes (an advisory lock), so facts of one key keep their order;
 * a fact is marked as told in the transaction that told it, so a crash in between tells it again.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { PrismaClient } from '../db/client.ts';
import { type Tx, withoutTenant_forNamedJob } from '../db/scope.ts';
import type { Logger } from '../logger.ts';

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
  seq: bigint;
  id: string;
  tenant_id: string;
  topic: string;
  key: string;
  payload: unknown;
  attempts: number;
}

const batch = 100;
/** Any number will do, as long as every node uses the same. */
const relayLock = 4_717_001;
const handlerTimeoutMs = 5_000;
const longestRetryMs = 60_000;

export class OutboxRelay {
  readonly #prisma: PrismaClient;
  readonly #logger: Logger;
  readonly #pollMs: number;
  readonly #handlers = new Map<string, FactHandler[]>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(deps: { prisma: PrismaClient; logger: Logger; pollMs?: number }) {
    this.#prisma = deps.prisma;
    this.#logger = deps.logger;
    this.#pollMs = deps.pollMs ?? 1_000;
  }

  on(topic: string, handler: FactHandler): void {
    this.#handlers.set(topic, [...(this.#handlers.get(topic) ?? []), handler]);
  }

  start(): void {
    this.#timer ??= setInterval(() => this.nudge(), this.#pollMs).unref();
    this.nudge();
  }

  /** Something was appended: look now. Nudges during a pass become one more pass. */
  nudge(): void {
    if (this.#closed) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#drain().finally(() => {
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
    clearInterval(this.#timer);
    await this.#running;
  }

  async #drain(): Promise<void> {
    try {
      while (!this.#closed && (await this.#pass()) === batch);
    } catch (error) {
      this.#logger.warn({ err: error }, 'outbox pass failed, trying again');
    }
  }

  /** Answers how many facts were waiting. */
  #pass(): Promise<number> {
    return withoutTenant_forNamedJob(this.#prisma, 'relay-outbox', async (tx) => {
      // Losing the mark in a crash only tells a fact twice, so there is no need to wait for the disk.
      await tx.$executeRaw`set local synchronous_commit = off`;
      await tx.$queryRaw`select pg_advisory_xact_lock(${relayLock})::text`;
      const rows = await tx.$queryRaw<OutboxRow[]>`
        select seq, id, tenant_id, topic, key, payload, attempts from outbox_pending(${batch}::int)`;
      const told: bigint[] = [];
      const stuck = new Set<string>();
      for (const row of rows) {
        if (stuck.has(row.key)) continue;
        if (await this.#tell(row)) {
          told.push(row.seq);
        } else {
          stuck.add(row.key);
          await retryLater(tx, row);
        }
      }
      if (told.length > 0) await tx.$queryRaw`select outbox_done(${told}::bigint[])`;
      return rows.length;
    });
  }

  async #tell(row: OutboxRow): Promise<boolean> {
    const fact = { id: row.id, tenantId: row.tenant_id, topic: row.topic, key: row.key, payload: row.payload };
    const abort = new AbortController();
    try {
      const handled = Promise.all((this.#handlers.get(row.topic) ?? []).map(async (handler) => handler(fact)));
      const late = delay(handlerTimeoutMs, undefined, { signal: abort.signal, ref: false }).then(
        () => Promise.reject(new Error('A fact handler took too long.')),
        () => undefined,
      );
      await Promise.race([handled, late]);
      return true;
    } catch (error) {
      this.#logger.error(
        { err: error, topic: row.topic, factId: row.id, attempts: row.attempts + 1 },
        'fact not delivered',
      );
      return false;
    } finally {
      abort.abort();
    }
  }
}

async function retryLater(tx: Tx, row: OutboxRow): Promise<void> {
  const delayMs = Math.min(250 * 2 ** Math.min(row.attempts, 16), longestRetryMs);
  await tx.$queryRaw`select outbox_retry(${row.seq}::bigint, ${delayMs}::int)::text`;
}
