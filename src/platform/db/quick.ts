/**
 * Transactions in two round trips, for what somebody waits for: a statement that needs nothing from the answer before
 * it is sent along with it. One read, a decision, its writes; nothing else fits, and nothing else is needed here.
 */
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { AppError } from '../errors.ts';
import { traceParent } from '../telemetry/tracing.ts';
import type { Prisma } from './client.ts';
import { databaseFault } from './faults.ts';
import { statementNames } from './statement-names.ts';
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
  /** Made one after the other ahead of the read, in its round trip: locks, whose rows nobody needs. */
  ahead?: readonly Prisma.Sql[];
}

export interface QuickTransaction<R, T> extends Before {
  /** Begins the transaction and prepares it; several statements without parameters. */
  opening: string;
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
  });
  // A connection that is lost while idle is replaced by the next use; one in use fails its queries, which is enough.
  pool.on('error', ignore).on('connect', (client) => client.on('error', ignore));
  return pool;
}

const ignore = (): void => undefined;

const nameOf = statementNames();

/** Throws UNAVAILABLE when the database cannot be reached or is lost on the way: then it may or may not be committed. */
export function runQuick<R, T>(pool: Pool, work: QuickTransaction<R, T>): Promise<T> {
  return withClient(pool, (client) => transact(client, work));
}

/** One read in a transaction of its own, in one round trip. Throws as `runQuick`. */
export function readQuick<R>(pool: Pool, opening: string, read: Reads<R>): Promise<R[]> {
  return withClient(pool, async (client) => {
    const sent = [client.query(traced(opening)), send(client, read), client.query('commit')] as const;
    const [, { rows }] = await Promise.all(sent).catch(unreachable);
    return rows as R[];
  });
}

/** One write in a transaction of its own, in one round trip: whether it wrote a row. Throws as `runQuick`. */
export function writeQuick(pool: Pool, opening: string, write: Prisma.Sql): Promise<boolean> {
  return withClient(pool, async (client) => {
    const sent = [client.query(traced(opening)), send(client, write), client.query('commit')] as const;
    const [, { rowCount }] = await Promise.all(sent).catch(unreachable);
    return (rowCount ?? 0) > 0;
  });
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(unreachable);
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    await client.query('rollback').catch(() => {
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
  const opened = client.query(traced(opening));
  if (first) {
    const [, ...results] = await Promise.all([opened, ...first.statements.map((one) => send(client, one))]).catch(
      unreachable,
    );
    first.judge(results.map(({ rows }) => rows));
  }
  const waits = [opened, ...ahead.map((one) => send(client, one))];
  const [{ rows }] = await Promise.all([send(client, read), ...waits]).catch(unreachable);
  const { writes, answer } = await decide(rows as R[]);
  const written = writes.map((write) => send(client, write));
  // A commit behind a write that failed is a rollback, and the write's own fault is thrown.
  await Promise.all([...written, client.query('commit')]).catch(unreachable);
  return answer;
}

/** So that facts appended here carry the trace on. What is put into the text is hexadecimal, and of our own making. */
function traced(opening: string): string {
  const parent = traceParent();
  return parent === undefined ? opening : `${opening}; select set_config('app.trace_parent', '${parent}', true)`;
}

function send(client: PoolClient, { text, values }: Prisma.Sql) {
  return client.query<QueryResultRow>({ name: nameOf({ sql: text }), text, values });
}

/** The database's own refusals are for those who know what they asked; a lost connection is the same for all. */
function unreachable(cause: unknown): never {
  if (databaseFault(cause)) throw cause;
  throw new AppError('UNAVAILABLE', 'The database could not do this just now. Try again.', { cause, retryAfter: 1 });
}
