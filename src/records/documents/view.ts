/** A document as REST shows it to somebody. */
import type { Actor } from '../../platform/actor.ts';
import { formOf } from './forms.ts';
import { mayAnswerFor } from './policy.ts';
import type { DocumentRow } from './rows.ts';
import type { Confirmation, DocumentSummary, DocumentView } from './schema.ts';
import { expiryOf, stateOf } from './state.ts';

export function toSummary(row: DocumentRow, now: Date): DocumentSummary {
  const { id, kind, patientId, patientName, practitionerId, practitionerName, meetingId, audience, version } = row;
  const title = row.payload['title'];
  const about = { patientId, patientName, practitionerId, practitionerName, meetingId, audience };
  return {
    id,
    kind,
    version,
    ...about,
    state: stateOf(row, now),
    title: typeof title === 'string' ? title : '',
    expiresAt: expiryOf(row)?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

export function toView(row: DocumentRow, actor: Actor, now: Date): DocumentView {
  const { audience, tone, seed, language, tier, source, fallback, model, tokensUsed, generationTimeMs } = row;
  const made = { audience, tone, seed, language, tier, source, fallback, model, tokensUsed, generationTimeMs };
  return {
    ...toSummary(row, now),
    // As the form orders its parts; the database does not keep that.
    payload: formOf(row.kind, row.schemaVersion).parse(row.payload),
    codes: row.codes,
    confirmation: toConfirmation(row, row.seesAll),
    confirmedVersion: row.confirmedVersion,
    metadata: { ...made, documentVersion: row.schemaVersion },
    mayEdit: actor.scopes.has('documents:write') && mayAnswerFor(actor, row) && isNewest(row),
  };
}

/** Not where a colleague has a draft that is not shown. */
const isNewest = ({ version, newestVersion }: DocumentRow): boolean => version === newestVersion;

type Confirmable = Pick<
  DocumentRow,
  | 'version'
  | 'confirmedAt'
  | 'name'
  | 'qualification'
  | 'registrationNumber'
  | 'registrationAuthority'
  | 'notes'
  | 'confirmedUntil'
  | 'pdfGeneratedAt'
>;

export function toConfirmation(row: Confirmable, withNotes: boolean): Confirmation | null {
  if (row.confirmedAt === null) return null;
  const { version, qualification, registrationNumber, registrationAuthority } = row;
  return {
    version,
    name: row.name ?? '',
    qualification,
    registrationNumber,
    registrationAuthority,
    confirmedAt: row.confirmedAt.toISOString(),
    notes: withNotes ? row.notes : null,
    expiresAt: row.confirmedUntil?.toISOString() ?? null,
    pdfGeneratedAt: row.pdfGeneratedAt?.toISOString() ?? null,
  };
}
