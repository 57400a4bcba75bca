/** Files as the database gives them, and which of them somebody reaches. */
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reach } from './policy.ts';
import type { ContentType, Upload, UploadCategory, UploadStatus } from './schema.ts';

export interface UploadRow {
  id: string;
  patientId: string;
  patientName: string;
  category: UploadCategory;
  fileName: string;
  contentType: ContentType;
  size: number;
  sha256: Uint8Array;
  status: UploadStatus;
  scannedAt: Date | null;
  uploadedById: string;
  uploadedByRole: Upload['uploadedByRole'];
  createdAt: Date;
  storageKey: string;
  wrappedKey: Uint8Array;
}

export const uploadColumns = Prisma.sql`
  u.id, u.patient_id as "patientId", p.name as "patientName", u.category, u.file_name as "fileName",
  u.content_type as "contentType", u.size, u.sha256, u.status::text as "status", u.scanned_at as "scannedAt",
  u.uploaded_by_id as "uploadedById", u.uploaded_by_role as "uploadedByRole", u.created_at as "createdAt",
  u.storage_key as "storageKey", u.wrapped_key as "wrappedKey"`;

export const uploadTables = Prisma.sql`upload u join patient p on p.tenant_id = u.tenant_id and p.id = u.patient_id`;

/**
 * The condition that a practitioner treats a patient: has seen them or will. What was called off makes nobody a treating
 * doctor. Both are expressions.
 */
export function treats(tenantId: string, practitionerId: Prisma.Sql, patientId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(exists (
      select 1 from appointment a where a.tenant_id = ${tenantId}::uuid and a.practitioner_id = ${practitionerId}
        and a.patient_id = ${patientId} and a.status not in ('pending', 'cancelled'))
    or exists (
      select 1 from meeting m where m.tenant_id = ${tenantId}::uuid and m.doctor_id = ${practitionerId}
        and m.patient_id = ${patientId} and m.status <> 'cancelled'))`;
}

/** The condition that the file `u` is within reach. */
export function within(tenantId: string, { all, patientId, treatedBy, uploadedById }: Reach): Prisma.Sql {
  const there = Prisma.sql`u.tenant_id = ${tenantId}::uuid and u.deleted_at is null`;
  if (all) return there;
  const ways = [
    Prisma.sql`u.uploaded_by_id = ${uploadedById}::uuid`,
    ...(patientId === null ? [] : [Prisma.sql`u.patient_id = ${patientId}::uuid`]),
    ...(treatedBy === null ? [] : [treats(tenantId, Prisma.sql`${treatedBy}::uuid`, Prisma.sql`u.patient_id`)]),
  ];
  return Prisma.sql`${there} and (${Prisma.join(ways, ' or ')})`;
}

/** Says in the trail whose it is. Throws NOT_FOUND for what is not there, is deleted, or is out of reach. */
export async function findUpload(tx: Tx, db: TenantDb, reach: Reach, id: string): Promise<UploadRow> {
  const [row] = await tx.$queryRaw<UploadRow[]>`
    select ${uploadColumns} from ${uploadTables} where u.id = ${id}::uuid and ${within(db.tenantId, reach)}`;
  if (!row) throw new AppError('NOT_FOUND', 'There is no such file.');
  db.about({ patientIds: [row.patientId], entity: { type: 'DocumentReference', id } });
  return row;
}

export function toUpload({ storageKey: _storage, wrappedKey: _key, ...row }: UploadRow): Upload {
  return {
    ...row,
    sha256: Buffer.from(row.sha256).toString('hex'),
    scannedAt: row.scannedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
