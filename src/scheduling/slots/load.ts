/** Everything that free times depend on, of all practitioners asked for, in one statement. */
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { Busy, ExtraHours, Hours, Leave, OfferedModality, Schedule, Visit, WeeklyHours } from './model.ts';
import { dayMs } from './zone-clock.ts';

/** Whose times: these people's, or those of everybody who accepts patients, by what they do and where. */
export type Whose =
  | { practitionerIds: readonly string[] }
  | { specialty?: string | undefined; locationId?: string | undefined };

export interface ScheduleQuery {
  tenantId: string;
  /** Null for hours alone, whatever is given in them. */
  serviceId: string | null;
  whose: Whose;
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** A booking that shall not stand in its own way when it is moved. */
  ignoring?: string | undefined;
}

export interface Schedules {
  /** Null when the clinic has no such service, or not any more. */
  visit: Visit | null;
  /** Of those who give the service, by id. */
  schedules: Schedule[];
  rooms: Map<string, Busy[]>;
}

/** At most so many practitioners are looked at in one search. */
export const mostPractitioners = 200;

/** As PostgreSQL gives it: rows are arrays, which are half as long as objects. */
export interface ScheduleRow {
  visit: Visit | null;
  asked: string[] | null;
  weekly: [...HoursTuple, weekday: number, validFrom: number | null, validTo: number | null][] | null;
  extra: [...HoursTuple, day: number][] | null;
  leaves: [practitionerId: string | null, locationId: string | null, from: number, until: number][] | null;
  busy: BusyTuple[] | null;
  rooms: BusyTuple[] | null;
}

type HoursTuple = [
  practitionerId: string,
  locationId: string | null,
  roomId: string | null,
  modality: OfferedModality,
  zone: string,
  startMinute: number,
  endMinute: number,
  stepMinutes: number | null,
  capacity: number,
  leadMinutes: number,
  bufferBefore: number,
  bufferAfter: number,
  serviceIds: string[] | null,
];
/** Arrays as PostgreSQL writes them, which it does several times faster than JSON: there are thousands in a fortnight. */
type BusyTuple = [id: string, from: string, until: string, groupStarts: string];

const epoch = Prisma.sql`date '1970-01-01'`;
const hours = Prisma.sql`h.practitioner_id, h.location_id, h.room_id, h.modality, coalesce(l.time_zone, c.zone),
  h.start_minute, h.end_minute, h.step_minutes, h.capacity, h.lead_minutes, h.buffer_before_minutes, h.buffer_after_minutes`;
const places = Prisma.sql`left join location l on l.tenant_id = h.tenant_id and l.id = h.location_id
    left join room on room.tenant_id = h.tenant_id and room.id = h.room_id`;
const placesOpen = Prisma.sql`(h.location_id is null or l.is_active) and (h.room_id is null or room.is_active)`;

/** Epoch milliseconds; as a float, for which PostgreSQL need not calculate with decimals. */
const instant = (column: Prisma.Sql) => Prisma.sql`(date_part('epoch', ${column}) * 1000)::bigint`;

/** What is taken, a row for each practitioner or room: times from and until, and when visits of the service start. */
function busySql(id: Prisma.Sql, columns: { from: Prisma.Sql; until: Prisma.Sql }, where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    select json_agg(json_build_array(id, froms::text, untils::text, starts::text)) from (
      select id, array_agg(busy_from) as froms, array_agg(busy_until) as untils, array_agg(group_start) as starts from (
        select ${id} as id, ${instant(columns.from)} as busy_from, ${instant(columns.until)} as busy_until,
          case when b.service_id = v.id then ${instant(Prisma.sql`b.starts_at`)} end as group_start
        from busy_time b join v on true where ${where} order by 1, 2
      ) one group by id
    ) each)`;
}

/** Under row-level security, as everything; the tenant is named so that its indexes are used. */
export function schedulesSql(query: ScheduleQuery): Reads<ScheduleRow> {
  const { tenantId, serviceId, from, to, ignoring } = query;
  // Local days differ from UTC's by one at most, and a visit with its buffers is shorter than two.
  const [first, last] = [new Date(from - 2 * dayMs).toISOString(), new Date(to + 2 * dayMs).toISOString()];
  const tenant = Prisma.sql`${tenantId}::uuid`;
  const near = Prisma.sql`b.tenant_id = ${tenant} and b.starts_at between ${first}::timestamptz and ${last}::timestamptz
    and b.busy_until > ${new Date(from).toISOString()}::timestamptz - interval '4 hours'
    and b.busy_from < ${new Date(to).toISOString()}::timestamptz + make_interval(mins => v.minutes + 240)
    and b.appointment_id is distinct from ${ignoring ?? null}::uuid`;
  return Prisma.sql`
    with c as (select id as tenant_id, settings ->> 'timeZone' as zone from tenant where id = ${tenant}),
    v as materialized (
      select id, duration_minutes as minutes,
        json_build_object('serviceId', id, 'modality', modality, 'durationMinutes', duration_minutes,
          'bufferBeforeMinutes', buffer_before_minutes, 'bufferAfterMinutes', buffer_after_minutes) as visit
      from service where tenant_id = ${tenant} and id = ${serviceId}::uuid and is_active
    ),
    asked as materialized (${askedSql(query)}),
    weekly as materialized (
      select ${hours}, s.ids, h.weekday, h.valid_from - ${epoch} as first_day, h.valid_to - ${epoch} as last_day
      from availability_rule h cross join c ${places}
      left join lateral (
        select array_agg(x.service_id) as ids from availability_rule_service x where x.tenant_id = h.tenant_id and x.rule_id = h.id
      ) s on true
      where h.tenant_id = ${tenant} and h.practitioner_id in (select id from asked) and ${placesOpen}
        and (h.valid_from is null or h.valid_from <= ${last}::date) and (h.valid_to is null or h.valid_to >= ${first}::date)
    ),
    differing as materialized (
      select h.*, c.zone, coalesce(l.is_active, true) and coalesce(room.is_active, true) as open, l.time_zone
      from availability_exception h cross join c ${places}
      where h.tenant_id = ${tenant} and (h.practitioner_id is null or h.practitioner_id in (select id from asked))
        and h.ends_on >= ${first}::date and h.starts_on <= ${last}::date
    )
    select
      (select visit from v) as visit,
      (select json_agg(id order by id) from asked) as asked,
      (select json_agg(json_build_array(practitioner_id, location_id, room_id, modality, coalesce, start_minute, end_minute,
         step_minutes, capacity, lead_minutes, buffer_before_minutes, buffer_after_minutes, ids, weekday, first_day, last_day))
       from weekly) as weekly,
      (select json_agg(json_build_array(practitioner_id, location_id, room_id, modality, coalesce(time_zone, zone), start_minute,
         end_minute, step_minutes, capacity, lead_minutes, buffer_before_minutes, buffer_after_minutes, null, starts_on - ${epoch}))
       from differing where kind = 'extra' and open) as extra,
      (select json_agg(json_build_array(practitioner_id, location_id, (starts_on - ${epoch}) * 1440 + start_minute,
         (ends_on - ${epoch}) * 1440 + end_minute))
       from differing where kind = 'leave') as leaves,
      ${busySql(
        Prisma.sql`b.practitioner_id`,
        { from: Prisma.sql`b.busy_from`, until: Prisma.sql`b.busy_until` },
        Prisma.sql`b.practitioner_id in (select id from asked) and ${near}`,
      )} as busy,
      ${busySql(
        Prisma.sql`b.room_id`,
        { from: Prisma.sql`b.starts_at`, until: Prisma.sql`b.ends_at` },
        Prisma.sql`(b.location_id, b.room_id) in (
          select location_id, room_id from weekly where room_id is not null
          union select location_id, room_id from differing where room_id is not null) and ${near}`,
      )} as rooms`;
}

function askedSql({ tenantId, serviceId, whose }: ScheduleQuery): Prisma.Sql {
  if (serviceId === null && 'practitionerIds' in whose) {
    return Prisma.sql`select unnest(${[...whose.practitionerIds]}::uuid[]) as id`;
  }
  const gives = Prisma.sql`
    select p.id from practitioner p
    join practitioner_service ps on ps.tenant_id = p.tenant_id and ps.practitioner_id = p.id and ps.service_id = ${serviceId}::uuid
    where p.tenant_id = ${tenantId}::uuid and p.is_active`;
  if ('practitionerIds' in whose) return Prisma.sql`${gives} and p.id = any (${[...whose.practitionerIds]}::uuid[])`;
  const { specialty = null, locationId = null } = whose;
  return Prisma.sql`${gives} and p.is_accepting_patients
    and (${specialty}::text is null or exists (
      select from practitioner_specialty x
      where x.tenant_id = p.tenant_id and x.practitioner_id = p.id and x.code = ${specialty}::text))
    and (${locationId}::uuid is null or exists (
      select from practitioner_location x
      where x.tenant_id = p.tenant_id and x.practitioner_id = p.id and x.location_id = ${locationId}::uuid))
    order by p.id limit ${mostPractitioners + 1}::int`;
}

export function readSchedules(row: ScheduleRow): Schedules {
  const weekly = byFirst(row.weekly, (rule): WeeklyHours => {
    const [weekday, validFrom, validTo] = [rule[13], rule[14], rule[15]];
    return { ...readHours(rule), weekday, validFrom, validTo };
  });
  const extra = byFirst(row.extra, (one): ExtraHours => ({ ...readHours(one), day: one[13] }));
  const busy = new Map(row.busy?.map(readBusy));
  const leaves = byFirst(
    row.leaves,
    ([, locationId, fromMinute, untilMinute]): Leave => ({
      locationId,
      fromMinute,
      untilMinute,
    }),
  );
  const everybodys = leaves.get(null) ?? [];
  return {
    visit: row.visit,
    rooms: new Map(row.rooms?.map(readBusy)),
    schedules: (row.asked ?? []).map((practitionerId) => ({
      practitionerId,
      weekly: weekly.get(practitionerId) ?? [],
      extra: extra.get(practitionerId) ?? [],
      leaves: [...everybodys, ...(leaves.get(practitionerId) ?? [])],
      busy: busy.get(practitionerId) ?? [],
    })),
  };
}

function byFirst<T extends readonly [unknown, ...unknown[]], V>(rows: T[] | null, read: (row: T) => V): Map<T[0], V[]> {
  const found = new Map<T[0], V[]>();
  for (const row of rows ?? []) {
    const list = found.get(row[0]);
    if (list) list.push(read(row));
    else found.set(row[0], [read(row)]);
  }
  return found;
}

function readHours(tuple: readonly [...HoursTuple, ...unknown[]]): Hours {
  const [, locationId, roomId, modality, zone, startMinute, endMinute, stepMinutes, capacity, leadMinutes] = tuple;
  const [bufferBeforeMinutes, bufferAfterMinutes, serviceIds] = [tuple[10], tuple[11], tuple[12]];
  return {
    locationId,
    roomId,
    modality,
    zone,
    startMinute,
    endMinute,
    stepMinutes,
    capacity,
    leadMinutes,
    bufferBeforeMinutes,
    bufferAfterMinutes,
    serviceIds,
  };
}

function readBusy([id, froms, untils, starts]: BusyTuple): [string, Busy[]] {
  const [until, groupStart] = [numbers(untils), numbers(starts)];
  return [
    id,
    numbers(froms).map((from, at) => ({
      from: from ?? 0,
      until: until[at] ?? 0,
      groupStart: groupStart[at] ?? null,
    })),
  ];
}

/** `{1,2,NULL}` */
function numbers(array: string): (number | null)[] {
  return JSON.parse(`[${array.slice(1, -1).replaceAll('NULL', 'null')}]`) as (number | null)[];
}
