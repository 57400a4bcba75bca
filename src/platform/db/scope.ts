/**
 * The one door to data. Everything that works with a tenant's rows gets a `TenantDb`; whoever has none sees nothing,
 * because row-level security compares every row with the tenant set inside the transaction.
 */
import type { Pool, QueryResultRow } from 'pg';
import { AppError } from '../errors.ts';
import type { Prisma, PrismaClient } from './client.ts';
import { type Decided, readQuick, runQuick } from './quick.ts';

export type Tx = Prisma.TransactionClient;

export interface TransactionOptions {
  isolationLevel?: Prisma.TransactionIsolationLevel;
  /** Milliseconds. */
  timeout?: number;
}

/** Data of one tenant. */
export interface TenantDb {
  readonly tenantId: string;
  /** Runs `work` in one transaction that sees and writes only this tenant's rows. Nothing is kept when it throws. */
  run<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** The same in two round trips, for what somebody waits for: one read, a decision that waits for nothing, its writes. */
  decide<R extends QueryResultRow, T>(read: Prisma.Sql, decide: (rows: R[]) => Decided<T>): Promise<T>;
  /** One read in one round trip. */
  read<R extends QueryResultRow>(read: Prisma.Sql): Promise<R[]>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function tenantDb({ prisma, pool }: Connections, tenantId: string): TenantDb {
  if (!uuid.test(tenantId)) throw new AppError('INTERNAL', 'A tenant id must be a UUID.');
  // The id is part of the text, which is safe because it has just been found to be a UUID.
  const asTenant = opening(`'app.tenant_id', '${tenantId}'`);
  return {
    tenantId,
    decide: (read, decide) => runQuick(pool, { opening: asTenant, read, decide }),
    read: (read) => readQuick(pool, asTenant, read),
    run: (work, options) =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw`select set_config('app.tenant_id', ${tenantId}, true)`;
        return work(tx);
      }, options),
  };
}

/** As a transaction of Prisma's, it is given up when a statement takes longer than ten seconds. */
const opening = (setting: string) =>
  `begin; select set_config('statement_timeout', '10s', true), set_config(${setting}, true)`;

type NamedJob = 'find-login' | 'find-tenant' | 'claim-deadlines' | 'relay-outbox' | 'node-leases' | 'readiness';

/**
 * Runs `work` with no tenant: tables show no row, only the few functions that a named job may call answer
 * (prisma/migrations, "Named ways around the tenant"). Say which job in `job`.
 */
export function withoutTenant_forNamedJob<T>(
  prisma: PrismaClient,
  job: NamedJob,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('application_name', ${`housecall-${job}`}, true)`;
    return work(tx);
  });
}

/** `withoutTenant_forNamedJob` in two round trips. `decide` may take its time; what it writes is committed with the read. */
export function withoutTenant_decideForNamedJob<R extends QueryResultRow, T>(
  pool: Pool,
  job: NamedJob,
  read: Prisma.Sql,
  decide: (rows: R[]) => Promise<Decided<T>>,
): Promise<T> {
  return runQuick(pool, { opening: opening(`'application_name', 'housecall-${job}'`), read, decide });
}

/** Two ways to one database: Prisma, and a pool for what has to be quick. */
export interface Connections {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
}

/** Every tenant's door, for jobs that learn the tenant from a claim. */
export interface Database extends Connections {
  tenant(tenantId: string): TenantDb;
}

export function createDatabase({ prisma, pool }: Connections): Database {
  return { prisma, pool, tenant: (tenantId) => tenantDb({ prisma, pool }, tenantId) };
}
