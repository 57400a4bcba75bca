/** Free times, computed and not stored: hours, less leave, less what is booked. Pure. */
import type { Busy, Hours, Schedule, Slot, Visit, Window } from './model.ts';
import { type Calendar, type Closed, calendarOf, closedFor, type Period, periodsOf } from './periods.ts';
import { startsIn } from './starts.ts';
import { minuteMs } from './zone-clock.ts';

/** What keeps a time from being free, beside the hours: of the practitioner, and of each room. Each by `from`. */
export interface Taken {
  practitioner: readonly Busy[];
  rooms: ReadonlyMap<string, readonly Busy[]>;
}

const noRooms: Taken['rooms'] = new Map();

/**
 * The times at which the visit can be booked, in the order of their start, each place and kind once. Hours and leave are
 * local to their zone; on a day when the clocks change, a time that does not exist is not offered and an hour that comes
 * twice is offered twice. `calendar` is shared by those who ask for one window.
 */
export function slotsOf(
  schedule: Schedule,
  visit: Visit,
  window: Window,
  { rooms = noRooms, calendar = calendarOf(window) }: { rooms?: Taken['rooms']; calendar?: Calendar } = {},
): Slot[] {
  const closed = closedByPlace(schedule, calendar);
  const taken: Taken = { practitioner: schedule.busy, rooms };
  const slots: Slot[] = [];
  for (const period of periodsOf(schedule, window, calendar)) {
    const modality = offered(period.hours, visit);
    if (modality) addSlots(slots, { period, modality, visit, window, closed: closed(period.hours), taken }, schedule);
  }
  return inOrder(slots);
}

interface Offer {
  period: Period;
  modality: Slot['modality'];
  visit: Visit;
  window: Window;
  closed: readonly Closed[];
  taken: Taken;
}

function addSlots(slots: Slot[], offer: Offer, { practitionerId }: Schedule): void {
  const { period, modality, visit, window, closed, taken } = offer;
  const { hours } = period;
  const { locationId, roomId, capacity } = hours;
  const duration = visit.durationMinutes * minuteMs;
  const before = Math.max(visit.bufferBeforeMinutes, hours.bufferBeforeMinutes) * minuteMs;
  const after = Math.max(visit.bufferAfterMinutes, hours.bufferAfterMinutes) * minuteMs;
  const step = hours.stepMinutes === null ? before + duration + after : hours.stepMinutes * minuteMs;
  const earliest = Math.max(window.from, window.now + hours.leadMinutes * minuteMs);
  const room = roomId === null ? undefined : taken.rooms.get(roomId);
  for (const startsAt of startsIn(period, step, duration)) {
    if (startsAt < earliest || startsAt >= window.to) continue;
    const endsAt = startsAt + duration;
    if (closed.some(({ from, until }) => startsAt < until && endsAt > from)) continue;
    const [busyFrom, busyUntil] = [startsAt - before, endsAt + after];
    const slot = { practitionerId, locationId, roomId, modality, startsAt, endsAt, busyFrom, busyUntil, capacity };
    if (!isFree(slot, taken.practitioner)) continue;
    if (room && !isRoomFree(slot, room)) continue;
    slots.push(slot);
  }
}

/** How the visit may take place in these hours; null when it cannot. */
function offered({ modality, serviceIds }: Hours, visit: Visit): Slot['modality'] | null {
  if (serviceIds !== null && !serviceIds.includes(visit.serviceId)) return null;
  if (modality === 'both') return visit.modality;
  return visit.modality === 'both' || visit.modality === modality ? modality : null;
}

/** Nothing is booked then, or only others of the same group, and not too many of them. */
function isFree(slot: Slot, busy: readonly Busy[]): boolean {
  let others = 0;
  for (let at = firstThatMayReach(busy, slot.busyFrom); at < busy.length; at += 1) {
    const one = busy[at];
    if (!one || one.from >= slot.busyUntil) break;
    if (one.until <= slot.busyFrom) continue;
    if (slot.capacity === 1 || one.groupStart !== slot.startsAt) return false;
    others += 1;
  }
  return others < slot.capacity;
}

/** A room needs no buffers: those are the practitioner's. */
function isRoomFree(slot: Slot, busy: readonly Busy[]): boolean {
  return !busy.some(
    ({ from, until, groupStart }) =>
      from < slot.endsAt && until > slot.startsAt && (slot.capacity === 1 || groupStart !== slot.startsAt),
  );
}

/** Longest visit (a day) and its buffers (4 hours each): what begins earlier is over by then. */
const longestMs = (1_440 + 2 * 240) * minuteMs;

function firstThatMayReach(busy: readonly Busy[], instant: number): number {
  let [low, high] = [0, busy.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((busy[middle]?.from ?? Infinity) <= instant - longestMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function closedByPlace(schedule: Schedule, calendar: Calendar): (hours: Hours) => readonly Closed[] {
  if (schedule.leaves.length === 0) return () => [];
  const places = new Map<string, Closed[]>();
  return (hours) => {
    const place = `${hours.zone} ${hours.locationId}`;
    let closed = places.get(place);
    if (!closed) places.set(place, (closed = closedFor(schedule, hours, calendar)));
    return closed;
  };
}

const placeOf = (slot: Slot) => `${slot.locationId} ${slot.modality}`;

/** By start, and by place where two start together; the same time from two sets of hours is told once. */
function inOrder(slots: readonly Slot[]): Slot[] {
  return slots
    .toSorted((a, b) => a.startsAt - b.startsAt || (placeOf(a) < placeOf(b) ? -1 : 1))
    .filter((slot, at, sorted) => {
      const before = sorted[at - 1];
      return !before || before.startsAt !== slot.startsAt || placeOf(before) !== placeOf(slot);
    });
}
