/** Documents as the database gives them to somebody: in the version that they see. */
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { ChosenCode } from '../cdt/index.ts';
import type { Tier } from '../cdt/schema.ts';
import { treats } from '../uploads/index.ts';
import type { Reach } from './policy.ts';
import type {
  Audience,
  DocumentKind,
  DocumentLanguage,
  DocumentPayload,
  DocumentView,
  Fallback,
  Tone,
} from './schema.ts';

export interface DocumentRow {
  id: string;
  kind: DocumentKind;
  patientId: string;
  patientName: string;
  practitionerId: string;
  practitionerName: string;
  meetingId: string | null;
  /** Whose visit it is about. */
  doctorId: string | null;
  /** Whether the caller treats the patient, or did when they had it written. */
  treats: boolean;
  /** Whether the caller sees more of it than who was given it does. */
  seesAll: boolean;
  /** Whether the caller sees it in any state, not only as it was confirmed. */
  seesDrafts: boolean;
  audience: Audience;
  tone: Tone;
  language: DocumentLanguage;
  seed: number;
  tier: Tier;
  source: DocumentView['metadata']['source'];
  fallback: Fallback | null;
  model: string | null;
  tokensUsed: number;
  generationTimeMs: number;
  newestVersion: number;
  confirmedVersion: number | null;
  /** Of the newest version. */
  newestExpiresAt: Date | null;
  createdAt: Date;
  changedAt: Date;
  /** The version that the caller sees, and what it says. */
  version: number;
  schemaVersion: string;
  payload: DocumentPayload;
  codes: ChosenCode[];
  confirmedAt: Date | null;
  name: string | null;
  qualification: string | null;
  registrationNumber: string | null;
  registrationAuthority: string | null;
  notes: string | null;
  confirmedUntil: Date | null;
  pdfGeneratedAt: Date | null;
}

const columns = Prisma.sql`
  d.id, d.kind, d.patient_id as "patientId", p.name as "patientName", d.practitioner_id as "practitionerId",
  w.name as "practitionerName", d.meeting_id as "meetingId", m.doctor_id as "doctorId", d.treats, d.sees_all as "seesAll",
  d.sees_drafts as "seesDrafts",
  d.audience, d.tone, d.language, d.seed, d.tier, d.source, d.fallback, d.model, d.tokens_used as "tokensUsed",
  d.generation_time_ms as "generationTimeMs", d.version as "newestVersion", d.confirmed_version as "confirmedVersion",
  d.expires_at as "newestExpiresAt", d.created_at as "createdAt", d.changed_at as "changedAt",
  v.version, v.schema_version as "schemaVersion", v.payload, v.codes, c.confirmed_at as "confirmedAt", c.name,
  c.qualification, c.registration_number as "registrationNumber", c.registration_authority as "registrationAuthority",
  c.notes, c.expires_at as "confirmedUntil", c.pdf_generated_at as "pdfGeneratedAt"`;

/** By alias: the document `d`, the version `v` that is seen, its confirmation `c`. */
export function selectDocuments(
  tenantId: string,
  reach: Reach,
  rest: { condition: Prisma.Sql; after?: Prisma.Sql },
): Prisma.Sql {
  const { all, treatedBy, writtenBy, patientId, insurers } = reach;
  const treated =
    treatedBy === null
      ? Prisma.sql`false`
      : Prisma.sql`(one.practitioner_id = ${treatedBy}::uuid
          or ${treats(tenantId, Prisma.sql`${treatedBy}::uuid`, Prisma.sql`one.patient_id`)})`;
  const own =
    treatedBy === null
      ? Prisma.sql`false`
      : Prisma.sql`(one.practitioner_id = ${treatedBy}::uuid
          or exists (select from meeting visit
            where visit.tenant_id = one.tenant_id and visit.id = one.meeting_id and visit.doctor_id = ${treatedBy}::uuid)
          or exists (select from clinical_document_version newest
            where newest.tenant_id = one.tenant_id and newest.document_id = one.id and newest.version = one.version
              and newest.made_by_id = ${writtenBy}::uuid))`;
  const told = [
    ...(patientId === null ? [] : [Prisma.sql`(d.audience = 'patient' and d.patient_id = ${patientId}::uuid)`]),
    ...(insurers ? [Prisma.sql`d.audience = 'insurer'`] : []),
  ];
  const confirmedOnly =
    told.length === 0
      ? Prisma.sql`false`
      : Prisma.sql`(d.confirmed_version is not null and (${Prisma.join(told, ' or ')}))`;
  return Prisma.sql`
    select ${columns}
    from (
      select one.*, by.treats, (by.treats or ${all}::boolean) as sees_all, (by.wrote or ${all}::boolean) as sees_drafts
      from clinical_document one cross join lateral (select ${treated} as treats, ${own} as wrote) by
      where one.tenant_id = ${tenantId}::uuid and one.discarded_at is null) d
    join clinical_document_version v on v.tenant_id = d.tenant_id and v.document_id = d.id
      and v.version = case when d.sees_drafts then d.version else d.confirmed_version end
    join patient p on p.tenant_id = d.tenant_id and p.id = d.patient_id
    join practitioner w on w.tenant_id = d.tenant_id and w.id = d.practitioner_id
    left join meeting m on m.tenant_id = d.tenant_id and m.id = d.meeting_id
    left join document_confirmation c on c.tenant_id = v.tenant_id and c.document_id = v.document_id and c.version = v.version
    where (d.sees_drafts or (d.sees_all and d.confirmed_version is not null) or ${confirmedOnly}) and ${rest.condition} ${rest.after ?? Prisma.empty}`;
}

/** Says in the trail whose it is. Throws NOT_FOUND for what is not there or out of reach. */
export async function findDocument(tx: Tx, db: TenantDb, reach: Reach, id: string): Promise<DocumentRow> {
  const [row] = await tx.$queryRaw<DocumentRow[]>(
    selectDocuments(db.tenantId, reach, { condition: Prisma.sql`d.id = ${id}::uuid` }),
  );
  if (!row) throw new AppError('NOT_FOUND', 'There is no such document.');
  db.about({ patientIds: [row.patientId], entity: { type: 'Composition', id } });
  return row;
}

/** The same, held until the transaction ends: locked first, so that what is read is what was there then. */
export async function lockDocument(tx: Tx, db: TenantDb, reach: Reach, id: string): Promise<DocumentRow> {
  await tx.$queryRaw`
    select id from clinical_document where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid for no key update`;
  return findDocument(tx, db, reach, id);
}
