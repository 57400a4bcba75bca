/** Whoever did it: the owner hears that the second factor has come or gone. */
import type { Tx } from '../../platform/db/scope.ts';
import { readClinic } from '../accounts/clinic.ts';
import { accountMail } from '../accounts/mails.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import type { Owner } from './second-factor.ts';

/** A mail with the caller's transaction, where mail is sent and the account is in use. */
export async function tellOwner(
  { postbox, clock }: Pick<IdentityDeps, 'postbox' | 'clock'>,
  tx: Tx,
  { tenantId, userId }: Owner,
  letter: 'secondFactorOn' | 'secondFactorOff',
): Promise<void> {
  if (!postbox.canMail) return;
  const user = await tx.user.findUnique({
    where: { tenantId_id: { tenantId, id: userId } },
    select: { email: true, displayName: true, isActive: true },
  });
  if (!user?.isActive) return;
  const clinic = await readClinic(tx, tenantId);
  const mail = accountMail(letter, { clinic, to: user.email, name: user.displayName, now: clock.now() });
  await postbox.request(tx, tenantId, mail);
}
