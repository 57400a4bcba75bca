/** Appointments as people look for them: one, a page of many, what happened to one, one for a calendar. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { listName, type Position, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import type { StreamReply } from '../../platform/http/route.ts';
import { calendarOf } from './calendar.ts';
import { joinUrlOf } from './letters.ts';
import { mayRead, seesAll } from './policy.ts';
import type { AppointmentDeps } from './ports.ts';
import { type AppointmentRow, appointmentColumns, appointmentTables, toAppointment } from './rows.ts';
import {
  type Appointment,
  type AppointmentEntry,
  type AppointmentFilters,
  type AppointmentPage,
  type AppointmentQuery,
  type AppointmentTimeline,
  EventDetail,
  type TimelineQuery,
} from './schema.ts';

/** Throws NOT_FOUND for what does not exist, is another tenant's, or is none of the actor's business. */
export function readAppointment(db: TenantDb, actor: Actor, id: string): Promise<Appointment> {
  return db.run(async (tx) => toAppointment(await find(tx, db, actor, id)));
}

/** A page of the appointments that the actor may see. Rows that come or go meanwhile neither repeat nor hide others. */
export async function listAppointments(db: TenantDb, actor: Actor, query: AppointmentQuery): Promise<AppointmentPage> {
  const { limit, cursor, ...filters } = query;
  const own = seesAll(actor) || [actor.practitionerId, actor.patientId];
  const list = listName('appointments', actor.tenantId, own, filters);
  const position = readCursor(list, cursor, z.iso.datetime());
  const down = filters.sort === '-startsAt';
  const conditions = [
    Prisma.sql`a.tenant_id = ${db.tenantId}::uuid`,
    ...visibleTo(actor),
    ...matching(filters),
    ...(position ? [after(position, down)] : []),
  ];
  return db.run(async (tx) => {
    const rows = await tx.$queryRaw<AppointmentRow[]>`
      select ${appointmentColumns} from ${appointmentTables}
      where ${Prisma.join(conditions, ' and ')}
      order by ${down ? Prisma.sql`a.starts_at desc, a.id desc` : Prisma.sql`a.starts_at, a.id`}
      limit ${limit + 1}::int`;
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    db.about({ patientIds: page.map(({ patientId }) => patientId) });
    const more = rows.length > limit && last;
    const nextCursor = more ? writeCursor(list, { key: last.startsAt.toISOString(), id: last.id }) : null;
    return { items: page.map(toAppointment), nextCursor };
  });
}

/** What happened, oldest first. */
export async function readTimeline(
  db: TenantDb,
  actor: Actor,
  id: string,
  { limit, cursor }: z.output<typeof TimelineQuery>,
): Promise<AppointmentTimeline> {
  const list = listName('appointment-timeline', actor.tenantId, id);
  const position = readCursor(list, cursor, z.null())?.id ?? null;
  return db.run(async (tx) => {
    await find(tx, db, actor, id);
    const rows = await tx.$queryRaw<(Omit<AppointmentEntry, 'at'> & { at: Date })[]>`
      select id, type, actor_role as "actorRole", actor_id as "actorId", at, detail from appointment_event
      where tenant_id = ${db.tenantId}::uuid and appointment_id = ${id}::uuid
        and (${position}::uuid is null or id > ${position}::uuid)
      order by id limit ${limit + 1}::int`;
    const items = rows
      .slice(0, limit)
      .map((row) => ({ ...row, at: row.at.toISOString(), detail: EventDetail.parse(row.detail) }));
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null };
  });
}

/** For whoever wants it in their own calendar. */
export function readCalendar(
  { post, clock }: Pick<AppointmentDeps, 'post' | 'clock'>,
  db: TenantDb,
  actor: Actor,
  id: string,
): Promise<StreamReply> {
  return db.run(async (tx) => {
    const row = await find(tx, db, actor, id);
    const { name } = await tx.tenant.findUniqueOrThrow({ where: { id: db.tenantId }, select: { name: true } });
    const facts = { clinicName: name, from: post.from, to: null, joinUrl: joinUrlOf(post, row), now: clock.now() };
    return {
      contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      fileName: 'appointment.ics',
      stream: Readable.from([Buffer.from(calendarOf(row, facts, 'PUBLISH'))]),
    };
  });
}

async function find(tx: Tx, db: TenantDb, actor: Actor, id: string): Promise<AppointmentRow> {
  const [row] = await tx.$queryRaw<AppointmentRow[]>`
    select ${appointmentColumns} from ${appointmentTables}
    where a.tenant_id = ${db.tenantId}::uuid and a.id = ${id}::uuid`;
  if (!row || !mayRead(actor, row)) throw new AppError('NOT_FOUND');
  db.about({ patientIds: [row.patientId], entity: { type: 'Appointment', id } });
  return row;
}

function visibleTo(actor: Actor): Prisma.Sql[] {
  if (seesAll(actor)) return [];
  const own = [
    ...(actor.practitionerId && actor.roles.includes('doctor')
      ? [Prisma.sql`a.practitioner_id = ${actor.practitionerId}::uuid`]
      : []),
    ...(actor.patientId && actor.roles.includes('patient')
      ? [Prisma.sql`a.patient_id = ${actor.patientId}::uuid`]
      : []),
  ];
  return [own.length > 0 ? Prisma.sql`(${Prisma.join(own, ' or ')})` : Prisma.sql`false`];
}

function matching(filters: AppointmentFilters): Prisma.Sql[] {
  const { from, to, practitionerId, patientId, locationId, seriesId, status } = filters;
  const conditions: Prisma.Sql[] = [];
  if (from) conditions.push(Prisma.sql`a.starts_at >= ${from}::timestamptz`);
  if (to) conditions.push(Prisma.sql`a.starts_at < ${to}::timestamptz`);
  if (practitionerId) conditions.push(Prisma.sql`a.practitioner_id = ${practitionerId}::uuid`);
  if (patientId) conditions.push(Prisma.sql`a.patient_id = ${patientId}::uuid`);
  if (locationId) conditions.push(Prisma.sql`a.location_id = ${locationId}::uuid`);
  if (seriesId) conditions.push(Prisma.sql`a.series_id = ${seriesId}::uuid`);
  if (status) conditions.push(Prisma.sql`a.status = ${status}::appointment_status`);
  return conditions;
}

function after({ key, id }: Position, down: boolean): Prisma.Sql {
  return down
    ? Prisma.sql`(a.starts_at, a.id) < (${key}::timestamptz, ${id}::uuid)`
    : Prisma.sql`(a.starts_at, a.id) > (${key}::timestamptz, ${id}::uuid)`;
}
