/** Making an account of one's own, as a patient. Other roles are given by an administrator. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { clinicNames } from '../accounts/account.ts';
import { type Clinic, readClinic } from '../accounts/clinic.ts';
import { requireGoodPassword } from '../accounts/good-password.ts';
import { findTenant } from '../tenants/find-tenant.ts';
import type { IdentityDeps } from './deps.ts';
import type { Registration } from './schema.ts';
import { type Door, openSession, type Session, toSession } from './session.ts';

/**
 * Signs the new user in at once, where no mail is sent and so no address can be confirmed. Throws INVALID_INPUT on an
 * unknown clinic or a bad password, ALREADY_EXISTS when the clinic has that e-mail, UNAVAILABLE where the clinic asks for
 * confirmed addresses all the same.
 */
export async function register(
  deps: IdentityDeps,
  input: Registration,
  { tenantDb, ...device }: Door,
): Promise<Session> {
  const { email } = input;
  deps.passwords.requireRoom();
  const clinic = await requireClinic(deps, input);
  if (clinic.settings.requireVerifiedEmail) {
    throw new AppError(
      'UNAVAILABLE',
      'This clinic asks for confirmed e-mail addresses, and this server sends no mail.',
    );
  }
  // Before the transaction: a quarter of a second is too long to hold a connection.
  const passwordHash = await deps.passwords.hash(input.password);
  const tenantId = clinic.id;
  const db = tenantDb(tenantId);
  const opened = await db.run(async (tx) => {
    const taken = await tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { id: true } });
    if (taken) db.about({ entity: { type: 'User', id: taken.id } });
    if (taken) throw new AppError('ALREADY_EXISTS', 'This clinic has an account with that e-mail address already.');
    const id = await newPatientAccount(deps, tx, tenantId, { ...input, passwordHash });
    return openSession(tx, db, id, { now: deps.clock.now(), device });
  });
  return toSession(deps, opened);
}

/** The clinic that was named, once the password will do there. Throws INVALID_INPUT otherwise. */
export async function requireClinic(deps: IdentityDeps, input: Registration): Promise<Clinic> {
  const tenantId = await findTenant(deps.database, input.tenant);
  if (!tenantId) {
    throw new AppError('INVALID_INPUT', 'There is no such clinic.', {
      faults: [{ path: 'tenant', message: 'There is no such clinic' }],
    });
  }
  const clinic = await deps.database.tenant(tenantId).run((tx) => readClinic(tx, tenantId));
  const { email, displayName } = input;
  await requireGoodPassword(deps.strength, input.password, { email, displayName, clinic: clinicNames(clinic) });
  return clinic;
}

/** The user with a patient record of their own; gives the user's id. */
export async function newPatientAccount(
  deps: IdentityDeps,
  tx: Tx,
  tenantId: string,
  { email, displayName, passwordHash }: { email: string; displayName: string; passwordHash: string },
): Promise<string> {
  const patientId = await deps.patients.create(tx, { tenantId, name: displayName });
  const id = newId();
  const account = { id, tenantId, email, passwordHash, displayName, patientId };
  await tx.user.create({ data: { ...account, roles: ['patient'] }, select: { id: true } });
  return id;
}
