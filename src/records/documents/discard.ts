/** Giving up a draft. What was confirmed stays: it is a record. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { changed, takeDocument } from './edit.ts';
import type { DocumentDiscard } from './schema.ts';

interface Discarding {
  db: TenantDb;
  actor: Actor;
  id: string;
  now: Date;
}

/**
 * A document that nobody ever confirmed is shown to nobody any more; one that was confirmed before is again as it was
 * confirmed. Throws NOT_FOUND, FORBIDDEN for who does not answer for it, DOCUMENT_CONFIRMED when its newest version is no draft,
 * and DOCUMENT_CHANGED when another version came in between.
 */
export function discardDraft({ db, actor, id, now }: Discarding, { version }: DocumentDiscard): Promise<undefined> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const row = await takeDocument(tx, { db, actor, id });
    if (version !== row.newestVersion) throw changed();
    if (row.confirmedAt !== null)
      throw new AppError('DOCUMENT_CONFIRMED', 'What was confirmed stays. Edit it instead.');
    const before = row.confirmedVersion;
    if (before === null) {
      await tx.clinicalDocument.updateMany({ where: { tenantId, id }, data: { discardedAt: now, changedAt: now } });
      return undefined;
    }
    const where = { tenantId_documentId_version: { tenantId, documentId: id, version: before } };
    const { expiresAt } = await tx.documentConfirmation.findUniqueOrThrow({ where, select: { expiresAt: true } });
    await tx.clinicalDocument.updateMany({
      where: { tenantId, id },
      data: { version: before, expiresAt, changedAt: now },
    });
    return undefined;
  });
}
