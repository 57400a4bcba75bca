/** What PostgreSQL refused, wherever in an error the layers above it have put that. */

export interface DatabaseFault {
  /** Five characters, PostgreSQL's appendix A: `23505` unique, `23503` foreign key, `23P01` exclusion, `23514` check … */
  sqlState: string;
  /** The constraint's name, where the refusal has one. */
  constraint?: string;
}

/** By class, so that neither Prisma's own codes (`P2002`) nor the system's (`EPIPE`) are taken for one. */
const sqlStatePattern = /^(?:[0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** Undefined when the error does not come from the database. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  // Prisma: meta.driverAdapterError.cause; the driver itself: the error.
  const cause = field(field(field(error, 'meta'), 'driverAdapterError'), 'cause') ?? error;
  const sqlState = field(cause, 'originalCode') ?? field(cause, 'code');
  if (typeof sqlState !== 'string' || !sqlStatePattern.test(sqlState)) return undefined;
  const constraint = constraintOf(cause);
  return { sqlState, ...(constraint !== undefined && { constraint }) };
}

function constraintOf(cause: unknown): string | undefined {
  const named = field(cause, 'constraint');
  if (typeof named === 'string') return named;
  const index = field(named, 'index');
  if (typeof index === 'string') return index;
  // Prisma passes the name on for keys only; elsewhere it stands in PostgreSQL's sentence.
  const message = field(cause, 'originalMessage');
  return typeof message === 'string' ? /constraint "([^"]+)"/.exec(message)?.[1] : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
