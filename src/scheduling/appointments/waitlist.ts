/** Getting onto the waiting list, off it, and looking at it. */
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError, type InputFault } from '../../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { newId } from '../../platform/ids.ts';
import { actsAs, seesAll } from './policy.ts';
import type { NewWaitlistEntry, WaitlistEntry, WaitlistPage, WaitlistQuery } from './schema.ts';

type EntryRow = Omit<WaitlistEntry, 'from' | 'to' | 'createdAt'> & { from: Date; to: Date; createdAt: Date };

/** One whose window is over waits for nothing any more. */
const columns = (now: Date) => Prisma.sql`
  w.id, w.patient_id as "patientId", p.name as "patientName", w.service_id as "serviceId", s.name as "serviceName",
  w.practitioner_id as "practitionerId", w.modality::text as modality, w.window_from as "from", w.window_until as "to",
  case when w.state = 'waiting' and w.window_until <= ${now}::timestamptz then 'expired' else w.state::text end as state,
  (select a.id from appointment a
   where a.tenant_id = w.tenant_id and a.waitlist_entry_id = w.id and a.status = 'pending') as "offerId",
  w.created_at as "createdAt"`;
const tables = Prisma.sql`
  waitlist_entry w
  join patient p on p.tenant_id = w.tenant_id and p.id = w.patient_id
  join service s on s.tenant_id = w.tenant_id and s.id = w.service_id`;

/** Nobody keeps the others off what comes free by wishes: offers.ts looks at the first few alone. */
const mostWishes = 5;

/**
 * Throws INVALID_INPUT for what is not of this clinic or a window that is over; FORBIDDEN for somebody else's; CONFLICT for
 * somebody who waits for as many as anybody may.
 */
export function joinWaitlist(
  { clock }: { clock: Clock },
  db: TenantDb,
  actor: Actor,
  input: NewWaitlistEntry,
): Promise<WaitlistEntry> {
  const patientId = input.patientId ?? actor.patientId;
  if (patientId === null) throw invalid([{ path: 'patientId', message: 'Say for whom it is' }]);
  if (actsAs(actor, { patientId, practitionerId: input.practitionerId ?? '' }) === null)
    throw new AppError('FORBIDDEN');
  return db.run(async (tx) => {
    const now = clock.now();
    db.about({ patientIds: [patientId] });
    const faults = await faultsOf(tx, db.tenantId, { ...input, patientId }, now);
    if (faults.length > 0) throw invalid(faults);
    await requireRoom(tx, db.tenantId, patientId, now);
    const { serviceId, practitionerId = null, modality = null, reason = null } = input;
    const id = newId();
    const windows = { windowFrom: new Date(input.from), windowUntil: new Date(input.to) };
    const wish = { patientId, serviceId, practitionerId, modality, reason, ...windows };
    await tx.waitlistEntry.create({
      data: { id, tenantId: db.tenantId, createdById: actor.userId, ...wish },
      select: { id: true },
    });
    return read(tx, db, actor, id, now);
  });
}

/** Off the list; an offer that is held for them must be answered instead. */
export function leaveWaitlist(
  { clock }: { clock: Clock },
  db: TenantDb,
  actor: Actor,
  id: string,
): Promise<WaitlistEntry> {
  return db.run(async (tx) => {
    await tx.$queryRaw`
      select 1 from waitlist_entry where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid for no key update`;
    const entry = await read(tx, db, actor, id, clock.now());
    if (entry.state === 'offered') throw new AppError('CONFLICT', 'A time is held for you: accept or decline it.');
    if (entry.state === 'booked') throw new AppError('CONFLICT', 'This wish was fulfilled.');
    await tx.waitlistEntry.update({
      where: { tenantId_id: { tenantId: db.tenantId, id } },
      data: { state: 'left' },
      select: { id: true },
    });
    return { ...entry, state: 'left' as const };
  });
}

/** The longest waiting first; the own ones for a patient. */
export async function listWaitlist(
  { clock }: { clock: Clock },
  db: TenantDb,
  actor: Actor,
  query: WaitlistQuery,
): Promise<WaitlistPage> {
  const { limit, cursor, ...filters } = query;
  const own = seesAll(actor) ? null : actor.patientId;
  const list = listName('waitlist', actor.tenantId, own ?? seesAll(actor), filters);
  const position = readCursor(list, cursor, z.null());
  if (!seesAll(actor) && own === null) return db.run(async () => ({ items: [], nextCursor: null }));
  const conditions = [
    Prisma.sql`w.tenant_id = ${db.tenantId}::uuid`,
    ...(own === null ? [] : [Prisma.sql`w.patient_id = ${own}::uuid`]),
    ...(filters.practitionerId ? [Prisma.sql`w.practitioner_id = ${filters.practitionerId}::uuid`] : []),
    // Ids sort by when they were made.
    ...(position ? [Prisma.sql`w.id > ${position.id}::uuid`] : []),
  ];
  return db.run(async (tx) => {
    const rows = await tx.$queryRaw<EntryRow[]>`
      select * from (select ${columns(clock.now())} from ${tables} where ${Prisma.join(conditions, ' and ')}) as entry
      where ${filters.state ?? null}::text is null or state = ${filters.state ?? null}::text
      order by id limit ${limit + 1}::int`;
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    db.about({ patientIds: page.map(({ patientId }) => patientId) });
    const nextCursor = rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null;
    return { items: page.map(toEntry), nextCursor };
  });
}

async function read(tx: Tx, db: TenantDb, actor: Actor, id: string, now: Date): Promise<WaitlistEntry> {
  const [row] = await tx.$queryRaw<EntryRow[]>`
    select ${columns(now)} from ${tables} where w.tenant_id = ${db.tenantId}::uuid and w.id = ${id}::uuid`;
  const practitionerId = row?.practitionerId ?? '';
  if (!row || actsAs(actor, { patientId: row.patientId, practitionerId }) === null) throw new AppError('NOT_FOUND');
  db.about({ patientIds: [row.patientId], entity: { type: 'WaitlistEntry', id } });
  return toEntry(row);
}

function toEntry(row: EntryRow): WaitlistEntry {
  const [from, to, createdAt] = [row.from.toISOString(), row.to.toISOString(), row.createdAt.toISOString()];
  return { ...row, from, to, createdAt };
}

async function faultsOf(
  tx: Tx,
  tenantId: string,
  input: NewWaitlistEntry & { patientId: string },
  now: Date,
): Promise<InputFault[]> {
  const { patientId, serviceId, practitionerId } = input;
  const [found] = await tx.$queryRaw<{ patient: boolean; service: boolean; gives: boolean }[]>`
    select
      exists (select from patient where tenant_id = ${tenantId}::uuid and id = ${patientId}::uuid) as patient,
      exists (select from service where tenant_id = ${tenantId}::uuid and id = ${serviceId}::uuid and is_active) as service,
      exists (select from practitioner_service where tenant_id = ${tenantId}::uuid and service_id = ${serviceId}::uuid
        and (${practitionerId ?? null}::uuid is null or practitioner_id = ${practitionerId ?? null}::uuid)) as gives`;
  const [from, to] = [Date.parse(input.from), Date.parse(input.to)];
  const rules: [boolean, string, string][] = [
    [!found?.patient, 'patientId', 'Is not a patient of this clinic'],
    [!found?.service, 'serviceId', 'Is not a service of this clinic'],
    [Boolean(found?.service) && !found?.gives, 'practitionerId', 'Nobody who is meant gives this service'],
    [to <= from, 'to', 'Must be after from'],
    [to <= now.getTime(), 'to', 'Is over'],
  ];
  return rules.flatMap(([broken, path, message]) => (broken ? [{ path, message }] : []));
}

/** Throws CONFLICT. */
async function requireRoom(tx: Tx, tenantId: string, patientId: string, now: Date): Promise<void> {
  const open = await tx.waitlistEntry.count({
    where: { tenantId, patientId, state: { in: ['waiting', 'offered'] }, windowUntil: { gt: now } },
  });
  if (open >= mostWishes) throw new AppError('CONFLICT', `Nobody waits for more than ${mostWishes} times at once.`);
}

function invalid(faults: InputFault[]): AppError {
  return new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
}
