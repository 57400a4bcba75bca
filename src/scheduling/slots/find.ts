/** Free times as people look for them, and whether one is free to be booked. */
import { z } from 'zod';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { listName, type Position, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import type { VisitModality } from '../schema.ts';
import {
  mostPractitioners,
  readSchedules,
  type ScheduleRow,
  type Schedules,
  schedulesSql,
  type Whose,
} from './load.ts';
import type { Slot, Visit, Window } from './model.ts';
import { calendarOf } from './periods.ts';
import type { SlotPage, SlotQuery, SlotView } from './schema.ts';
import { slotsOf } from './slots.ts';

/**
 * Free times in the order of their start, over all practitioners that are meant. Throws INVALID_INPUT for a service or a
 * practitioner that cannot be booked here, and when too many practitioners are meant.
 */
export async function findSlots(db: TenantDb, query: SlotQuery, now: Date): Promise<SlotPage> {
  const { cursor, limit, ...filters } = query;
  const list = listName('slots', db.tenantId, filters);
  const position = readCursor(list, cursor, z.string().max(100));
  const window = { from: Date.parse(query.from), to: Date.parse(query.to), now: now.getTime() };
  const whose: Whose = query.practitionerId === undefined ? query : { practitionerIds: [query.practitionerId] };
  const [row] = await db.read(schedulesSql({ tenantId: db.tenantId, serviceId: query.serviceId, whose, ...window }));
  const { visit, ...found } = admit(row, query);
  const all = slotsOfAll({ ...found, visit: narrowed(visit, query.modality) }, window, query.locationId);
  const begin = position ? all.findIndex((slot) => isAfter(slot, position)) : 0;
  const page = begin < 0 ? [] : all.slice(begin, begin + limit);
  const last = page.at(-1);
  const more = begin >= 0 && begin + limit < all.length && last;
  return { items: page.map(toView), nextCursor: more ? writeCursor(list, positionOf(last)) : null };
}

function admit(row: ScheduleRow | undefined, query: SlotQuery): Schedules & { visit: Visit } {
  if (!row) throw new AppError('INTERNAL', 'The search answered nothing.');
  const { visit, schedules, rooms } = readSchedules(row);
  if (!visit) throw refuse('serviceId', 'There is no such service to be booked here');
  if (query.practitionerId !== undefined && schedules.length === 0) {
    throw refuse('practitionerId', 'There is nobody here with this id who gives this service');
  }
  if (schedules.length > mostPractitioners) {
    throw refuse(
      'specialty',
      `At most ${mostPractitioners} practitioners at a time: name a specialty, a place or one of them`,
    );
  }
  return { visit, schedules, rooms };
}

function refuse(field: string, message: string): AppError {
  return new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: `query.${field}`, message }],
  });
}

/** A visit of a kind that the service does not have has no times; `null` then. */
function narrowed(visit: Visit, modality: VisitModality | undefined): Visit | null {
  if (modality === undefined || visit.modality === modality) return visit;
  return visit.modality === 'both' ? { ...visit, modality } : null;
}

function slotsOfAll({ visit, schedules, rooms }: Schedules, window: Window, locationId: string | undefined): Slot[] {
  if (!visit) return [];
  const calendar = calendarOf(window);
  const slots = schedules.flatMap((schedule) => slotsOf(schedule, visit, window, { rooms, calendar }));
  const here = locationId === undefined ? slots : slots.filter((slot) => slot.locationId === locationId);
  // Those of one practitioner are in order already, and practitioners are by their id; sorting keeps that between equals.
  return schedules.length > 1 ? here.toSorted((a, b) => a.startsAt - b.startsAt) : here;
}

const placeOf = ({ locationId, modality }: Slot) => `${locationId} ${modality}`;
const positionOf = (slot: Slot): Position => ({ key: `${slot.startsAt} ${placeOf(slot)}`, id: slot.practitionerId });

/** In the order of all slots: by start, by practitioner, by place. */
function isAfter(slot: Slot, { key, id }: Position): boolean {
  const [start = '', ...place] = String(key).split(' ');
  if (slot.startsAt !== Number(start)) return slot.startsAt > Number(start);
  if (slot.practitionerId !== id) return slot.practitionerId > id;
  return placeOf(slot) > place.join(' ');
}

function toView({ practitionerId, locationId, modality, startsAt, endsAt }: Slot): SlotView {
  const [start, end] = [new Date(startsAt).toISOString(), new Date(endsAt).toISOString()];
  return { practitionerId, startsAt: start, endsAt: end, locationId, modality };
}

/** A time that somebody wants to book. */
export interface WantedTime {
  practitionerId: string;
  serviceId: string;
  startsAt: Date;
  modality: VisitModality;
  /** Undefined for wherever the practitioner is then. */
  locationId?: string | undefined;
  now: Date;
  /** The appointment that is to be moved there: it does not stand in its own way. */
  ignoring?: string | undefined;
}

/** A free time, as a booking keeps it. */
export interface FreeTime {
  startsAt: Date;
  endsAt: Date;
  /** With the buffers. */
  busyFrom: Date;
  busyUntil: Date;
  locationId: string | null;
  roomId: string | null;
  /** How many may have this time; more than one for a group. */
  capacity: number;
}
