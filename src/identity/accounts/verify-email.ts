/** Confirming an e-mail address by a mailed link: that of the account, or one that is to replace it. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { PublicContext, RequestContext } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { lockUser, revokeUserSessions } from '../sessions/revoke.ts';
import { type Account, aboutAccount, findAccount, readAccount } from './account.ts';
import { findAccountToken, readAccountToken, spendAccountToken, voidAccountTokens } from './account-token.ts';
import { requirePassword } from './change-password.ts';
import { clinicsOf } from './clinics-of.ts';
import { openByLink } from './link-door.ts';
import { sendNotice } from './notice.ts';
import { requireMail } from './reset-password.ts';
import { type AccountRef, type CheckMail, checkMail, type EmailChange, type EmailVerification } from './schema.ts';
import { sendConfirmation, sendNewAddress } from './send-link.ts';

type Doors = Pick<PublicContext, 'tenantDb'>;

/** Throws INVALID_INPUT on a link that is not good (any more), CONFLICT when another account has the new address by now. */
export async function verifyEmail(deps: IdentityDeps, input: EmailVerification, doors: Doors): Promise<void> {
  const ref = readAccountToken(input.token);
  const { tenantId } = ref;
  const db = await openByLink(deps, ref, doors);
  const now = deps.clock.now();
  await db.run(async (tx) => {
    const link = await findAccountToken(tx, ref, ['verify_email', 'change_email'], now);
    await lockUser(tx, tenantId, link.userId);
    await spendAccountToken(tx, ref, now);
    const account = await readAccount(tx, tenantId, link.userId);
    if (link.purpose === 'change_email') return replaceAddress(deps, tx, account, link.email);
    if (account.email.toLowerCase() !== link.email.toLowerCase()) {
      throw new AppError('CONFLICT', 'The account has another e-mail address by now.');
    }
    await confirm(tx, account, { emailVerifiedAt: now });
  });
}

/** Whoever stole a sign-in or a link that went to the former address is out; who signs in again uses the new one. */
async function replaceAddress(deps: IdentityDeps, tx: Tx, account: Account, email: string): Promise<void> {
  const { id, clinic } = account;
  const now = deps.clock.now();
  const other = await tx.user.findUnique({
    where: { tenantId_email: { tenantId: clinic.id, email } },
    select: { id: true },
  });
  if (other && other.id !== id) throw new AppError('CONFLICT', 'Another account has this e-mail address.');
  await revokeUserSessions(tx, { tenantId: clinic.id, userId: id, because: 'email_changed' });
  await confirm(tx, account, { email, emailVerifiedAt: now });
  await voidAccountTokens(tx, clinic.id, id, now);
  await sendNotice(deps, tx, account, 'addressChanged');
}

async function confirm(
  tx: Tx,
  { id, clinic }: Account,
  data: { email?: string; emailVerifiedAt: Date },
): Promise<void> {
  await tx.user.update({ where: { tenantId_id: { tenantId: clinic.id, id } }, data, select: { id: true } });
}

/** Answers before anybody looks whether there is such an account, as `forgotPassword` does. */
export async function resendVerification(deps: IdentityDeps, ref: AccountRef, { tenantDb }: Doors): Promise<CheckMail> {
  requireMail(deps);
  deps.afterwards.do('resend-verification', async () => {
    for (const tenantId of await clinicsOf(deps.database, ref)) {
      const db = tenantDb(tenantId);
      await db.run(async (tx) => {
        const account = await findAccount(tx, tenantId, ref.email);
        if (!account) return;
        aboutAccount(db, account.id);
        if (!account.emailVerifiedAt) await sendConfirmation(deps, tx, account);
      });
    }
  });
  return checkMail;
}

/**
 * Mails a link to the new address; nothing changes until it is followed, and a taken address gets the same answer. Throws
 * INVALID_INPUT when the password is wrong, UNAVAILABLE where no mail is sent.
 */
export async function changeEmail(
  deps: IdentityDeps,
  { actor, db, address }: Pick<RequestContext, 'actor' | 'db' | 'address'>,
  { email, password }: EmailChange,
): Promise<CheckMail> {
  requireMail(deps);
  const account = await requirePassword(deps, { actor, db, address }, password, 'password');
  return db.run(async (tx) => {
    aboutAccount(db, account.id);
    await sendNewAddress(deps, tx, account, email);
    return checkMail;
  });
}
