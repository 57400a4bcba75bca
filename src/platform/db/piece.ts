/**
 * A statement and the small ones around it as one piece of PostgreSQL's extended protocol: one Sync at its end, so the
 * server answers all of it at once. Where nothing in it begins a transaction, the piece is one (PostgreSQL, "Pipelining").
 */
import { type ClientBase, type Connection, Query, type QueryResult } from 'pg';
import { traceParent } from '../telemetry/tracing.ts';
import type { Prisma } from './client.ts';
import { statementNames } from './statement-names.ts';

/**
 * A node that is cut off without a word leaves its transactions open, with their locks, until PostgreSQL hears of it, which by
 * itself takes hours. Whoever waits for such a lock waits for this long at most.
 */
export const mostIdle = '15s';

/**
 * By name, for each connection of the pool. Settings are of the transaction, and the statement that makes them gives no row.
 * As a transaction of Prisma's, a tenant's is given up when a statement takes longer than ten seconds.
 */
const prepared = {
  begin: 'begin',
  commit: 'commit',
  tenant: `
    select where set_config('statement_timeout', '10s', true) || set_config('app.tenant_id', $1, true)
      || set_config('idle_in_transaction_session_timeout', '${mostIdle}', true) is null`,
  trace: `select where set_config('app.trace_parent', $1, true) is null`,
  generic: `select where set_config('plan_cache_mode', 'force_generic_plan', true) is null`,
} as const;

type Prepared = keyof typeof prepared;

export interface Small {
  name: Prepared;
  values?: string[];
}

const nameOf = statementNames();
const nameOfSmall = (name: Prepared) => `housecall_${name}`;

/** To be done once with each connection, before it is used. */
export async function prepareSmall(client: ClientBase): Promise<void> {
  const prepare = (name: Prepared, values?: string[]) =>
    client.query({ name: nameOfSmall(name), text: prepared[name], ...(values && { values }) });
  const settings = [prepare('tenant', ['']), prepare('trace', ['']), prepare('generic')];
  await Promise.all([prepare('begin'), ...settings, prepare('commit')]);
}

/** Makes what follows a tenant's; facts that are appended carry the trace on, where there is one. */
export function asTenant(tenantId: string): Small[] {
  const parent = traceParent();
  return [
    { name: 'tenant', values: [tenantId] },
    ...(parent === undefined ? [] : [{ name: 'trace' as const, values: [parent] }]),
  ];
}

/** Gives the result of the statement itself. When anything in the piece fails, nothing behind it is done. */
export function sendPiece(
  client: ClientBase,
  { text, values }: Prisma.Sql,
  { before = [], commit = false }: { before?: readonly Small[]; commit?: boolean } = {},
): Promise<QueryResult<Record<string, unknown>>> {
  const { promise, resolve, reject } = Promise.withResolvers<QueryResult<Record<string, unknown>>>();
  // Given its parts one by one: pg copies an object property by property, which takes longer than all else here.
  const query: Query & { name?: string } = new Query(text, values, (error: Error | undefined, answered) => {
    const results = [answered].flat();
    const result = results[before.length];
    if (error) reject(error);
    else if (result) resolve(result);
    else reject(new Error('The database did not answer every statement.'));
  });
  query.name = nameOf({ sql: text });
  const submit = query.submit.bind(query);
  query.submit = (connection) => {
    for (const small of before) add(connection, small);
    return submit(commit ? committing(connection) : connection);
  };
  client.query(query);
  return promise;
}

function add(connection: Connection, { name, values = [] }: Small): void {
  connection.bind({ statement: nameOfSmall(name), values }, true);
  connection.execute(null, true);
}

/** The connection as a query sees it that is the last one of its transaction. */
function committing(connection: Connection): Connection {
  const sync = () => {
    add(connection, { name: 'commit' });
    connection.sync();
  };
  return Object.create(connection, { sync: { value: sync } }) as Connection;
}
