/** A clinician answers for a document: one version of it, once, with what they are registered under. */
import { unwritable } from '../../adapters/pdf/index.ts';
import { parseSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { DocumentDeps } from './deps.ts';
import { digestOf } from './digest.ts';
import { addVersion, changed, saysTheSame, takeDocument } from './edit.ts';
import { parsePayload } from './forms.ts';
import { reachOf, writerOf } from './policy.ts';
import { type DocumentRow, findDocument } from './rows.ts';
import type { DocumentConfirm, DocumentPayload, DocumentView } from './schema.ts';
import { daysAfter, stateOf } from './state.ts';
import { tellPatient } from './tell.ts';
import { toView } from './view.ts';

interface Confirming {
  db: TenantDb;
  actor: Actor;
  id: string;
}

/**
 * Throws NOT_FOUND, FORBIDDEN, DOCUMENT_CONFIRMED when its newest version is confirmed and in force, DOCUMENT_CHANGED when
 * another version came in between, DOCUMENT_EXPIRED for a draft that is too old, and INVALID_INPUT for what does not fit or
 * cannot be printed. What was edited, or was confirmed for a time that is over, becomes a version of its own.
 */
export function confirmDocument(
  deps: DocumentDeps,
  { db, actor, id }: Confirming,
  asked: DocumentConfirm,
): Promise<DocumentView> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const now = deps.clock.now();
    const row = await takeDocument(tx, { db, actor, id });
    requireOpen(row, asked.version, now);
    const payload = await parsePayload(row.kind, row.schemaVersion, asked.payload ?? row.payload);
    requirePrintable(payload);
    const isSame = row.confirmedAt === null && saysTheSame(row, payload);
    const version = isSame
      ? row.newestVersion
      : await addVersion(tx, { row, payload, madeById: actor.userId, tenantId, now });
    const clinic = await tx.tenant.findFirstOrThrow({ where: { id: tenantId }, select: { settings: true } });
    const { documentConfirmationDays, country } = parseSettings(clinic.settings);
    const signer = await signerOf(tx, db, { practitionerId: writerOf(actor), country });
    const expiresAt = daysAfter(now, documentConfirmationDays);
    const text = { kind: row.kind, schemaVersion: row.schemaVersion, payload, codes: row.codes };
    const kept = {
      // Plain data that went through JSON before.
      payload: deps.redact(payload) as Prisma.InputJsonObject,
      payloadSha256: digestOf(text),
      notes: asked.notes || null,
    };
    await tx.documentConfirmation.create({
      data: {
        tenantId,
        documentId: id,
        version,
        confirmedById: actor.userId,
        ...signer,
        ...kept,
        confirmedAt: now,
        expiresAt,
      },
    });
    const data = { version, confirmedVersion: version, expiresAt, changedAt: now };
    await tx.clinicalDocument.updateMany({ where: { tenantId, id }, data });
    await tellPatient(deps, tx, tenantId, row);
    return toView(await findDocument(tx, db, reachOf(actor), id), actor, now);
  });
}

function requireOpen(row: DocumentRow, version: number, now: Date): void {
  const state = stateOf(row, now);
  if (state === 'confirmed') throw new AppError('DOCUMENT_CONFIRMED', 'Edit it to confirm it anew.');
  if (version !== row.newestVersion) throw changed();
  if (state === 'expired' && row.confirmedAt === null)
    throw new AppError('DOCUMENT_EXPIRED', 'The draft is too old to be confirmed. Read it and save it again first.');
}

/** A letter that no font here has would be missing on paper, over somebody's signature. */
function requirePrintable(payload: DocumentPayload): void {
  const faults = Object.entries(payload).flatMap(([part, text]) =>
    unwritable([text].flat().join('\n')).length === 0
      ? []
      : [{ path: `payload.${part}`, message: 'Has letters or signs that cannot be printed' }],
  );
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
}

/**
 * Who signs, as they are now. In India no practitioner signs without the number under which they are registered (Telemedicine
 * Practice Guidelines 2020, 3.2.2): CONFLICT then, and for a name that would be missing on paper.
 */
async function signerOf(
  tx: Tx,
  { tenantId }: TenantDb,
  { practitionerId, country }: { practitionerId: string; country: string },
) {
  const select = { name: true, qualification: true, registrationNumber: true, registrationAuthority: true } as const;
  const signer = await tx.practitioner.findFirstOrThrow({ where: { tenantId, id: practitionerId }, select });
  if (country === 'IN' && !signer.registrationNumber)
    throw new AppError('CONFLICT', 'Your registration number is not on record. Ask your clinic to enter it first.');
  if (unwritable(signer.name).length > 0)
    throw new AppError(
      'CONFLICT',
      'Your name has letters that cannot be printed. Ask your clinic to write it in others.',
    );
  return { practitionerId, ...signer };
}
