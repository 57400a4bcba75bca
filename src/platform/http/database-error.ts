/** What the database refused, as a caller may see it (SQLSTATE codes of PostgreSQL's appendix A). */
import { Prisma } from '../db/client.ts';
import { databaseFault } from '../db/faults.ts';
import { AppError, type ErrorCode } from '../errors.ts';

const bySqlState: Record<string, ErrorCode> = {
  '23505': 'ALREADY_EXISTS',
  '23P01': 'CONFLICT',
  '23503': 'CONFLICT',
  '40001': 'UNAVAILABLE',
  '40P01': 'UNAVAILABLE',
  '55P03': 'UNAVAILABLE',
  '57014': 'UNAVAILABLE',
  '57P01': 'UNAVAILABLE',
  '57P02': 'UNAVAILABLE',
  '57P03': 'UNAVAILABLE',
  '58030': 'UNAVAILABLE',
  '53100': 'UNAVAILABLE',
  '53200': 'UNAVAILABLE',
  '53300': 'UNAVAILABLE',
  // Input that our schemas let through and PostgreSQL cannot keep: too long, out of range, a character it has none for.
  '22001': 'INVALID_INPUT',
  '22003': 'INVALID_INPUT',
  '22007': 'INVALID_INPUT',
  '22008': 'INVALID_INPUT',
  '22021': 'INVALID_INPUT',
  '22P05': 'INVALID_INPUT',
};

/** Prisma's own codes for a database that is not there, too busy, or too slow to begin or finish a transaction. */
const byPrismaCode: Record<string, ErrorCode> = {
  P1001: 'UNAVAILABLE',
  P1002: 'UNAVAILABLE',
  P1008: 'UNAVAILABLE',
  P1017: 'UNAVAILABLE',
  P2024: 'UNAVAILABLE',
  P2028: 'UNAVAILABLE',
  P2034: 'UNAVAILABLE',
};

/** The adapter's words for the same, which is all that a raw query has. */
const byAdapterKind: Record<string, ErrorCode> = {
  ConnectionClosed: 'UNAVAILABLE',
  DatabaseNotReachable: 'UNAVAILABLE',
  SocketTimeout: 'UNAVAILABLE',
  TooManyConnections: 'UNAVAILABLE',
  TransactionAlreadyClosed: 'UNAVAILABLE',
  TransactionWriteConflict: 'UNAVAILABLE',
};

/** The driver's own words when the connection is lost, or is not made: it has no code for them. */
const lostConnection: ReadonlySet<string> = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'timeout exceeded when trying to connect',
]);

const details: Partial<Record<ErrorCode, string>> = {
  UNAVAILABLE: 'The database could not do this just now. Try again.',
};

/** Undefined when the error is not the database's, or says that we are wrong rather than the caller or the moment. */
export function databaseError(error: unknown): AppError | undefined {
  const sqlState = databaseFault(error)?.sqlState;
  const code =
    bySqlState[sqlState ?? ''] ??
    byPrismaCode[prismaCode(error)] ??
    byAdapterKind[adapterKind(error)] ??
    (error instanceof Error && lostConnection.has(error.message) ? 'UNAVAILABLE' : undefined);
  if (!code) return undefined;
  return new AppError(code, details[code], { cause: error, ...(code === 'UNAVAILABLE' && { retryAfter: 1 }) });
}

function prismaCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function adapterKind(error: unknown): string {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return '';
  const meta = error.meta as { driverAdapterError?: { cause?: { kind?: string } } } | undefined;
  return meta?.driverAdapterError?.cause?.kind ?? '';
}
