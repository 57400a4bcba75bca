/** The records that people of some roles have: a doctor a practitioner, a patient a patient. */
import type { Role } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { IdentityDeps } from '../auth/deps.ts';

export interface OwnRecords {
  patientId: string | null;
  practitionerId: string | null;
}

/** Makes the records that these roles need and the person does not have yet. One once made stays. */
export async function giveRecords(
  tx: Tx,
  { patients, practitioners }: Pick<IdentityDeps, 'patients' | 'practitioners'>,
  person: { tenantId: string; displayName: string; roles: readonly Role[] },
  present: OwnRecords,
): Promise<OwnRecords> {
  const record = { tenantId: person.tenantId, name: person.displayName };
  const needs = (role: Role, id: string | null) => id === null && person.roles.includes(role);
  return {
    patientId: needs('patient', present.patientId) ? await patients.create(tx, record) : present.patientId,
    practitionerId: needs('doctor', present.practitionerId)
      ? await practitioners.create(tx, record)
      : present.practitionerId,
  };
}

/** Throws INVALID_INPUT unless the records that were named are this clinic's and nobody else's own. */
export async function requireFreeRecords(tx: Tx, tenantId: string, records: OwnRecords): Promise<void> {
  const faults: { path: string; message: string }[] = [];
  const { patientId, practitionerId } = records;
  if (patientId !== null) {
    const patient = await tx.patient.findUnique({
      where: { tenantId_id: { tenantId, id: patientId } },
      select: { users: { select: { id: true } } },
    });
    if (!patient) faults.push({ path: 'patientId', message: 'There is no such patient' });
    else if (patient.users.length > 0) faults.push({ path: 'patientId', message: 'Has an account already' });
  }
  if (practitionerId !== null) {
    const practitioner = await tx.practitioner.findUnique({
      where: { tenantId_id: { tenantId, id: practitionerId } },
      select: { users: { select: { id: true } } },
    });
    if (!practitioner) faults.push({ path: 'practitionerId', message: 'There is no such practitioner' });
    else if (practitioner.users.length > 0) faults.push({ path: 'practitionerId', message: 'Has an account already' });
  }
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
}
