/** Giving a document out on paper: only what somebody answers for, and each time on record. */
import { type ClinicalSheet, renderClinical, unwritable } from '../../adapters/pdf/index.ts';
import { parseSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { StreamReply } from '../../platform/http/route.ts';
import { newId } from '../../platform/ids.ts';
import type { ChosenCode } from '../cdt/index.ts';
import type { DocumentDeps } from './deps.ts';
import { digestOf } from './digest.ts';
import { formOf } from './forms.ts';
import { type Paper, paperWords } from './paper-words.ts';
import { reachOf } from './policy.ts';
import { type DocumentRow, findDocument } from './rows.ts';
import type { DocumentPayload } from './schema.ts';

type Confirmed = NonNullable<Awaited<ReturnType<typeof confirmedVersion>>>;
/** What was confirmed. */
type Text = { payload: DocumentPayload; codes: ChosenCode[] };

/**
 * Throws NOT_FOUND, also for a version that is not there or not for the caller, DOCUMENT_NOT_CONFIRMED, and DOCUMENT_EXPIRED
 * once the time for which it was confirmed is over.
 */
export function givePdf(
  { clock }: Pick<DocumentDeps, 'clock'>,
  { db, actor }: { db: TenantDb; actor: Actor },
  { id, version }: { id: string; version?: number | undefined },
): Promise<StreamReply> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const row = await findDocument(tx, db, reachOf(actor), id);
    const wanted = version ?? row.version;
    if (wanted > row.newestVersion || (!row.seesAll && wanted !== row.version))
      throw new AppError('NOT_FOUND', 'There is no such version.');
    const found = await confirmedVersion(tx, tenantId, { id, version: wanted });
    if (!found) throw new AppError('DOCUMENT_NOT_CONFIRMED', 'There is a PDF once a clinician has confirmed it.');
    const now = clock.now();
    if (found.expiresAt && found.expiresAt <= now)
      throw new AppError('DOCUMENT_EXPIRED', 'The time for which it was confirmed is over.');
    const text = textOf(row, found);
    await tx.documentDownload.create({
      data: { id: newId(), tenantId, documentId: id, version: wanted, byId: actor.userId, at: now },
    });
    await tx.documentConfirmation.updateMany({
      where: { tenantId, documentId: id, version: wanted, pdfGeneratedAt: null },
      data: { pdfGeneratedAt: now },
    });
    const sheet = sheetOf(row, { ...found, ...text }, await paperOf(tx, tenantId, row));
    const fileName = `${row.kind.replaceAll('_', '-')}-${found.confirmedAt.toISOString().slice(0, 10)}.pdf`;
    return { contentType: 'application/pdf', fileName, stream: renderClinical(sheet) };
  });
}

function confirmedVersion(tx: Tx, tenantId: string, { id, version }: { id: string; version: number }) {
  return tx.documentConfirmation.findFirst({ where: { tenantId, documentId: id, version }, include: { of: true } });
}

/** The text as it was confirmed. Throws INTERNAL for one that is not any more what somebody put their name under. */
function textOf({ kind }: DocumentRow, { of, payloadSha256 }: Confirmed): Text {
  const payload: DocumentPayload = formOf(kind, of.schemaVersion).parse(of.payload);
  // As create.ts keeps them.
  const codes = of.codes as unknown as ChosenCode[];
  if (!digestOf({ kind, schemaVersion: of.schemaVersion, payload, codes }).equals(payloadSha256))
    throw new AppError('INTERNAL', 'The text is not the one that was confirmed.');
  return { payload, codes };
}

interface Around {
  clinic: string;
  timeZone: string;
  birthDate: string | null;
  visitAt: Date | null;
}

async function paperOf(tx: Tx, tenantId: string, { patientId, meetingId }: DocumentRow): Promise<Around> {
  const clinic = await tx.tenant.findFirstOrThrow({ where: { id: tenantId } });
  const patient = await tx.patient.findFirstOrThrow({
    where: { tenantId, id: patientId },
    select: { birthDate: true },
  });
  const select = { startedAt: true, scheduledAt: true } as const;
  const visit = meetingId && (await tx.meeting.findFirst({ where: { tenantId, id: meetingId }, select }));
  return {
    clinic: clinic.name,
    timeZone: parseSettings(clinic.settings).timeZone,
    birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
    visitAt: visit ? (visit.startedAt ?? visit.scheduledAt) : null,
  };
}

const line = (label: string, value: string | null) => (value ? [{ label, value }] : []);

function sheetOf(row: DocumentRow, confirmed: Omit<Confirmed, 'payload'> & Text, around: Around): ClinicalSheet {
  const { language } = row;
  const words: Paper = paperWords[language];
  const { title, ...parts } = confirmed.payload;
  const { birthDate, visitAt } = around;
  return {
    title: typeof title === 'string' ? title : words.kinds[row.kind],
    language,
    issuer: around.clinic,
    facts: [
      ...line(words.kind, words.kinds[row.kind]),
      // By the number where no font here has the name's letters.
      ...line(words.patient, unwritable(row.patientName).length === 0 ? row.patientName : row.patientId),
      ...line(words.born, birthDate && dayIn(language, 'UTC', new Date(birthDate))),
      ...line(words.visit, visitAt && dayIn(language, around.timeZone, visitAt)),
    ],
    sections: Object.entries(parts).map(([part, text]) => {
      const heading = words.parts[part] ?? part;
      return typeof text === 'string' ? { heading, text } : { heading, points: text };
    }),
    codes: {
      heading: words.codes,
      rows: confirmed.codes.map(({ code, description }) => ({ label: code, value: description })),
    },
    signature: signatureOf(row, confirmed, around),
    footer: (page, pages) => words.page(row.id, page, pages),
  };
}

function signatureOf(
  row: DocumentRow,
  confirmed: Omit<Confirmed, 'payload'>,
  { timeZone }: Around,
): ClinicalSheet['signature'] {
  const words: Paper = paperWords[row.language];
  const { name, qualification, registrationNumber, registrationAuthority, confirmedAt, expiresAt } = confirmed;
  const time = (at: Date) => timeIn(row.language, timeZone, at);
  return {
    heading: words.signed,
    rows: [
      ...line(words.name, [name, qualification].filter(Boolean).join(', ')),
      ...line(words.registration, [registrationNumber, registrationAuthority].filter(Boolean).join(', ')),
      ...line(words.confirmedAt, time(confirmedAt)),
      ...line(words.version, `${confirmed.version} (${confirmed.of.schemaVersion})`),
      ...line(words.validUntil, expiresAt && time(expiresAt)),
    ],
    note: row.source === 'model' ? words.byModel : null,
  };
}

function dayIn(language: string, timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);
}

function timeIn(language: string, timeZone: string, at: Date): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone });
  return `${format.format(at)} (${timeZone})`;
}
