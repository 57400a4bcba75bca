/** Meetings as people look for them: one, a page of many, what happened in one. */
import { z } from 'zod';
import type { Meeting } from '../../signaling/protocol/index.ts';
import type { Actor } from '../platform/actor.ts';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { TenantDb, Tx } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { listName, type Position, readCursor, writeCursor } from '../platform/http/cursor.ts';
import { mayRead, seatOf, seesAll } from './policy.ts';
import { type MeetingRow, meetingColumns, meetingTables, toMeeting } from './rows.ts';
import type {
  MeetingFilters,
  MeetingPage,
  MeetingQuery,
  TimelineEntry,
  TimelinePage,
  TimelineQuery,
} from './schema.ts';
import { afterPosition, cursorKey, ordered, positionIn } from './sorting.ts';

/** Throws MEETING_NOT_FOUND for what does not exist, is another tenant's, or is none of the actor's business. */
export async function readMeeting(db: TenantDb, actor: Actor, meetingId: string): Promise<Meeting> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const [mine] = await db.readAbout(visibleMeeting(db.tenantId, actor, meetingId), 'found');
  if (mine) return toMeeting(mine);
  // Whose it is that they may not see belongs into the trail.
  return db.decide(oneMeeting(db.tenantId, meetingId), (rows) => ({
    writes: [],
    answer: toMeeting(readable(db, actor, meetingId, rows)),
  }));
}

/** A page of the meetings that the actor may see. Rows that come or go meanwhile neither repeat nor hide others. */
export async function listMeetings(db: TenantDb, actor: Actor, query: MeetingQuery): Promise<MeetingPage> {
  const { limit, cursor, ...filters } = query;
  const list = listName('meetings', actor.tenantId, seesAll(actor) || [actor.practitionerId, actor.patientId], filters);
  const rows = await selectMeetings(db, actor, filters, readCursor(list, cursor, cursorKey(filters.sort)), limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? writeCursor(list, positionIn(filters.sort, last)) : null;
  return { items: page.map(toMeeting), nextCursor };
}

/** Up to `max` meetings after `position`, in the order of the filters. */
export function selectMeetings(
  db: TenantDb,
  actor: Actor,
  filters: MeetingFilters,
  position: Position | null,
  max: number,
): Promise<MeetingRow[]> {
  return db.readAbout(pageOfMeetings(db.tenantId, actor, filters, position, max));
}

export function pageOfMeetings(
  tenantId: string,
  actor: Actor,
  filters: MeetingFilters,
  position: Position | null,
  max: number,
): Reads<MeetingRow> {
  const conditions = [
    ...wanted(tenantId, actor, filters),
    ...(position ? [afterPosition(filters.sort, position)] : []),
  ];
  return Prisma.sql`
    select ${meetingColumns} from ${meetingTables}
    where ${Prisma.join(conditions, ' and ')}
    order by ${ordered(filters.sort)} limit ${max}::int`;
}

/** Everybody whose meetings are among those of the filters. */
export async function patientsIn(tx: Tx, actor: Actor, filters: MeetingFilters): Promise<string[]> {
  const conditions = wanted(actor.tenantId, actor, filters);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct m.patient_id as id from meeting m where ${Prisma.join(conditions, ' and ')}`;
  return rows.map(({ id }) => id);
}

function wanted(tenantId: string, actor: Actor, filters: MeetingFilters): Prisma.Sql[] {
  return [Prisma.sql`m.tenant_id = ${tenantId}::uuid`, ...visibleTo(actor), ...matching(filters)];
}

/** What happened, oldest first. A patient is not told of strangers at the door. */
export async function readTimeline(
  db: TenantDb,
  actor: Actor,
  meetingId: string,
  { limit, cursor }: TimelineQuery,
): Promise<TimelinePage> {
  const list = listName('timeline', actor.tenantId, meetingId);
  const after = readCursor(list, cursor, z.null())?.id ?? null;
  const rows = await db.run(async (tx) => {
    const found = await tx.$queryRaw<MeetingRow[]>(oneMeeting(db.tenantId, meetingId));
    const meeting = readable(db, actor, meetingId, found);
    const strangers = seesAll(actor) || seatOf(actor, meeting) === 'doctor';
    return tx.$queryRaw<(Omit<TimelineEntry, 'at'> & { at: Date })[]>`
      select e.id, e.type, e.actor_role as "actorRole", e.actor_id as "actorId", e.at, e.node_id as "nodeId", e.detail,
        g.name as "guestName"
      from meeting_event e
      left join meeting_guest g on g.tenant_id = e.tenant_id and g.id = (e.detail ->> 'guestId')::uuid
      where e.tenant_id = ${db.tenantId}::uuid and e.meeting_id = ${meetingId}::uuid
        and (${after}::uuid is null or e.id > ${after}::uuid)
        and (${strangers}::boolean or e.detail ->> 'code' is distinct from 'NOT_ASSIGNED')
      order by e.id limit ${limit + 1}::int`;
  });
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null };
}

export function oneMeeting(tenantId: string, meetingId: string): Reads<MeetingRow> {
  return Prisma.sql`
    select ${meetingColumns} from ${meetingTables}
    where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid`;
}

/** As `mayRead` has it. */
function visibleMeeting(tenantId: string, actor: Actor, meetingId: string): Reads<MeetingRow> {
  const conditions = [Prisma.sql`m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid`, ...visibleTo(actor)];
  return Prisma.sql`select ${meetingColumns} from ${meetingTables} where ${Prisma.join(conditions, ' and ')}`;
}

/** The meeting, if the actor may read it; MEETING_NOT_FOUND else, and whose it is in the trail. */
export function readable(db: TenantDb, actor: Actor, meetingId: string, [row]: readonly MeetingRow[]): MeetingRow {
  db.about({ entity: { type: 'Meeting', id: meetingId }, ...(row && { patientIds: [row.patientId] }) });
  if (!row || !mayRead(actor, row)) throw new AppError('MEETING_NOT_FOUND');
  return row;
}

function visibleTo(actor: Actor): Prisma.Sql[] {
  if (seesAll(actor)) return [];
  const own = [
    ...(actor.practitionerId && actor.roles.includes('doctor')
      ? [Prisma.sql`m.doctor_id = ${actor.practitionerId}::uuid`]
      : []),
    ...(actor.patientId && actor.roles.includes('patient')
      ? [Prisma.sql`m.patient_id = ${actor.patientId}::uuid`]
      : []),
  ];
  return [own.length > 0 ? Prisma.sql`(${Prisma.join(own, ' or ')})` : Prisma.sql`false`];
}

function matching({
  status,
  doctorId,
  patientId,
  from,
  to,
  endReason,
  minDurationSeconds,
}: MeetingFilters): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (status) conditions.push(Prisma.sql`m.status = ${status}::meeting_status`);
  if (doctorId) conditions.push(Prisma.sql`m.doctor_id = ${doctorId}::uuid`);
  if (patientId) conditions.push(Prisma.sql`m.patient_id = ${patientId}::uuid`);
  if (from) conditions.push(Prisma.sql`m.scheduled_at >= ${from}::timestamptz`);
  if (to) conditions.push(Prisma.sql`m.scheduled_at < ${to}::timestamptz`);
  if (endReason) conditions.push(Prisma.sql`m.end_reason = ${endReason}::meeting_end_reason`);
  if (minDurationSeconds !== undefined) conditions.push(Prisma.sql`m.duration_seconds >= ${minDurationSeconds}::int`);
  return conditions;
}
