/** Booking one appointment: two round trips, whatever it needs. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { FreeTime, WantedTime } from '../slots/index.ts';
import type { ScheduleRow } from '../slots/load.ts';
import { insertAppointment } from './keep.ts';
import { letterWrites } from './letters.ts';
import type { Mover } from './model.ts';
import { earliest, newRow } from './new-row.ts';
import { type Place, type PlaceRow, placeIn, placeSql } from './place.ts';
import { actsAs, mayOverrideHours } from './policy.ts';
import type { AppointmentDeps, OnCommitted } from './ports.ts';
import { remindersOf } from './reminders.ts';
import { type AppointmentRow, toAppointment } from './rows.ts';
import { type Scene, type SceneRow, sceneOf, sceneSql, type Wanted } from './scene.ts';
import type { Appointment, NewAppointment } from './schema.ts';
import { refuseTaken, turnOf } from './turns.ts';
import { refuseTime, setTime, timeOf, timeSql } from './wanted-time.ts';

const farthestMs = 2 * 366 * 86_400_000;
const dayMs = 86_400_000;
const nothing: OnCommitted = () => undefined;

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
  const { tenantId } = db;
  const now = deps.clock.now();
  const asked = { ...wanted, startsAt: new Date(input.startsAt), now };
  const overrides = input.overrideHours;
  let onCommitted = nothing;
  const booking = db.decide(
    bookingSql(tenantId, asked, overrides),
    ([row]) => {
      const scene = sceneOf(tenantId, row, wanted);
      db.about({ patientIds: [wanted.patientId] });
      const time = overrides ? overridden(asked.startsAt, scene, wanted, now) : timeOf(row, asked);
      if (typeof time === 'string') return refuseTime(time);
      const made = { actor, role, scene, wanted, time, now, ...placeIn(row, time), reason: input.reason };
      const drafted = draftBooking(deps, made);
      ({ onCommitted } = drafted);
      db.about({ entity: { type: 'Appointment', id: drafted.row.id } });
      return { writes: drafted.writes, answer: toAppointment(drafted.row) };
    },
    { ahead: [turnOf({ ...wanted, locationIds: [wanted.locationId] })] },
  );
  const answer = await booking.catch(refuseTaken);
  onCommitted();
  return answer;
}

/** Everything in one row. What the hours say is not looked at when they do not count. */
function bookingSql(
  tenantId: string,
  asked: Wanted & WantedTime,
  overrides: boolean,
): Reads<SceneRow & PlaceRow & ScheduleRow> {
  const time = overrides ? Prisma.empty : Prisma.sql`cross join (${timeSql(tenantId, asked)}) as time`;
  return Prisma.sql`
    select * from (${sceneSql(tenantId, asked)}) as scene
    cross join (${placeSql(tenantId, asked, asked.startsAt)}) as place ${time}`;
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

export interface DraftedBooking {
  row: AppointmentRow;
  writes: Prisma.Sql[];
  onCommitted: OnCommitted;
}

/** The appointment, its meeting when it is one by video, and the letter that says so. */
export function draftBooking(deps: AppointmentDeps, booking: NewBooking): DraftedBooking {
  const { actor, role, scene, now } = booking;
  const { tenantId } = actor;
  const { wanted, time, lane, locationName, roomName, reason = null, seriesId = null } = booking;
  const place = { lane, locationName, roomName };
  const fresh = newRow({ scene, wanted, time, place, reason, createdById: actor.userId }, { seriesId });
  const reminders = remindersOf(scene.settings, fresh.startsAt, now);
  const entry = { type: 'book', role, actorId: actor.userId, at: now, detail: {} } as const;
  const askedByPatientAt = role === 'patient' ? now : null;
  const visit = { ...fresh, tenantId, appointmentId: fresh.id, askedByPatientAt, settings: scene.storedSettings };
  const meeting = fresh.modality === 'video' ? deps.meetings.schedule(visit) : null;
  const row = { ...fresh, meetingId: meeting?.meetingId ?? null };
  return {
    row,
    writes: [
      insertAppointment(tenantId, fresh, { entry, reminders }),
      ...(meeting ? [meeting.write] : []),
      ...letterWrites(deps.post, { kind: 'booked', row, reader: scene.reader, now }),
    ],
    onCommitted() {
      meeting?.onCommitted();
      deps.onCommitted({ nextDeadlineAt: earliest(reminders.map(({ dueAt }) => dueAt)) });
    },
  };
}
