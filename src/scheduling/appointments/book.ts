/** Booking one appointment. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { FreeTime } from '../slots/index.ts';
import { insertAppointment } from './keep.ts';
import { sendLetter } from './letters.ts';
import type { Mover } from './model.ts';
import { earliest, newRow, type Place, placeOf } from './new-row.ts';
import { actsAs, mayOverrideHours } from './policy.ts';
import type { AppointmentDeps, OnCommitted } from './ports.ts';
import { remindersOf } from './reminders.ts';
import { type AppointmentRow, toAppointment } from './rows.ts';
import { readScene, type Scene, type Wanted } from './scene.ts';
import type { Appointment, NewAppointment } from './schema.ts';
import { inTurn, takeTurn } from './turns.ts';
import { findTime, refuseTime, setTime } from './wanted-time.ts';

const farthestMs = 2 * 366 * 86_400_000;
const dayMs = 86_400_000;

/**
 * Books a time that is free. Throws SLOT_TAKEN when it is not, INVALID_INPUT when it is outside of what can be booked, or
 * when those it names are not of this clinic; FORBIDDEN for somebody else's.
 */
export async function book(
  deps: AppointmentDeps,
  db: TenantDb,
  actor: Actor,
  input: NewAppointment,
): Promise<Appointment> {
  const { wanted, role } = admit(actor, input);
  return inTurn(db, async (tx, later) => {
    const now = deps.clock.now();
    const startsAt = new Date(input.startsAt);
    const scene = await readScene(tx, db.tenantId, wanted);
    db.about({ patientIds: [wanted.patientId] });
    await takeTurn(tx, { ...wanted, locationIds: [wanted.locationId] });
    const time = input.overrideHours
      ? overridden(startsAt, scene, wanted, now)
      : await findTime(tx, db.tenantId, { ...wanted, startsAt, now });
    if (typeof time === 'string') return refuseTime(time);
    const place = await placeOf(tx, db.tenantId, wanted, time);
    const booking = { actor, role, scene, wanted, time, now, ...place, reason: input.reason };
    const { row, onCommitted } = await keepBooking(deps, tx, booking);
    later(onCommitted);
    db.about({ entity: { type: 'Appointment', id: row.id } });
    await sendLetter(tx, deps.post, { kind: 'booked', row, reader: scene.reader, now });
    return toAppointment(row);
  });
}

/** Who is booked for, and as whom the actor does it. */
export function admit(actor: Actor, input: NewAppointment): { wanted: Wanted; role: Mover } {
  const patientId = input.patientId ?? actor.patientId;
  if (patientId === null) {
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
      faults: [{ path: 'patientId', message: 'Say for whom it is' }],
    });
  }
  const wanted = { ...input, patientId };
  const role = actsAs(actor, wanted);
  if (role === null) throw new AppError('FORBIDDEN', 'Only the own appointments can be booked with this account.');
  if (input.overrideHours && !mayOverrideHours(role)) {
    throw new AppError('FORBIDDEN', 'Only the desk books outside of hours.');
  }
  return { wanted, role };
}

/** Outside of hours, but neither in the past nor beyond two years. */
export function overridden(startsAt: Date, scene: Scene, wanted: Wanted, now: Date): FreeTime | 'not_offered' {
  const ahead = startsAt.getTime() - now.getTime();
  if (ahead < -dayMs || ahead > farthestMs) return 'not_offered';
  return setTime(startsAt, scene.service, wanted.modality === 'video' ? null : (wanted.locationId ?? null));
}

export interface NewBooking extends Place {
  actor: Actor;
  role: Mover;
  scene: Scene;
  wanted: Wanted;
  time: FreeTime;
  now: Date;
  reason?: string | undefined;
  seriesId?: string;
}

/** Writes the appointment, and its meeting when it is one by video. */
export async function keepBooking(
  deps: AppointmentDeps,
  tx: Tx,
  booking: NewBooking,
): Promise<{ row: AppointmentRow; onCommitted: OnCommitted }> {
  const { actor, role, scene, now } = booking;
  const { tenantId } = actor;
  const { wanted, time, lane, locationName, roomName, reason = null, seriesId = null } = booking;
  const place = { lane, locationName, roomName };
  const fresh = newRow({ scene, wanted, time, place, reason, createdById: actor.userId }, { seriesId });
  const reminders = remindersOf(scene.settings, fresh.startsAt, now);
  const entry = { type: 'book', role, actorId: actor.userId, at: now, detail: {} } as const;
  const kept = await insertAppointment(tx, tenantId, fresh, { entry, reminders });
  const row: AppointmentRow = { ...fresh, ...kept, meetingId: null };
  const wake = () => deps.onCommitted({ nextDeadlineAt: earliest(reminders.map(({ dueAt }) => dueAt)) });
  if (row.modality !== 'video') return { row, onCommitted: wake };
  const settings = scene.storedSettings;
  const meeting = await deps.meetings.schedule(tx, { ...row, tenantId, appointmentId: row.id, settings });
  const onCommitted = () => {
    meeting.onCommitted();
    wake();
  };
  return { row: { ...row, meetingId: meeting.meetingId }, onCommitted };
}
