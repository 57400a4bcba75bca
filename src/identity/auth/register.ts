/** Making an account of one's own, as a patient. Other roles are given by an administrator. */
import { AppError } from '../../platform/errors.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import { newId } from '../../platform/ids.ts';
import { findTenant } from '../tenants/find-tenant.ts';
import type { IdentityDeps } from './deps.ts';
import type { Registration } from './schema.ts';
import { openSession, type Session, toSession } from './session.ts';

/** Signs the new user in. Throws INVALID_INPUT on an unknown clinic, ALREADY_EXISTS when the clinic has that e-mail. */
export async function register(
  deps: IdentityDeps,
  input: Registration,
  { tenantDb }: Pick<PublicContext, 'tenantDb'>,
): Promise<Session> {
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
  const db = tenantDb(tenantId);
  const opened = await db.run(async (tx) => {
    const taken = await tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { id: true } });
    if (taken) db.about({ entity: { type: 'User', id: taken.id } });
    if (taken) throw new AppError('ALREADY_EXISTS', 'This clinic has an account with that e-mail address already.');
    const patientId = await deps.patients.create(tx, { tenantId, name: displayName });
    const id = newId();
    await tx.user.create({ data: { id, tenantId, email, passwordHash, displayName, roles: ['patient'], patientId } });
    return openSession(tx, db, id, deps.clock.now());
  });
  return toSession(deps, opened);
}
