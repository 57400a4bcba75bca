/**
 * The one door to data. Everything that works with a tenant's rows gets a `TenantDb`; whoever has none sees nothing,
 * because row-level security compares every row with the tenant set inside the transaction.
 */
import type { Pool } from 'pg';
import { AppError } from '../errors.ts';
import type { Prisma, PrismaClient } from './client.ts';
import { type Decided, type Reads, readQuick, runQuick, writeQuick } from './quick.ts';
import { Signals } from './signals.ts';

/** Whose data and which record; ids only. */
export interface AuditSubject {
  patientIds?: readonly string[];
  /** The record, by its FHIR resource type or our own word where FHIR has none. */
  entity?: { type: string; id: string };
}

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
  decide<R, T>(read: Reads<R>, decide: (rows: readonly R[]) => Decided<T>): Promise<T>;
  /** One write that carries its own condition, in one round trip. False when it found nothing to write. */
  writeIf(write: Prisma.Sql): Promise<boolean>;
  /**
   * Says whom the work is about, for the audit trail: call it inside the transaction, once what is used is known. Several
   * calls add up.
   */
  about(subject: AuditSubject): void;
  /** One read in one round trip. */
  read<R>(read: Reads<R>): Promise<R[]>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function tenantDb({ prisma, pool }: Connections, tenantId: string, signals = new Signals()): TenantDb {
  if (!uuid.test(tenantId)) throw new AppError('INTERNAL', 'A tenant id must be a UUID.');
  // The id is part of the text, which is safe because it has just been found to be a UUID. As a transaction of Prisma's,
  // this one is given up when a statement takes longer than ten seconds.
  const asTenant = `begin; select set_config('statement_timeout', '10s', true), set_config('app.tenant_id', '${tenantId}', true)`;
  return {
    tenantId,
    decide: (read, decide) => runQuick(pool, { opening: asTenant, read, decide }),
    about: () => undefined,
    writeIf: (write) => writeQuick(pool, asTenant, write),
    read: (read) => readQuick(pool, asTenant, read),
    run: (work, options) =>
      signals.during((begun) =>
        prisma.$transaction(async (tx) => {
          begun(tx);
          await tx.$queryRaw`select set_config('app.tenant_id', ${tenantId}, true)`;
          return work(tx);
        }, options),
      ),
  };
}

type NamedJob =
  | 'find-login'
  | 'find-tenant'
  | 'send-mail'
  | 'claim-appointments'
  | 'claim-deadlines'
  | 'relay-outbox'
  | 'node-leases'
  | 'readiness';

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

export interface JobTransaction<R, T> {
  /** Under this number one transaction is at work at a time, over all nodes; the others wait. */
  alone: number;
  read: Reads<R>;
  /** May take its time. What it writes is committed together with what was read, and may be lost in a crash of the database. */
  decide: (rows: readonly R[]) => Promise<Decided<T>>;
}

/** `withoutTenant_forNamedJob` in two round trips, for a job that does harmlessly again what a crash made it forget. */
export function withoutTenant_decideForNamedJob<R, T>(
  pool: Pool,
  job: NamedJob,
  { alone, ...work }: JobTransaction<R, T>,
): Promise<T> {
  const settings = `set_config('application_name', 'housecall-${job}', true), set_config('synchronous_commit', 'off', true)`;
  const lock = `select pg_advisory_xact_lock(${Math.trunc(alone)})`;
  return runQuick(pool, { opening: `begin; select ${settings}; ${lock}`, ...work });
}

/** Two ways to one database: Prisma, and a pool for what has to be quick. */
export interface Connections {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
}

/** Every tenant's door, for jobs that learn the tenant from a claim. */
export interface Database extends Connections {
  /** What transactions of this process brought about. */
  readonly signals: Signals;
  tenant(tenantId: string): TenantDb;
}

export function createDatabase({ prisma, pool }: Connections): Database {
  const signals = new Signals();
  return { prisma, pool, signals, tenant: (tenantId) => tenantDb({ prisma, pool }, tenantId, signals) };
}
