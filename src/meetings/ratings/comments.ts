/** What patients wrote about their visits, for the clinic. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { When } from '../schema.ts';
import type { CommentPage, CommentQuery } from './schema.ts';
import { whose } from './whose.ts';

interface Row {
  meetingId: string;
  patientId: string;
  doctorId: string;
  doctorName: string;
  stars: number;
  words: string;
  ratedAt: Date;
}

/** The newest first. */
export async function listComments(
  db: TenantDb,
  actor: Actor,
  { doctorId, limit, cursor }: CommentQuery,
): Promise<CommentPage> {
  const { tenantId } = db;
  const whom = whose(actor, doctorId);
  const list = listName('rating-comments', tenantId, whom);
  const after = readCursor(list, cursor, When);
  const behind = after
    ? Prisma.sql`and (r.rated_at, r.meeting_id) < (${after.key}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  const rows = await db.readAbout<Row>(Prisma.sql`
    select m.id as "meetingId", m.patient_id as "patientId", d.id as "doctorId", d.name as "doctorName",
      r.stars::int as stars, r.words, r.rated_at as "ratedAt"
    from visit_rating r
    join meeting m on m.tenant_id = r.tenant_id and m.id = r.meeting_id
    join practitioner d on d.tenant_id = m.tenant_id and d.id = m.doctor_id
    where r.tenant_id = ${tenantId}::uuid and r.words is not null
      and (${whom}::uuid is null or m.doctor_id = ${whom}::uuid) ${behind}
    order by r.rated_at desc, r.meeting_id desc limit ${limit + 1}::int`);
  const items = rows.slice(0, limit).map(({ patientId: _whose, ratedAt, ...row }) => ({
    ...row,
    ratedAt: ratedAt.toISOString(),
  }));
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? writeCursor(list, { key: last.ratedAt, id: last.meetingId }) : null };
}
