/** Telling the owner of an account what became of it. */
import type { Tx } from '../../platform/db/scope.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import type { Account } from './account.ts';
import { accountMail, forgotLink } from './mails.ts';

type Notice = 'passwordChanged' | 'addressChanged' | 'secondFactorOn' | 'secondFactorOff';

/**
 * A mail with the caller's transaction, where mail is sent. Only to an address that somebody has confirmed: behind any other may
 * be a stranger, whom nobody shall be able to write to through us as often as a password can be changed.
 */
export async function sendNotice(
  { postbox, clock, publicUrl }: Pick<IdentityDeps, 'postbox' | 'clock' | 'publicUrl'>,
  tx: Tx,
  {
    email,
    displayName,
    emailVerifiedAt,
    clinic,
  }: Pick<Account, 'email' | 'displayName' | 'emailVerifiedAt' | 'clinic'>,
  notice: Notice,
): Promise<void> {
  if (!postbox.canMail || !emailVerifiedAt) return;
  const mail = { clinic, to: email, name: displayName, now: clock.now() };
  const link = notice === 'passwordChanged' ? { url: forgotLink(publicUrl()) } : {};
  await postbox.request(tx, clinic.id, accountMail(notice, { ...mail, ...link }));
}
