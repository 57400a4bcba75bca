/**
 * The waiting list: a time that comes free is held for the next in turn by an appointment that is pending, so that the same
 * constraints keep everybody else off it. Accepted it is booked; declined or run out it is free again, for the next one.
 */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { FreeTime } from '../slots/index.ts';
import { clock, type Doer, keepChange, take } from './change.ts';
import { insertAppointment } from './keep.ts';
import { sendLetter } from './letters.ts';
import { type LockedAppointment, lockInTurn } from './lock.ts';
import type { Mover } from './model.ts';
import { earliest, newRow } from './new-row.ts';
import { placeOf } from './place.ts';
import { actsAs, mayRead } from './policy.ts';
import type { AppointmentDeps, OnCommitted } from './ports.ts';
import { remindersOf } from './reminders.ts';
import { type AppointmentRow, toAppointment } from './rows.ts';
import { readScene, type Wanted } from './scene.ts';
import type { Appointment } from './schema.ts';
import { inTurn } from './turns.ts';
import { findTime } from './wanted-time.ts';

type Freed = Pick<AppointmentRow, 'practitionerId' | 'startsAt' | 'modality' | 'locationId'>;

interface Candidate {
  id: string;
  patientId: string;
  serviceId: string;
  modality: AppointmentRow['modality'] | null;
  reason: string | null;
  createdById: string;
}

/** Looked at in one go: more than ever want the same hour. */
const mostCandidates = 20;

/**
 * Offers a time to the first on the list who can have it, and answers until when it is held; null when nobody wants it.
 * The practitioner's turn must have been taken.
 */
export async function offerFreed(
  deps: AppointmentDeps,
  tx: Tx,
  { tenantId, freed, now }: { tenantId: string; freed: Freed; now: Date },
): Promise<Date | null> {
  if (freed.startsAt <= now) return null;
  for (const one of await candidates(tx, tenantId, freed)) {
    const wanted = {
      practitionerId: freed.practitionerId,
      patientId: one.patientId,
      serviceId: one.serviceId,
      modality: one.modality ?? freed.modality,
      locationId: freed.locationId ?? undefined,
    };
    const time = await findTime(tx, tenantId, { ...wanted, startsAt: freed.startsAt, now });
    if (typeof time === 'string') continue;
    return hold(deps, tx, { tenantId, one, wanted, time, now });
  }
  return null;
}

/** Who waits for such a time, the longest waiting first; not whoever had it offered before, nor is busy then. */
function candidates(tx: Tx, tenantId: string, { practitionerId, startsAt, modality }: Freed): Promise<Candidate[]> {
  return tx.$queryRaw<Candidate[]>(Prisma.sql`
    select w.id, w.patient_id as "patientId", w.service_id as "serviceId", w.modality::text as modality, w.reason,
      w.created_by_id as "createdById"
    from waitlist_entry w
    join practitioner_service g on g.tenant_id = w.tenant_id and g.service_id = w.service_id
      and g.practitioner_id = ${practitionerId}::uuid
    join service s on s.tenant_id = w.tenant_id and s.id = w.service_id and s.is_active
    where w.tenant_id = ${tenantId}::uuid and w.state = 'waiting'
      and (w.practitioner_id is null or w.practitioner_id = ${practitionerId}::uuid)
      and w.window_from <= ${startsAt}::timestamptz and w.window_until > ${startsAt}::timestamptz
      and coalesce(w.modality::text, ${modality}) = any (
        case s.modality when 'both' then array['video', 'in_person'] else array[s.modality::text] end)
      and not exists (
        select from appointment a where a.tenant_id = w.tenant_id and a.waitlist_entry_id = w.id
          and a.practitioner_id = ${practitionerId}::uuid and a.starts_at = ${startsAt}::timestamptz)
      and not exists (
        select from appointment a where a.tenant_id = w.tenant_id and a.patient_id = w.patient_id
          and a.status in ('booked', 'arrived') and tstzrange(a.starts_at, a.ends_at, '[)') &&
            tstzrange(${startsAt}::timestamptz, ${startsAt}::timestamptz + make_interval(mins => s.duration_minutes), '[)'))
    order by w.created_at, w.id limit ${mostCandidates}::int
    for no key update of w skip locked`);
}

interface Hold {
  tenantId: string;
  one: Candidate;
  wanted: Wanted;
  time: FreeTime;
  now: Date;
}

async function hold(deps: AppointmentDeps, tx: Tx, { tenantId, one, wanted, time, now }: Hold): Promise<Date> {
  const scene = await readScene(tx, tenantId, { ...wanted, locationId: undefined });
  const place = await placeOf(tx, tenantId, wanted, time);
  const held = new Date(now.getTime() + scene.settings.waitlistOfferMinutes * 60_000);
  const holdUntil = held < time.startsAt ? held : time.startsAt;
  const { id: waitlistEntryId, reason, createdById } = one;
  const offer = { status: 'pending', holdUntil, waitlistEntryId } as const;
  const fresh = newRow({ scene, wanted, time, place, reason, createdById }, offer);
  const entry = { type: 'offer', ...clock, at: now, detail: {} } as const;
  await tx.$executeRaw(insertAppointment(tenantId, fresh, { entry, reminders: [] }));
  await setState(tx, tenantId, one.id, 'offered');
  const row = { ...fresh, meetingId: null };
  await sendLetter(tx, deps.post, { kind: 'offered', row, reader: scene.reader, now });
  return holdUntil;
}

/** The entry of an offer that came to nothing waits on, for another time. */
export async function putBack(tx: Tx, tenantId: string, row: AppointmentRow): Promise<void> {
  if (row.waitlistEntryId !== null) await setState(tx, tenantId, row.waitlistEntryId, 'waiting', 'offered');
}

async function setState(
  tx: Tx,
  tenantId: string,
  id: string,
  state: string,
  only: string | null = null,
): Promise<void> {
  await tx.$executeRaw`
    update waitlist_entry set state = ${state}::waitlist_state, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid
      and (${only}::text is null or state = ${only}::waitlist_state)`;
}

/**
 * The patient, or the desk for them, takes the time that is held. Throws CONFLICT when the offer has run out, and SLOT_TAKEN
 * when they have another appointment by now.
 */
export function accept(deps: AppointmentDeps, db: TenantDb, actor: Actor, id: string): Promise<Appointment> {
  return answered(db, actor, id, async ({ tx, locked, role, doer, later }) => {
    const now = deps.clock.now();
    const event = { type: 'accept', at: now.toISOString() } as const;
    const { row, changed } = take(locked, event);
    if (!changed) return row;
    const reminders = remindersOf(locked.settings, row.startsAt, now);
    await keepChange(tx, db.tenantId, row, { event, doer, reminders });
    if (row.waitlistEntryId !== null) await setState(tx, db.tenantId, row.waitlistEntryId, 'booked');
    later(() => deps.onCommitted({ nextDeadlineAt: earliest(reminders.map(({ dueAt }) => dueAt)) }));
    const askedByPatientAt = role === 'patient' ? now : null;
    const visit = {
      ...row,
      tenantId: db.tenantId,
      appointmentId: id,
      askedByPatientAt,
      settings: locked.storedSettings,
    };
    const meeting = row.modality === 'video' ? deps.meetings.schedule(visit) : null;
    if (meeting) {
      await tx.$executeRaw(meeting.write);
      later(meeting.onCommitted);
    }
    const booked = { ...row, meetingId: meeting?.meetingId ?? null };
    await sendLetter(tx, deps.post, { kind: 'booked', row: booked, reader: locked.reader, now });
    return booked;
  });
}

/** The time goes to the next in turn; who declines waits on for another. */
export function decline(deps: AppointmentDeps, db: TenantDb, actor: Actor, id: string): Promise<Appointment> {
  return answered(db, actor, id, ({ tx, locked, role, doer, later }) => {
    const event = { type: 'decline', by: role, at: deps.clock.now().toISOString() } as const;
    return letGo(deps, tx, locked, { event, doer, later });
  });
}

/** What the clock owes an offer. False when it is not due, or was answered. */
export function expireOffer(deps: AppointmentDeps, db: TenantDb, id: string): Promise<boolean> {
  return inTurn(db, async (tx, later) => {
    const locked = await lockInTurn(tx, db.tenantId, id);
    if (locked.row.status !== 'pending') return false;
    const event = { type: 'expire', at: deps.clock.now().toISOString() } as const;
    return (await letGo(deps, tx, locked, { event, doer: clock, later })).status === 'cancelled';
  });
}

interface LetGo {
  event: Parameters<typeof take>[1];
  doer: Doer;
  later: Later;
}

async function letGo(
  deps: AppointmentDeps,
  tx: Tx,
  locked: LockedAppointment,
  { event, doer, later }: LetGo,
): Promise<AppointmentRow> {
  const { tenantId } = locked.reader;
  const { row, changed } = take(locked, event);
  if (!changed) return row;
  await keepChange(tx, tenantId, row, { event, doer });
  await putBack(tx, tenantId, row);
  const held = await offerFreed(deps, tx, { tenantId, freed: row, now: new Date(event.at) });
  later(() => deps.onCommitted({ nextDeadlineAt: held }));
  return row;
}

type Later = (tell: OnCommitted) => void;

interface Answer {
  tx: Tx;
  locked: LockedAppointment;
  role: Mover;
  doer: Doer;
  later: Later;
}

/** Who may act for the patient answers what was offered to them. */
function answered(
  db: TenantDb,
  actor: Actor,
  id: string,
  work: (answer: Answer) => Promise<AppointmentRow>,
): Promise<Appointment> {
  return inTurn(db, async (tx, later) => {
    const locked = await lockInTurn(tx, db.tenantId, id);
    const role = actsAs(actor, locked.row);
    if (role === null) throw new AppError(mayRead(actor, locked.row) ? 'FORBIDDEN' : 'NOT_FOUND');
    db.about({ patientIds: [locked.row.patientId], entity: { type: 'Appointment', id } });
    return toAppointment(await work({ tx, locked, role, doer: { role, actorId: actor.userId }, later }));
  });
}
