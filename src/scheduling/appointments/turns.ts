/**
 * Who books for one practitioner, one patient or at one place does so one after the other. The constraints of the table
 * would refuse an overlap without this; but two that wait for each other's insert are a deadlock, and one of them would
 * learn nothing but that. What is locked here is taken in one order, before any row.
 */
import { Prisma } from '../../platform/db/client.ts';
import { databaseFault } from '../../platform/db/faults.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { OnCommitted } from './ports.ts';

export interface Turn {
  practitionerId: string;
  /** To whom it goes, when it goes from one to another. */
  otherPractitionerId?: string;
  patientId?: string;
  locationIds?: readonly (string | null | undefined)[];
}

/** Waits for its turn and holds it until the transaction ends. */
export async function takeTurn(tx: Tx, turn: Turn): Promise<void> {
  await tx.$executeRaw(turnOf(turn));
}

/** The statement that does. What is to be seen of others' work is read by a later one. */
export function turnOf({ practitionerId, otherPractitionerId, patientId, locationIds = [] }: Turn): Prisma.Sql {
  const keys = [practitionerId, otherPractitionerId, patientId, ...locationIds].filter(
    (key) => key !== undefined && key !== null,
  );
  return Prisma.sql`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended(k, 4717002) as key from unnest(${keys}::text[]) as k order by 1
    ) as keys`;
}

/**
 * Runs a transaction, which `db` may do again (TenantDb.run); what overlaps is SLOT_TAKEN, whatever raced. What is given to
 * `later` is called once it is committed.
 */
export async function inTurn<T>(
  db: TenantDb,
  work: (tx: Tx, later: (tell: OnCommitted) => void) => Promise<T>,
): Promise<T> {
  let told: OnCommitted[] = [];
  const transaction = db.run((tx) => {
    told = [];
    return work(tx, (tell) => told.push(tell));
  });
  const answer = await transaction.catch(refuseTaken);
  for (const tell of told) tell();
  return answer;
}

/** What overlaps is SLOT_TAKEN; everything else is thrown as it is. */
export function refuseTaken(error: unknown): never {
  throw takenError(error) ?? error;
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
