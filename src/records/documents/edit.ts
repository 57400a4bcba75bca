/** Changing what a document says: a new version each time, which nobody has confirmed yet. */
import { parseSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { digestOf } from './digest.ts';
import { parsePayload } from './forms.ts';
import { mayAnswerFor, reachOf } from './policy.ts';
import { type DocumentRow, findDocument, lockDocument } from './rows.ts';
import type { DocumentEdit, DocumentPayload, DocumentView } from './schema.ts';
import { daysAfter } from './state.ts';
import { toView } from './view.ts';

interface Editing {
  db: TenantDb;
  actor: Actor;
  id: string;
  now: Date;
}

/**
 * Throws NOT_FOUND, FORBIDDEN for who does not answer for it, DOCUMENT_CHANGED when another version came in between, and
 * INVALID_INPUT. The same text again changes nothing, but makes a draft that was too old a new one.
 */
export function editDocument(
  { db, actor, id, now }: Editing,
  { version, payload }: DocumentEdit,
): Promise<DocumentView> {
  return db.run(async (tx) => {
    const row = await takeDocument(tx, { db, actor, id });
    if (version !== row.newestVersion) throw changed();
    const next = await parsePayload(row.kind, row.schemaVersion, payload);
    const isStale = row.confirmedAt === null && row.newestExpiresAt !== null && row.newestExpiresAt <= now;
    if (!isStale && saysTheSame(row, next)) return toView(row, actor, now);
    const { documentDraftDays } = parseSettings(
      (await tx.tenant.findFirstOrThrow({ where: { id: db.tenantId } })).settings,
    );
    const made = await addVersion(tx, { row, payload: next, madeById: actor.userId, tenantId: db.tenantId, now });
    await tx.clinicalDocument.updateMany({
      where: { tenantId: db.tenantId, id },
      data: { version: made, changedAt: now, expiresAt: daysAfter(now, documentDraftDays) },
    });
    return toView(await findDocument(tx, db, reachOf(actor), id), actor, now);
  });
}

/** Locked, for somebody who answers for it. */
export async function takeDocument(tx: Tx, { db, actor, id }: Omit<Editing, 'now'>): Promise<DocumentRow> {
  const row = await lockDocument(tx, db, reachOf(actor), id);
  if (mayAnswerFor(actor, row)) {
    if (row.version === row.newestVersion) return row;
    throw new AppError(
      'DOCUMENT_CHANGED',
      'A colleague has a draft of it that is not confirmed yet. Wait for it, or ask them.',
    );
  }
  throw new AppError(
    'FORBIDDEN',
    row.doctorId === null
      ? 'Only who treats the patient answers for this document.'
      : "Only the visit's own doctor answers for this document.",
  );
}

export const changed = () => new AppError('DOCUMENT_CHANGED', 'It was changed in the meantime. Read it again.');

export function saysTheSame(row: DocumentRow, payload: DocumentPayload): boolean {
  return digestOf(row).equals(digestOf({ ...row, payload }));
}

interface NewVersion {
  row: DocumentRow;
  payload: DocumentPayload;
  madeById: string;
  tenantId: string;
  now: Date;
}

/** One above all that there were, discarded ones too; with its codes, which no edit changes. */
export async function addVersion(tx: Tx, { row, payload, madeById, tenantId, now }: NewVersion): Promise<number> {
  const where = { tenantId, documentId: row.id };
  const { _max } = await tx.clinicalDocumentVersion.aggregate({ where, _max: { version: true } });
  const version = (_max.version ?? 0) + 1;
  const codes = row.codes.map(({ code, description }) => ({ code, description }));
  const text = { schemaVersion: row.schemaVersion, payload, codes, madeById, at: now };
  await tx.clinicalDocumentVersion.create({ data: { tenantId, documentId: row.id, version, ...text } });
  return version;
}
