/** Changing the own password. */
import { AppError } from '../../platform/errors.ts';
import type { RequestContext } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { revokeUserSessions } from '../sessions/revoke.ts';
import { type Account, aboutAccount, clinicNames, readAccount } from './account.ts';
import { voidAccountTokens } from './account-token.ts';
import { requireGoodPassword } from './good-password.ts';
import { sendNotice } from './notice.ts';
import type { PasswordChange } from './schema.ts';

/**
 * Ends every other sign-in and every mailed link, and tells the owner by mail where there is mail. Throws INVALID_INPUT
 * when the present password is wrong or the new one will not do, CONFLICT when it was changed in the meantime.
 */
export async function changePassword(
  deps: IdentityDeps,
  { actor, db, address }: Pick<RequestContext, 'actor' | 'db' | 'address'>,
  { currentPassword, newPassword }: PasswordChange,
): Promise<void> {
  const { tenantId } = db;
  const account = await requirePassword(deps, { actor, db, address }, currentPassword, 'currentPassword');
  if (newPassword === currentPassword) {
    throw new AppError('INVALID_INPUT', 'Choose another password.', {
      faults: [{ path: 'newPassword', message: 'Must differ from the present one' }],
    });
  }
  const about = { ...account, clinic: clinicNames(account.clinic), path: 'newPassword' };
  await requireGoodPassword(deps.strength, newPassword, about);
  const passwordHash = await deps.passwords.hash(newPassword);
  const now = deps.clock.now();
  await db.run(async (tx) => {
    aboutAccount(db, account.id);
    const user = { tenantId, userId: account.id };
    await revokeUserSessions(tx, { ...user, except: actor.sessionId, because: 'password_changed' });
    const { count } = await tx.user.updateMany({
      where: { tenantId, id: account.id, passwordHash: account.passwordHash, isActive: true },
      data: { passwordHash, mustChangePassword: false },
    });
    if (count !== 1) throw new AppError('CONFLICT', 'The password was changed in the meantime.');
    await voidAccountTokens(tx, tenantId, account.id, now);
    await sendNotice(deps, tx, account, 'passwordChanged');
  });
}

/** The own account, once the password was right. Wrong ones are counted as those of sign-ins are. */
export async function requirePassword(
  deps: IdentityDeps,
  { actor: { tenantId, userId }, db, address }: Pick<RequestContext, 'actor' | 'db' | 'address'>,
  password: string,
  path: string,
): Promise<Account> {
  deps.passwords.requireRoom();
  const account = await deps.database.tenant(tenantId).run((tx) => readAccount(tx, tenantId, userId));
  await deps.guard.attempt(account.email, address);
  if (!(await deps.passwords.verify(password, account.passwordHash))) {
    // Inside the door: a repeat under one Idempotency-Key, after the password was changed, finds its answer there.
    await db.run(async () => {
      aboutAccount(db, account.id);
      throw new AppError('INVALID_INPUT', 'The present password is wrong.', {
        faults: [{ path, message: 'Is not the present password' }],
      });
    });
  }
  await deps.guard.succeeded(account.email, address);
  return account;
}
