/** Files as people look for them. */
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { reachOf } from './policy.ts';
import { findUpload, toUpload, type UploadRow, uploadColumns, uploadTables, within } from './rows.ts';
import type { SharedFiles, Upload, UploadPage, UploadQuery } from './schema.ts';

/** Of one consultation. */
const mostShared = 200;

/** A page of the files that the actor reaches, the newest first. */
export async function listUploads(db: TenantDb, actor: Actor, query: UploadQuery): Promise<UploadPage> {
  const { limit, cursor, ...filters } = query;
  const reach = reachOf(actor);
  const list = listName('uploads', actor.tenantId, reach, filters);
  const position = readCursor(list, cursor, z.null());
  const conditions = [within(db.tenantId, reach), ...matching(db.tenantId, filters)];
  if (position) conditions.push(Prisma.sql`u.id < ${position.id}::uuid`);
  return db.run(async (tx) => {
    const rows = await tx.$queryRaw<UploadRow[]>`
      select ${uploadColumns} from ${uploadTables} where ${Prisma.join(conditions, ' and ')}
      order by u.id desc limit ${limit + 1}::int`;
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    db.about({ patientIds: page.map(({ patientId }) => patientId) });
    const nextCursor = rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null;
    return { items: page.map(toUpload), nextCursor };
  });
}

/** What lies on the table of a consultation, as far as the actor reaches it. */
export function listShared(db: TenantDb, actor: Actor, meetingId: string): Promise<SharedFiles> {
  return db.run(async (tx) => {
    const rows = await tx.$queryRaw<(UploadRow & { sharedBy: string; sharedAt: Date })[]>`
      select ${uploadColumns}, s.created_at as "sharedAt",
        case when a.patient_id = m.patient_id then m.patient_id else m.doctor_id end as "sharedBy"
      from ${uploadTables}
        join upload_share s on s.tenant_id = u.tenant_id and s.upload_id = u.id
        join meeting m on m.tenant_id = s.tenant_id and m.id = s.meeting_id
        left join app_user a on a.tenant_id = s.tenant_id and a.id = s.shared_by_id
      where s.meeting_id = ${meetingId}::uuid and ${within(db.tenantId, reachOf(actor))}
      order by s.id limit ${mostShared}::int`;
    db.about({ patientIds: rows.map(({ patientId }) => patientId), entity: { type: 'Meeting', id: meetingId } });
    const items = rows.map(({ sharedBy, sharedAt, ...row }) => ({
      upload: toUpload(row),
      sharedBy,
      sharedAt: sharedAt.toISOString(),
    }));
    return { items };
  });
}

/** Throws NOT_FOUND. */
export function readUpload(db: TenantDb, actor: Actor, id: string): Promise<Upload> {
  return db.run(async (tx) => toUpload(await findUpload(tx, db, reachOf(actor), id)));
}

function matching(
  tenantId: string,
  { patientId, meetingId, category }: Pick<UploadQuery, 'patientId' | 'meetingId' | 'category'>,
): Prisma.Sql[] {
  return [
    ...(patientId ? [Prisma.sql`u.patient_id = ${patientId}::uuid`] : []),
    ...(category ? [Prisma.sql`u.category = ${category}`] : []),
    ...(meetingId
      ? [
          Prisma.sql`exists (select 1 from upload_share s where s.tenant_id = ${tenantId}::uuid
            and s.upload_id = u.id and s.meeting_id = ${meetingId}::uuid)`,
        ]
      : []),
  ];
}
