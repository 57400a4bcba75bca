/**
 * The one door to data. Everything that works with a tenant's rows gets a `TenantDb`; whoever has none sees nothing,
 * because row-level security compares every row with the tenant set inside the transaction.
 */
import type { Pool } from 'pg';
import { AppError, type ErrorCode } from '../errors.ts';
import { traceParent } from '../telemetry/tracing.ts';
import { Prisma, type PrismaClient } from './client.ts';
import { measuredDb } from './measured.ts';
import { mostIdle } from './piece.ts';
import { type Before, type Decided, type Reads, readAlone, readQuick, runQuick, writeQuick } from './quick.ts';
import { Signals } from './signals.ts';
import { againWhenUndone } from './undone.ts';

/** Whose data and which record; ids only. */
export interface AuditSubject {
  patientIds?: readonly string[];
  /** The record, by its FHIR resource type or our own word where FHIR has none. */
  entity?: { type: string; id: string };
  /** Who it turned out to be, where nobody was signed in before. */
  actor?: AuditWho;
}

export interface AuditWho {
  kind: 'person' | 'service' | 'system' | 'anonymous';
  id: string | null;
  roles: readonly string[];
}

/** Why data of a person is used, by the codes of HL7's PurposeOfUse value set; treatment unless said. */
export type AuditPurpose = 'TREAT' | 'HPAYMT' | 'HOPERAT' | 'PATRQT' | 'SYSADMIN';

/** What a request adds to the transaction that serves it, as its last statement. */
export interface Closing {
  about(subject: AuditSubject): void;
  refused(code: ErrorCode): void;
  /** Nothing when a transaction has it already, or is about to. */
  statement(source?: ClosingSource): Prisma.Sql | undefined;
  /** Whether the transaction that took the statement was kept. */
  settled(kept: boolean): void;
}

/** What the statement it stands in knows, as SQL. */
export interface ClosingSource {
  /** The entry is made once for each row of this. */
  from?: Prisma.Sql;
  /** Patients besides those that are known already: a select of one column. */
  patients?: Prisma.Sql;
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
  /**
   * Runs `work` in one transaction that sees and writes only this tenant's rows. Nothing is kept when it throws. `work` may
   * run again from the start, when the database undid it to resolve a deadlock or a race.
   */
  run<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** The same in two round trips, for what somebody waits for: one read, a decision that waits for nothing, its writes. */
  decide<R, T>(read: Reads<R>, decide: (rows: readonly R[]) => Decided<T>, before?: Before): Promise<T>;
  /**
   * One write that carries its own condition, in one round trip. False when it found nothing to write. What it gets is to
   * stand among its common table expressions, behind one named `changed` that has a row if there was something to write.
   */
  writeIf(write: (beside: Prisma.Sql) => Prisma.Sql): Promise<boolean>;
  /**
   * Says whom the work is about, for the audit trail: call it inside the transaction, once what is used is known. Several
   * calls add up.
   */
  about(subject: AuditSubject): void;
  /** Says, inside the transaction, that the caller will be refused although it is kept. */
  refused(code: ErrorCode): void;
  /**
   * Says, inside the transaction, what the route will answer, where that is not what the transaction gives: a request with
   * an Idempotency-Key has its answer kept in the transaction that did its work (src/platform/db/once.ts).
   */
  reply(answer: unknown): void;
  /**
   * One read in one round trip. It leaves no entry in the audit trail: what is about a person is read by the next or `decide`.
   * PostgreSQL plans a statement anew for the values of each call where it believes that this pays; `generic` says that one plan
   * does for all, for what is read so often that planning costs more than reading.
   */
  read<R>(read: Reads<R>, plan?: 'generic'): Promise<R[]>;
  /**
   * One read about persons in one round trip, the entry included. The statement itself finds only what the actor may see, and
   * each row has the patient in its `patientId`. With `only: 'found'`, nothing found leaves no entry.
   */
  readAbout<R extends { patientId: string }>(read: Reads<R>, only?: 'found'): Promise<R[]>;
}

const mostIdleSetting = Prisma.sql`set_config('idle_in_transaction_session_timeout', ${mostIdle}, true)`;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `closing` goes along with the first transaction that is kept. */
export function tenantDb(connections: Connections, tenantId: string, closing?: Closing): TenantDb {
  if (!uuid.test(tenantId)) throw new AppError('INTERNAL', 'A tenant id must be a UUID.');
  const { prisma, pool, signals = new Signals() } = connections;
  return {
    tenantId,
    about: (subject) => closing?.about(subject),
    refused: (code) => closing?.refused(code),
    reply: () => undefined,
    read: (read, plan) => readQuick(pool, tenantId, read, plan),
    decide: (read, decide, before) =>
      againWhenUndone(() =>
        closed(closing, (take) =>
          runQuick(pool, {
            opening: { tenantId },
            ...before,
            read,
            decide: (rows) => {
              const { writes, answer } = decide(rows);
              const last = take();
              return { writes: last ? [...writes, last] : writes, answer };
            },
          }),
        ),
      ),
    readAbout: (read, only) => readAbout(pool, tenantId, closing, read, only),
    writeIf: (write) =>
      closed(
        closing,
        (take) => {
          const last = take({ from: Prisma.sql`changed` });
          return writeQuick(pool, tenantId, write(last ? Prisma.sql`, closing as (${last})` : Prisma.empty));
        },
        (wrote) => wrote,
      ),
    run: (work, options) =>
      againWhenUndone(() =>
        closed(closing, (take) =>
          signals.during((begun) =>
            prisma.$transaction(async (tx) => {
              begun(tx);
              await tx.$queryRaw`select set_config('app.tenant_id', ${tenantId}, true), ${mostIdleSetting}${traceSetting()}`;
              const answer = await work(tx);
              const last = take();
              if (last) await tx.$executeRaw(last);
              return answer;
            }, options),
          ),
        ),
      ),
  };
}

/** So that facts appended here carry the trace on; nothing where there is none. */
function traceSetting(): Prisma.Sql {
  const parent = traceParent();
  return parent === undefined ? Prisma.empty : Prisma.sql`, set_config('app.trace_parent', ${parent}, true)`;
}

/** The read and its entry as one statement; what is made once and only looked through keeps its order. */
function readAbout<R>(
  pool: Pool,
  tenantId: string,
  closing: Closing | undefined,
  read: Reads<R>,
  only: 'found' | undefined,
): Promise<R[]> {
  const from = only && Prisma.sql`(select from seen limit 1) as found`;
  const source = { patients: Prisma.sql`select "patientId" from seen`, ...(from && { from }) };
  return closed(
    closing,
    (take) => {
      const last = take(source);
      if (!last) return readQuick(pool, tenantId, read);
      const both: Reads<R> = Prisma.sql`with seen as materialized (${read}), closing as (${last}) select * from seen`;
      return readQuick(pool, tenantId, both);
    },
    (rows) => only === undefined || rows.length > 0,
  );
}

type Take = Closing['statement'];

/** Tells the closing what became of the transaction that took its statement. */
async function closed<T>(
  closing: Closing | undefined,
  transact: (take: Take) => Promise<T>,
  isKept: (answer: T) => boolean = () => true,
): Promise<T> {
  if (!closing) return transact(() => undefined);
  let taken = false;
  let kept = false;
  try {
    const answer = await transact((source) => {
      const statement = closing.statement(source);
      taken ||= statement !== undefined;
      return statement;
    });
    kept = isKept(answer);
    return answer;
  } finally {
    if (taken) closing.settled(kept);
  }
}

export type NamedJob =
  | 'seal-audit'
  | 'find-login'
  | 'find-api-key'
  | 'show-status'
  | 'forget-answers'
  | 'find-tenant'
  | 'send-mail'
  | 'claim-appointments'
  | 'claim-payments'
  | 'claim-deadlines'
  | 'relay-outbox'
  | 'node-leases'
  | 'read-revocations'
  | 'forget-sign-ins'
  | 'keep-uploads'
  | 'forget-chats'
  | 'measure-lag'
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
    await tx.$executeRaw`select set_config('application_name', ${`housecall-${job}`}, true), ${mostIdleSetting}`;
    return work(tx);
  });
}

/** The same in one round trip: one statement, which is a transaction by itself. */
export function withoutTenant_readForNamedJob<R>(pool: Pool, job: NamedJob, read: Reads<R>): Promise<R[]> {
  return readAlone(pool, Prisma.sql`${Prisma.raw(`/* housecall-${job} */`)} ${read}`);
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
  const settings = `set_config('application_name', 'housecall-${job}', true), set_config('synchronous_commit', 'off', true),
    set_config('idle_in_transaction_session_timeout', '${mostIdle}', true)`;
  const lock = `select pg_advisory_xact_lock(${Math.trunc(alone)})`;
  return runQuick(pool, { opening: `begin; select ${settings}; ${lock}`, ...work });
}

/** Two ways to one database: Prisma, and a pool for what has to be quick. */
export interface Connections {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  /** What transactions of this process brought about. */
  readonly signals?: Signals;
}

/** Every tenant's door, for jobs that learn the tenant from a claim. */
export interface Database extends Connections {
  /** What transactions of this process brought about. */
  readonly signals: Signals;
  tenant(tenantId: string, closing?: Closing): TenantDb;
}

export function createDatabase({ prisma, pool }: Connections): Database {
  const signals = new Signals();
  return {
    prisma,
    pool,
    signals,
    tenant: (tenantId, closing) => measuredDb(tenantDb({ prisma, pool, signals }, tenantId, closing)),
  };
}
