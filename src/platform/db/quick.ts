/**
 * Transactions in two round trips, for what somebody waits for: a statement that needs nothing from the answer before
 * it is sent along with it. One read, a decision, its writes; nothing else fits, and nothing else is needed here.
 */
import { Pool, type PoolClient } from 'pg';
import { AppError } from '../errors.ts';
import { traceParent } from '../telemetry/tracing.ts';
import type { Prisma } from './client.ts';
import { databaseFault } from './faults.ts';
import { asTenant, prepareSmall, type Small, sendPiece } from './piece.ts';
import { turnSocket } from './turn-socket.ts';

/** What a decision comes to. The writes are made in their order; `answer` is given once they are committed. */
export interface Decided<T> {
  writes: readonly Prisma.Sql[];
  answer: T;
}

/** A statement and what its rows are. Saying so is a promise about the text, which nobody checks. */
export type Reads<R> = Prisma.Sql & { readonly rows?: readonly R[] };

/** Statements whose rows decide whether there is anything to do at all; a round trip more. */
export interface First {
  statements: readonly Prisma.Sql[];
  /** Gets the rows of each. Nothing more is done when it throws. */
  judge(results: readonly (readonly unknown[])[]): void;
}

/** What is to happen before the read. */
export interface Before {
  first?: First;
  /** Made one after the other ahead of the read, in its round trip: locks and writes, whose rows nobody needs. */
  ahead?: readonly Prisma.Sql[];
}

/** Whose transaction it is; or what begins and prepares it, as several statements without parameters. */
export type Opening = { tenantId: string } | string;

export interface QuickTransaction<R, T> extends Before {
  opening: Opening;
  read: Reads<R>;
  /** Nothing is kept when it throws. */
  decide(rows: readonly R[]): Decided<T> | Promise<Decided<T>>;
}

/** `url` must connect as the serving role, which cannot bypass row-level security. */
export function createPool(url: string, options: { poolSize?: number } = {}): Pool {
  const pool = new Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    application_name: 'housecall-quick',
    connectionTimeoutMillis: 5_000,
    pipeline: true,
    stream: turnSocket,
    // oxlint-disable-next-line typescript/no-misused-promises -- pg-pool waits for it, which its types do not say.
    onConnect: prepareSmall,
  });
  // A connection that is lost while idle is replaced by the next use; one in use fails its queries, which is enough.
  pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  return pool;
}

const ignore = (): void => undefined;

/** Throws UNAVAILABLE when the database cannot be reached or is lost on the way: then it may or may not be committed. */
export function runQuick<R, T>(pool: Pool, work: QuickTransaction<R, T>): Promise<T> {
  return withClient(pool, (client) => transact(client, work));
}

/** One read in a transaction of its own, in one round trip; `plan` as in `TenantDb.read`. Throws as `runQuick`. */
export async function readQuick<R>(pool: Pool, tenantId: string, read: Reads<R>, plan?: 'generic'): Promise<R[]> {
  const { rows } = await alone(pool, tenantId, read, plan);
  return rows as R[];
}

/** The same for nobody's tenant: tables show no row, functions answer. */
export async function readAlone<R>(pool: Pool, read: Reads<R>): Promise<R[]> {
  const { rows } = await alone(pool, null, read);
  return rows as R[];
}

/** One write in a transaction of its own, in one round trip: whether it wrote a row. Throws as `runQuick`. */
export async function writeQuick(pool: Pool, tenantId: string, write: Prisma.Sql): Promise<boolean> {
  const { rowCount } = await alone(pool, tenantId, write);
  return (rowCount ?? 0) > 0;
}

/** A piece that is a transaction by itself: when it fails, there is nothing to roll back. */
function alone(pool: Pool, tenantId: string | null, statement: Prisma.Sql, plan?: 'generic') {
  const before: Small[] = tenantId === null ? [] : asTenant(tenantId);
  if (plan) before.push({ name: plan });
  const work = (client: PoolClient) => sendPiece(client, statement, { before }).catch(unreachable);
  return withClient(pool, work, 'select 1');
}

/** What failed is followed by `after`, which tells whether the connection is still one. */
async function withClient<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  after: 'rollback' | 'select 1' = 'rollback',
): Promise<T> {
  const client = await pool.connect().catch(unreachable);
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    await client.query(after).catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function transact<R, T>(
  client: PoolClient,
  { opening, first, ahead = [], read, decide }: QuickTransaction<R, T>,
): Promise<T> {
  const before: readonly Small[] =
    typeof opening === 'string' ? [] : [{ name: 'begin' }, ...asTenant(opening.tenantId)];
  // The first statement takes the opening along.
  const opened = typeof opening === 'string' ? [client.query(traced(opening))] : [];
  let isOpen = false;
  const sendNext = (statement: Prisma.Sql) => {
    const options = isOpen ? {} : { before };
    isOpen = true;
    return sendPiece(client, statement, options);
  };
  if (first) {
    const asked = first.statements.map(sendNext);
    const [results] = await Promise.all([Promise.all(asked), ...opened]).catch(unreachable);
    first.judge(results.map(({ rows }) => rows));
  }
  const waits = [...opened, ...ahead.map(sendNext)];
  const [{ rows }] = await Promise.all([sendNext(read), ...waits]).catch(unreachable);
  const { writes, answer } = await decide(rows as R[]);
  await Promise.all(writeAll(client, writes)).catch(unreachable);
  return answer;
}

/** The last write takes the commit along. Behind one that failed nothing is done, and the first fault is thrown. */
function writeAll(client: PoolClient, writes: readonly Prisma.Sql[]): Promise<unknown>[] {
  if (writes.length === 0) return [client.query('commit')];
  return writes.map((write, index) => sendPiece(client, write, { commit: index === writes.length - 1 }));
}

/** So that facts appended here carry the trace on. What is put into the text is hexadecimal, and of our own making. */
function traced(opening: string): string {
  const parent = traceParent();
  return parent === undefined ? opening : `${opening}; select set_config('app.trace_parent', '${parent}', true)`;
}

/** The database's own refusals are for those who know what they asked; a lost connection is the same for all. */
function unreachable(cause: unknown): never {
  if (databaseFault(cause)) throw cause;
  throw new AppError('UNAVAILABLE', 'The database could not do this just now. Try again.', { cause, retryAfter: 1 });
}
