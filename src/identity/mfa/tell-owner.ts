/** Whoever did it: the owner hears that the second factor has come or gone. */
import type { Tx } from '../../platform/db/scope.ts';
import { readClinic } from '../accounts/clinic.ts';
import { sendNotice } from '../accounts/notice.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import type { Owner } from './second-factor.ts';

/** A mail with the caller's transaction, where mail is sent and the account is in use. */
export async function tellOwner(
  deps: Pick<IdentityDeps, 'postbox' | 'clock' | 'publicUrl'>,
  tx: Tx,
  { tenantId, userId }: Owner,
  letter: 'secondFactorOn' | 'secondFactorOff',
): Promise<void> {
  if (!deps.postbox.canMail) return;
  const user = await tx.user.findUnique({
    where: { tenantId_id: { tenantId, id: userId } },
    select: { email: true, displayName: true, emailVerifiedAt: true, isActive: true },
  });
  if (!user?.isActive) return;
  await sendNotice(deps, tx, { ...user, clinic: await readClinic(tx, tenantId) }, letter);
}
