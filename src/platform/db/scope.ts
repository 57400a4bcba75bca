/**
 * The one door to data. Everything that works with a tenant's rows gets a `TenantDb`; whoever has none sees nothing,
 * because row-level security compares every row with the tenant set inside the transaction.
 */
import { AppError } from '../errors.ts';
import type { Prisma, PrismaClient } from './client.ts';

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
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function tenantDb(prisma: PrismaClient, tenantId: string): TenantDb {
  if (!uuid.test(tenantId)) throw new AppError('INTERNAL', 'A tenant id must be a UUID.');
  return {
    tenantId,
    run: (work, options) =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw`select set_config('app.tenant_id', ${tenantId}, true)`;
        return work(tx);
      }, options),
  };
}

/**
 * Runs `work` with no tenant: tables show no row, only the few functions that a named job may call answer
 * (prisma/migrations, "Named ways around the tenant"). Say which job in `job`.
 */
export function withoutTenant_forNamedJob<T>(
  prisma: PrismaClient,
  job: 'find-login' | 'find-tenant' | 'claim-deadlines' | 'relay-outbox' | 'node-leases' | 'readiness',
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('application_name', ${`housecall-${job}`}, true)`;
    return work(tx);
  });
}

/** Every tenant's door, for jobs that learn the tenant from a claim. */
export interface Database {
  tenant(tenantId: string): TenantDb;
  readonly prisma: PrismaClient;
}
