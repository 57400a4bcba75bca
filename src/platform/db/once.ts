/**
 * Work that is done once for a key, however often it is asked for. The key is taken, the work done and its answer kept in
 * one transaction: after a crash either all of it is there or nothing.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { Prisma } from './client.ts';
import type { TenantDb, TransactionOptions, Tx } from './scope.ts';

export interface KeptAnswer {
  status: number;
  /** As it was sent; empty where there was none. */
  body: string;
}

/** What one request asks to be done once. */
export interface Claim {
  /** 32 bytes that stand for who asks, by which route, under which key. */
  id: Uint8Array<ArrayBuffer>;
  /** 32 bytes that stand for what is asked. */
  request: Uint8Array<ArrayBuffer>;
  /** How the route answers what the transaction came to. */
  present(answer: unknown): KeptAnswer;
  seal(body: string): Uint8Array<ArrayBuffer>;
  unseal(sealed: Uint8Array): string;
  /** Milliseconds to wait for another request with the key that is at work. */
  patience: number;
}

/** Thrown through the handler: the work was done before, this is what it came to. */
export class AnsweredBefore extends Error {
  override name = 'AnsweredBefore';
  readonly answer: KeptAnswer;
  constructor(answer: KeptAnswer) {
    super('This was answered before.');
    this.answer = answer;
  }
}

export interface OnceDb {
  db: TenantDb;
  /** What was kept; undefined when nothing was, because the work was not done or was refused. */
  kept(): KeptAnswer | undefined;
}

const keptHours = 24;

/** Another request with the key has it now. */
class AtWork extends Error {}

/**
 * `db` for the one transaction of a request. What it comes to is kept, or what `db.reply` was told. Throws AnsweredBefore,
 * IDEMPOTENCY_KEY_REUSED, or IDEMPOTENCY_IN_PROGRESS when another request is still at work after the patience.
 */
export function onceDb(db: TenantDb, claim: Claim): OnceDb {
  const outcome = new Outcome(claim);
  let isUsed = false;
  const once = async <T>(attempt: () => Promise<T>): Promise<T> => {
    if (isUsed) throw new Error('A request with an Idempotency-Key makes one transaction.');
    isUsed = true;
    try {
      const answer = await patiently(attempt, claim.patience);
      outcome.commit();
      return answer;
    } catch (error) {
      // Nothing is kept of it, so it may be tried again, as after a deadlock.
      isUsed = false;
      throw error;
    }
  };
  const run = <T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions) =>
    db.run(async (tx) => {
      const results = [];
      for (const statement of takingOf(claim)) results.push(await tx.$queryRaw<unknown[]>(statement));
      judge(claim, results);
      outcome.begin();
      const answer = await work(tx);
      for (const write of outcome.writes(db.tenantId, answer)) await tx.$executeRaw(write);
      return answer;
    }, options);
  return {
    kept: () => outcome.kept,
    db: {
      tenantId: db.tenantId,
      about: (subject) => db.about(subject),
      reply: (value) => outcome.tell(value),
      refused(code) {
        outcome.refuse();
        db.refused(code);
      },
      read: (...asked) => db.read(...asked),
      readAbout: (...asked) => db.readAbout(...asked),
      run: (work, options) => once(() => run(work, options)),
      decide: (read, decide, before) =>
        once(() =>
          db.decide(
            read,
            (rows) => {
              outcome.begin();
              const { writes, answer } = decide(rows);
              return { writes: [...writes, ...outcome.writes(db.tenantId, answer)], answer };
            },
            { ...before, first: { statements: takingOf(claim), judge: (results) => judge(claim, results) } },
          ),
        ),
      // A write that may find nothing to do is a guess; under a key it is decided under the lock at once.
      writeIf: async () => false,
    },
  };
}

/** What one attempt comes to, until it is committed. */
class Outcome {
  readonly #claim: Claim;
  #told: { value: unknown } | undefined;
  #isRefused = false;
  #answer: KeptAnswer | undefined;
  kept: KeptAnswer | undefined;

  constructor(claim: Claim) {
    this.#claim = claim;
  }

  begin(): void {
    this.#told = undefined;
    this.#isRefused = false;
    this.#answer = undefined;
  }

  tell(value: unknown): void {
    this.#told = { value };
  }

  refuse(): void {
    this.#isRefused = true;
  }

  writes(tenantId: string, answer: unknown): Prisma.Sql[] {
    if (this.#isRefused) return [];
    this.#answer = this.#claim.present(this.#told ? this.#told.value : answer);
    return [keeping(tenantId, this.#claim, this.#answer)];
  }

  commit(): void {
    this.kept = this.#answer;
  }
}

/** Tries again while another request with the key is at work, without holding a connection meanwhile. */
async function patiently<T>(attempt: () => Promise<T>, patience: number): Promise<T> {
  const end = performance.now() + patience;
  for (let wait = 20; ; wait = Math.min(wait * 2, 250)) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AtWork)) throw error;
      if (performance.now() + wait > end) {
        const detail = 'Wait for the first request with this key, or ask again later.';
        throw new AppError('IDEMPOTENCY_IN_PROGRESS', detail, { retryAfter: 1 });
      }
      await pause(wait);
    }
  }
}

interface Found {
  request: Uint8Array;
  status: number;
  answer: Uint8Array;
}

/** Two statements: only what is read after the key is taken shows what its last holder has kept. */
function takingOf({ id }: Claim): Prisma.Sql[] {
  return [
    Prisma.sql`select idempotency_claim(${id}::bytea) as free`,
    Prisma.sql`
      select request, status, answer from idempotency_record
      where tenant_id = (select app_tenant()) and id = ${id}::bytea and expires_at > now()`,
  ];
}

function judge(claim: Claim, [taken, found]: readonly (readonly unknown[])[]): void {
  if (!(taken?.[0] as { free: boolean } | undefined)?.free) throw new AtWork();
  const before = found?.[0] as Found | undefined;
  if (!before) return;
  if (Buffer.compare(before.request, claim.request) !== 0)
    throw new AppError('IDEMPOTENCY_KEY_REUSED', 'Take a new key for a new request.');
  throw new AnsweredBefore({ status: before.status, body: claim.unseal(before.answer) });
}

/** In the place of one that is over, if there is one. */
function keeping(tenantId: string, { id, request, seal }: Claim, { status, body }: KeptAnswer): Prisma.Sql {
  return Prisma.sql`
    insert into idempotency_record (tenant_id, id, request, status, answer, expires_at)
    values (${tenantId}::uuid, ${id}::bytea, ${request}::bytea, ${status}::int, ${seal(body)}::bytea,
      now() + make_interval(hours => ${keptHours}::int))
    on conflict (tenant_id, id) do update
    set request = excluded.request, status = excluded.status, answer = excluded.answer, expires_at = excluded.expires_at`;
}
