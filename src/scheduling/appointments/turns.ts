/**
 * Who books for one practitioner, one patient or at one place does so one after the other. The constraints of the table
 * would refuse an overlap without this; but two that wait for each other's insert are a deadlock, and one of them would
 * learn nothing but that. What is locked here is taken in one order, before any row.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { databaseFault } from '../../platform/db/faults.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { OnCommitted } from './ports.ts';

export interface Turn {
  practitionerId: string;
  patientId?: string;
  locationIds?: readonly (string | null | undefined)[];
}

/** Waits for its turn and holds it until the transaction ends. */
export async function takeTurn(tx: Tx, { practitionerId, patientId, locationIds = [] }: Turn): Promise<void> {
  const keys = [practitionerId, patientId, ...locationIds].filter((key) => key !== undefined && key !== null);
  await tx.$executeRaw`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended(k, 4717002) as key from unnest(${keys}::text[]) as k order by 1
    ) as keys`;
}

const attempts = 6;

/**
 * Runs a transaction, and again when the database undid it to resolve a deadlock or a race (40P01, 40001); what overlaps is
 * SLOT_TAKEN, whatever raced. What is given to `later` is called once it is committed.
 */
export async function inTurn<T>(
  db: TenantDb,
  work: (tx: Tx, later: (tell: OnCommitted) => void) => Promise<T>,
): Promise<T> {
  let told: OnCommitted[] = [];
  const answer = await retried(() =>
    db.run((tx) => {
      told = [];
      return work(tx, (tell) => told.push(tell));
    }),
  );
  for (const tell of told) tell();
  return answer;
}

async function retried<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === attempts || !isUndone(error)) throw takenError(error) ?? error;
      await pause(Math.random() * 10 * 2 ** attempt);
    }
  }
}

function isUndone(error: unknown): boolean {
  const state = databaseFault(error)?.sqlState;
  if (state === '40P01' || state === '40001') return true;
  return error instanceof Error && 'code' in error && error.code === 'P2034';
}

const taken: Record<string, string> = {
  appointment_practitioner_free: 'The practitioner is not free at that time.',
  appointment_lane_free: 'The practitioner is not free at that time.',
  appointment_patient_free: 'The patient has another appointment at that time.',
  appointment_room_free: 'The room is not free at that time.',
};

function takenError(error: unknown): AppError | undefined {
  const fault = databaseFault(error);
  const detail = fault?.constraint === undefined ? undefined : taken[fault.constraint];
  if (detail !== undefined) return new AppError('SLOT_TAKEN', detail, { cause: error });
  return fault?.sqlState === '23P01' ? new AppError('SLOT_TAKEN', undefined, { cause: error }) : undefined;
}
