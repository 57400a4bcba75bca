/** What a patient thinks of a visit. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { isPatientOf, mayRead } from '../policy.ts';
import type { AfterVisit, NewRating } from './schema.ts';
import { turnOf, type VisitRow, visitOf } from './visit.ts';

const dayMs = 86_400_000;

export function ratingOf({ stars, words, ratedAt }: VisitRow): AfterVisit['rating'] {
  if (stars === null || ratedAt === null) return null;
  return { stars, words, ratedAt: ratedAt.toISOString(), changeableUntil: changeableUntil(ratedAt).toISOString() };
}

const changeableUntil = (ratedAt: Date) => new Date(ratedAt.getTime() + dayMs);

/** A visit that took place, once; and for a day after that the rating may be changed. */
export function mayRate({ status, startedAt, ratedAt }: VisitRow, now: Date): boolean {
  return status === 'ended' && startedAt !== null && (ratedAt === null || now < changeableUntil(ratedAt));
}

/** FORBIDDEN for anybody but the patient; CONFLICT before the end of a visit, and a day after the first rating. */
export function rate(
  db: TenantDb,
  actor: Actor,
  { meetingId, stars, words = '' }: NewRating & { meetingId: string },
  now: Date,
): Promise<NonNullable<AfterVisit['rating']>> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const { tenantId } = db;
  return db.decide(
    visitOf(tenantId, meetingId),
    ([row]) => {
      if (row) db.about({ patientIds: [row.patientId] });
      if (!row || !mayRead(actor, row)) throw new AppError('MEETING_NOT_FOUND');
      if (!isPatientOf(actor, row)) throw new AppError('FORBIDDEN', 'Only the patient of a visit rates it.');
      if (!mayRate(row, now)) throw new AppError('CONFLICT', 'This visit cannot be rated, or no more.');
      const kept = { ...row, stars, words: words === '' ? null : words, ratedAt: row.ratedAt ?? now };
      const write = Prisma.sql`
        insert into visit_rating (tenant_id, meeting_id, stars, words, rated_at, changed_at)
        values (${tenantId}::uuid, ${meetingId}::uuid, ${stars}::smallint, ${kept.words}::text, ${now}::timestamptz,
          ${now}::timestamptz)
        on conflict (tenant_id, meeting_id)
        do update set stars = excluded.stars, words = excluded.words, changed_at = excluded.changed_at`;
      const answer = ratingOf(kept);
      if (!answer) throw new AppError('INTERNAL', 'A rating that is none.');
      db.reply(answer);
      return { writes: [write], answer };
    },
    { ahead: [turnOf(tenantId, meetingId)] },
  );
}
