/** Taking a file away: gone at once for everybody, and for good some days later. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { UploadDeps } from './deps.ts';
import { mayDelete, reachOf } from './policy.ts';
import { findUpload } from './rows.ts';

/** In which the operator can still undo a mistake. */
export const purgedAfterMs = 30 * 24 * 60 * 60_000;

/** Throws NOT_FOUND for what is out of reach, FORBIDDEN for what somebody else brought. */
export function deleteUpload(
  { clock }: Pick<UploadDeps, 'clock'>,
  db: TenantDb,
  actor: Actor,
  id: string,
): Promise<void> {
  return db.run(async (tx) => {
    const row = await findUpload(tx, db, reachOf(actor), id);
    if (!mayDelete(actor, row)) throw new AppError('FORBIDDEN', 'Only who uploaded it and the desk can delete it.');
    const now = clock.now();
    const purgeAt = new Date(now.getTime() + purgedAfterMs);
    await tx.upload.update({ where: { id }, data: { deletedAt: now, purgeAt }, select: { id: true } });
  });
}
