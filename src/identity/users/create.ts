/** Accounts that an administrator makes. */
import type { Actor } from '../../platform/actor.ts';
import { randomSecret } from '../../platform/crypto.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { lockAccess } from '../roles/lock-access.ts';
import { mayGrant } from '../roles/policy.ts';
import { scopesOfClinicRoles, setClinicRoles } from './clinic-roles.ts';
import { requireGoodFirstPassword } from './first-password.ts';
import { giveRecords, requireFreeRecords } from './records.ts';
import { readUser, subjectOf, toUserView } from './rows.ts';
import type { NewUser, UserView } from './schema.ts';

/**
 * Makes an account with the records that its roles need. Without a password the person is invited by mail to choose one;
 * with one they must change it when they come. Throws ALREADY_EXISTS when the clinic has that e-mail address, FORBIDDEN for a
 * role that the actor may not give, INVALID_INPUT without a password where the server sends no mail.
 */
export async function createUser(deps: IdentityDeps, db: TenantDb, actor: Actor, input: NewUser): Promise<UserView> {
  const { email, displayName, roles, clinicRoleIds } = input;
  const { tenantId } = db;
  const { invitations } = deps;
  if (input.password === undefined && !invitations) throw needsPassword();
  if (input.password !== undefined) await requireGoodFirstPassword(deps, db.tenantId, input.password, input);
  // Before the transaction: a quarter of a second is too long to hold a connection.
  const passwordHash = await deps.passwords.hash(input.password ?? randomSecret().toString('base64url'));
  return db.run(async (tx) => {
    await lockAccess(tx, tenantId);
    const scopes = await scopesOfClinicRoles(tx, tenantId, clinicRoleIds);
    if (!mayGrant(actor, { roles, scopes }))
      throw new AppError('FORBIDDEN', 'You may not give a role that can do more than you.');
    requireMayLink(actor, input);
    const linked = { patientId: input.patientId ?? null, practitionerId: input.practitionerId ?? null };
    await requireFreeRecords(tx, tenantId, linked);
    const taken = await tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { id: true } });
    if (taken) throw new AppError('ALREADY_EXISTS', 'This clinic has an account with that e-mail address already.');
    const records = await giveRecords(tx, deps, { tenantId, displayName, roles }, linked);
    const id = newId();
    const mustChangePassword = input.password !== undefined;
    // Who hands the password over knows the person; who is invited proves the address by the link.
    const emailVerifiedAt = mustChangePassword ? deps.clock.now() : null;
    await tx.user.create({
      data: { id, tenantId, email, displayName, passwordHash, roles, mustChangePassword, emailVerifiedAt, ...records },
    });
    await setClinicRoles(tx, { tenantId, userId: id }, clinicRoleIds);
    if (input.password === undefined) await invitations?.send(tx, { tenantId, userId: id });
    const row = await readUser(tx, tenantId, id);
    db.about(subjectOf(row));
    return toUserView(row);
  });
}

/** Whoever is given a record that is there gets to see what is in it: not for somebody who may not see that it is there. */
function requireMayLink(actor: Actor, { patientId, practitionerId }: NewUser): void {
  const needed = [...(patientId ? ['patients:read'] : []), ...(practitionerId ? ['directory:write'] : [])];
  const missing = needed.filter((scope) => !actor.scopes.has(scope));
  if (missing.length > 0) throw new AppError('FORBIDDEN', `Linking a record needs the scope ${missing.join(', ')}.`);
}

function needsPassword(): AppError {
  return new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: 'password', message: 'Is needed, because this server sends no mail' }],
  });
}
