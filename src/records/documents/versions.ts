/** What a document said in each of its versions, who confirmed which, and who was given it. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { formOf } from './forms.ts';
import { reachOf } from './policy.ts';
import { findDocument } from './rows.ts';
import type { DocumentVersions } from './schema.ts';
import { toConfirmation } from './view.ts';

const most = 100;

/** The newest first, at most a hundred; drafts only for whose they are. Throws NOT_FOUND, and FORBIDDEN for who sees confirmed ones only. */
export function readVersions(db: TenantDb, actor: Actor, id: string): Promise<DocumentVersions> {
  return db.run(async (tx) => {
    const { kind, seesAll, seesDrafts } = await findDocument(tx, db, reachOf(actor), id);
    if (!seesAll) throw new AppError('FORBIDDEN', 'Earlier versions are for those who treat the patient.');
    const rows = await tx.clinicalDocumentVersion.findMany({
      where: { tenantId: db.tenantId, documentId: id, ...(!seesDrafts && { confirmation: { isNot: null } }) },
      orderBy: { version: 'desc' },
      take: most,
      include: { confirmation: { include: { downloads: { orderBy: { id: 'desc' }, take: most } } } },
    });
    const names = await tx.user.findMany({
      where: {
        tenantId: db.tenantId,
        id: { in: rows.flatMap((row) => (row.confirmation?.downloads ?? []).map(({ byId }) => byId)) },
      },
      select: { id: true, displayName: true },
    });
    const nameOf = new Map(names.map((one) => [one.id, one.displayName]));
    return {
      items: rows.map(({ version, schemaVersion, payload, at, confirmation }) => ({
        version,
        documentVersion: schemaVersion,
        payload: formOf(kind, schemaVersion).parse(payload),
        at: at.toISOString(),
        confirmation: confirmation && toConfirmation({ ...confirmation, confirmedUntil: confirmation.expiresAt }, true),
        downloads: (confirmation?.downloads ?? []).map(({ byId, at: given }) => ({
          byId,
          byName: nameOf.get(byId) ?? null,
          at: given.toISOString(),
        })),
      })),
    };
  });
}
