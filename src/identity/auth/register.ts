/** Making an account of one's own, as a patient. Other roles are given by an administrator. */
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { findTenant } from '../tenants/find-tenant.ts';
import type { IdentityDeps } from './deps.ts';
import type { Registration } from './schema.ts';
import { openSession, type Session, toSession } from './session.ts';

/** Signs the new user in. Throws INVALID_INPUT on an unknown clinic, ALREADY_EXISTS when the clinic has that e-mail. */
export async function register(deps: IdentityDeps, input: Registration): Promise<Session> {
  const { email, displayName } = input;
  deps.passwords.requireRoom();
  const tenantId = await findTenant(deps.database, input.tenant);
  if (!tenantId) {
    throw new AppError('INVALID_INPUT', 'There is no such clinic.', {
      faults: [{ path: 'tenant', message: 'There is no such clinic' }],
    });
  }
  // Before the transaction: a quarter of a second is too long to hold a connection.
  const passwordHash = await deps.passwords.hash(input.password);
  const opened = await deps.database.tenant(tenantId).run(async (tx) => {
    const taken = await tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { id: true } });
    if (taken) throw new AppError('ALREADY_EXISTS', 'This clinic has an account with that e-mail address already.');
    const patientId = await deps.patients.create(tx, { tenantId, name: displayName });
    const id = newId();
    await tx.user.create({ data: { id, tenantId, email, passwordHash, displayName, roles: ['patient'], patientId } });
    return openSession(tx, tenantId, id, deps.clock.now());
  });
  return toSession(deps, opened);
}
