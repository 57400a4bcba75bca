/** Moving an appointment to another time, and its meeting with it. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { FreeTime } from '../slots/index.ts';
import { overridden } from './book.ts';
import { keepChange, requireVersion, take } from './change.ts';
import { sendLetter } from './letters.ts';
import { type LockedAppointment, lockInTurn } from './lock.ts';
import type { Mover } from './model.ts';
import { earliest } from './new-row.ts';
import { offerFreed } from './offers.ts';
import { placeOf } from './place.ts';
import { actsAs, mayOverrideHours, mayRead } from './policy.ts';
import type { AppointmentDeps, OnCommitted } from './ports.ts';
import { remindersOf } from './reminders.ts';
import { toAppointment } from './rows.ts';
import { readScene, type Wanted } from './scene.ts';
import type { Appointment, Reschedule } from './schema.ts';
import { inTurn } from './turns.ts';
import { findTime, refuseTime } from './wanted-time.ts';

/**
 * Throws as `book` does for the new time, CONFLICT when it can no longer be moved or is not as the caller saw it, and
 * MEETING_ACTIVE once its meeting has begun. The time that it leaves is offered to the waiting list.
 */
export async function reschedule(
  deps: AppointmentDeps,
  db: TenantDb,
  actor: Actor,
  id: string,
  input: Reschedule,
): Promise<Appointment> {
  return inTurn(db, async (tx, later) => {
    const now = deps.clock.now();
    const locked = await lockInTurn(tx, db.tenantId, id, input.locationId);
    const role = moverOf(actor, locked, input);
    db.about({ patientIds: [locked.row.patientId], entity: { type: 'Appointment', id } });
    requireVersion(locked, input.version);
    refuseMove(locked, role, input, now);
    const found = await timeFor(tx, db.tenantId, locked, input, now);
    return toAppointment(await move(deps, tx, { actor, role, locked, ...found, now, later }));
  });
}

function moverOf(actor: Actor, { row }: LockedAppointment, input: Reschedule): Mover {
  const role = actsAs(actor, row);
  if (role === null) throw new AppError(mayRead(actor, row) ? 'FORBIDDEN' : 'NOT_FOUND');
  if (input.overrideHours && !mayOverrideHours(role)) {
    throw new AppError('FORBIDDEN', 'Only the desk books outside of hours.');
  }
  return role;
}

/** Whether it may be moved at all comes before whether the new time is free. */
function refuseMove(locked: LockedAppointment, by: Mover, { startsAt }: Reschedule, now: Date): void {
  const { row, settings } = locked;
  const lengthMs = row.endsAt.getTime() - row.startsAt.getTime();
  const endsAt = new Date(Date.parse(startsAt) + lengthMs).toISOString();
  const freeHours = settings.cancelFreeHours;
  take(locked, { type: 'reschedule', by, startsAt, endsAt, freeHours, at: now.toISOString() });
}

interface NewTime {
  wanted: Wanted;
  time: FreeTime;
}

async function timeFor(
  tx: Tx,
  tenantId: string,
  { row }: LockedAppointment,
  input: Reschedule,
  now: Date,
): Promise<NewTime> {
  const { practitionerId, patientId, serviceId, modality } = row;
  const locationId = input.locationId ?? row.locationId ?? undefined;
  const wanted = { practitionerId, patientId, serviceId, modality, locationId };
  const startsAt = new Date(input.startsAt);
  const scene = await readScene(tx, tenantId, wanted);
  const time = input.overrideHours
    ? overridden(startsAt, scene, wanted, now)
    : await findTime(tx, tenantId, { ...wanted, startsAt, now, ignoring: row.id });
  return typeof time === 'string' ? refuseTime(time) : { wanted, time };
}

interface Move extends NewTime {
  actor: Actor;
  role: Mover;
  locked: LockedAppointment;
  now: Date;
  later(tell: OnCommitted): void;
}

async function move(deps: AppointmentDeps, tx: Tx, { actor, role, locked, wanted, time, now, later }: Move) {
  const { tenantId } = actor;
  const before = locked.row;
  const times = { startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString() };
  const freeHours = locked.settings.cancelFreeHours;
  const event = { type: 'reschedule', by: role, ...times, freeHours, at: now.toISOString() } as const;
  const taken = take(locked, event);
  if (!taken.changed) return before;
  const { lane, ...names } = await placeOf(tx, tenantId, wanted, time);
  const { busyFrom, busyUntil, locationId, roomId } = time;
  const row = { ...taken.row, ...names, busyFrom, busyUntil, locationId, roomId };
  const reminders = remindersOf(locked.settings, row.startsAt, now);
  const detail = { from: before.startsAt.toISOString(), to: times.startsAt };
  await keepChange(tx, tenantId, { ...row, lane }, { event, doer: { role, actorId: actor.userId }, detail, reminders });
  if (row.meetingId !== null) later(await deps.meetings.move(tx, actor, row.meetingId, row.startsAt));
  await sendLetter(tx, deps.post, { kind: 'moved', row, reader: locked.reader, now });
  const held = await offerFreed(deps, tx, { tenantId, freed: before, now });
  const wakeAt = earliest([...reminders.map(({ dueAt }) => dueAt), ...(held ? [held] : [])]);
  later(() => deps.onCommitted({ nextDeadlineAt: wakeAt }));
  return row;
}
