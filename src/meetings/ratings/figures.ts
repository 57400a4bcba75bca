/**
 * Averages of ratings. None of fewer than five: it would tell what one person thought. Nor is it told to a doctor by two
 * answers of which one has a rating more: what doctors see goes in steps of five ratings that cannot change any more, and any
 * two answers differ by whole steps.
 */
import { parseSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { seesAll } from '../policy.ts';
import type { RatingMonths, RatingMonthsQuery, RatingQuery, RatingTotals } from './schema.ts';
import { whose } from './whose.ts';

const fewest = 5;

/** FORBIDDEN for a doctor who asks for another one's. */
export async function ratingTotals(
  db: TenantDb,
  actor: Actor,
  { doctorId, months }: RatingQuery,
  now: Date,
): Promise<RatingTotals> {
  const whom = whose(actor, doctorId);
  const zone = await zoneOf(db);
  const rows = await db.read<{ stars: number; count: number }>(Prisma.sql`
    select r.stars::int as stars, count(*)::int as count
    from ${seesAll(actor) ? ratings(db.tenantId, whom) : inSteps(db.tenantId, whom, zone, now)} as r
    where ${since(zone, months, now)} group by r.stars`);
  const stars = [1, 2, 3, 4, 5].map((star) => rows.find((row) => row.stars === star)?.count ?? 0);
  const count = stars.reduce((sum, some) => sum + some, 0);
  if (count < fewest) return { count, average: null, stars: null };
  const sum = stars.reduce((all, some, index) => all + some * (index + 1), 0);
  return { count, average: Math.round((sum / count) * 10) / 10, stars };
}

/** By month and doctor, the newest month first. FORBIDDEN as above. */
export async function ratingMonths(
  db: TenantDb,
  actor: Actor,
  { doctorId, months }: RatingMonthsQuery,
  now: Date,
): Promise<RatingMonths> {
  const whom = whose(actor, doctorId);
  const zone = await zoneOf(db);
  const items = await db.read<RatingMonths['items'][number]>(Prisma.sql`
    select to_char(r.rated_at at time zone ${zone}, 'YYYY-MM') as month, d.id as "doctorId", d.name as "doctorName",
      count(*)::int as count, case when count(*) >= ${fewest} then round(avg(r.stars), 1)::float8 end as average
    from ${seesAll(actor) ? ratings(db.tenantId, whom) : inSteps(db.tenantId, whom, zone, now)} as r
    join practitioner d on d.tenant_id = ${db.tenantId}::uuid and d.id = r.doctor_id
    where ${since(zone, months, now)}
    group by 1, d.id, d.name order by 1 desc, d.name, d.id`);
  return { items };
}

const ratings = (tenantId: string, doctorId: string | null): Prisma.Sql => Prisma.sql`(
  select r.meeting_id, r.stars, r.rated_at, m.doctor_id
  from visit_rating r join meeting m on m.tenant_id = r.tenant_id and m.id = r.meeting_id
  where r.tenant_id = ${tenantId}::uuid and (${doctorId}::uuid is null or m.doctor_id = ${doctorId}::uuid))`;

/**
 * A doctor's ratings in the order in which they were given, in whole steps; each counts for the month of its step's last one.
 * Those of today and yesterday (by the clinic's calendar) may still be changed by who gave them (after/rating.ts), so they wait.
 */
const inSteps = (tenantId: string, doctorId: string | null, zone: string, now: Date): Prisma.Sql => Prisma.sql`(
  select stepped.stars, stepped.doctor_id, stepped.last_at as rated_at
  from (
    select f.stars, f.doctor_id, max(f.rated_at) over step as last_at, count(*) over step as size
    from (
      select r.*, (row_number() over (order by r.rated_at, r.meeting_id) - 1) / ${fewest}::int as step
      from ${ratings(tenantId, doctorId)} as r
      where r.rated_at < (date_trunc('day', ${now}::timestamptz at time zone ${zone}) - interval '1 day') at time zone ${zone}
        and r.rated_at < ${now}::timestamptz - interval '24 hours'
    ) as f
    window step as (partition by f.step)
  ) as stepped
  where stepped.size = ${fewest}::int)`;

/** From the first day of the month that is so many back, in the clinic's zone. */
function since(zone: string, months: number | undefined, now: Date): Prisma.Sql {
  if (months === undefined) return Prisma.sql`true`;
  return Prisma.sql`
    r.rated_at >= (date_trunc('month', ${now}::timestamptz at time zone ${zone})
      - make_interval(months => ${months - 1}::int)) at time zone ${zone}`;
}

async function zoneOf(db: TenantDb): Promise<string> {
  const [row] = await db.read<{ settings: unknown }>(
    Prisma.sql`select settings from tenant where id = ${db.tenantId}::uuid`,
  );
  return parseSettings(row?.settings).timeZone;
}
