/** A forgotten password: asking for a link by mail, and choosing a new one by it. */
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { resetSecondFactor } from '../mfa/second-factor.ts';
import { lockUser, revokeUserSessions } from '../sessions/revoke.ts';
import { aboutAccount, clinicNames, findAccount, readAccount } from './account.ts';
import { findAccountToken, readAccountToken, spendAccountToken, voidAccountTokens } from './account-token.ts';
import { clinicsOf } from './clinics-of.ts';
import { requireGoodPassword } from './good-password.ts';
import { openByLink } from './link-door.ts';
import { sendNotice } from './notice.ts';
import { type AccountRef, type CheckMail, checkMail, type PasswordReset } from './schema.ts';
import { sendReset } from './send-link.ts';

type Doors = Pick<PublicContext, 'tenantDb'>;

/**
 * Answers before anybody looks whether there is such an account, so that neither words nor time tell. UNAVAILABLE where no
 * mail is sent.
 */
export async function forgotPassword(deps: IdentityDeps, ref: AccountRef, { tenantDb }: Doors): Promise<CheckMail> {
  requireMail(deps);
  deps.afterwards.do('forgot-password', async () => {
    for (const tenantId of await clinicsOf(deps.database, ref)) await sendIfThere(deps, tenantDb(tenantId), ref.email);
  });
  return checkMail;
}

async function sendIfThere(deps: IdentityDeps, db: TenantDb, email: string): Promise<void> {
  await db.run(async (tx) => {
    const account = await findAccount(tx, db.tenantId, email);
    if (!account) return;
    aboutAccount(db, account.id);
    await sendReset(deps, tx, account);
  });
}

/**
 * Sets the password by a mailed link, which also confirms the address that it went to; the first to confirm it begins without
 * a second factor and without the portal's sign-in that made it. Ends every sign-in and every other link. Throws INVALID_INPUT on a link that is not good (any more) or a password that will not do.
 */
export async function resetPassword(deps: IdentityDeps, input: PasswordReset, doors: Doors): Promise<void> {
  deps.passwords.requireRoom();
  const ref = readAccountToken(input.token);
  const { tenantId } = ref;
  const db = await openByLink(deps, ref, doors);
  const now = deps.clock.now();
  const present = await deps.database.tenant(tenantId).run(async (tx) => {
    const found = await findAccountToken(tx, ref, ['reset_password'], now);
    return { link: found, account: await readAccount(tx, tenantId, found.userId) };
  });
  const { account, link } = present;
  await requireGoodPassword(deps.strength, input.newPassword, {
    ...account,
    clinic: clinicNames(account.clinic),
    path: 'newPassword',
  });
  const passwordHash = await deps.passwords.hash(input.newPassword);
  await db.run(async (tx) => {
    await lockUser(tx, tenantId, account.id);
    await spendAccountToken(tx, ref, now);
    await revokeUserSessions(tx, { tenantId, userId: account.id, because: 'password_reset' });
    const row = await readAccount(tx, tenantId, account.id);
    const isSameAddress = row.email.toLowerCase() === link.email.toLowerCase();
    await tx.user.update({
      where: { tenantId_id: { tenantId, id: account.id } },
      data: { passwordHash, mustChangePassword: false, ...(isSameAddress && { emailVerifiedAt: now }) },
      select: { id: true },
    });
    await voidAccountTokens(tx, tenantId, account.id, now);
    const emailVerifiedAt = isSameAddress ? now : row.emailVerifiedAt;
    if (!row.emailVerifiedAt && isSameAddress) await shutOtherDoors(tx, { tenantId, userId: account.id });
    await sendNotice(deps, tx, { ...row, emailVerifiedAt }, 'passwordChanged');
  });
}

/**
 * Until now nobody had shown that the address is theirs: whoever made the account may have been a stranger, and left a second
 * factor, or came by a portal and would still get in by it. What the clinic has linked stays.
 */
async function shutOtherDoors(tx: Tx, user: { tenantId: string; userId: string }): Promise<void> {
  await resetSecondFactor(tx, user);
  await tx.externalIdentity.deleteMany({ where: { ...user, madeAccount: true } });
}

/** Throws UNAVAILABLE, before anything promises a mail. */
export function requireMail({ postbox }: IdentityDeps): void {
  if (!postbox.canMail) {
    throw new AppError('UNAVAILABLE', 'This server sends no mail. Ask the clinic.');
  }
}
