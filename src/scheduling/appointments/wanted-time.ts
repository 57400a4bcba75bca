/** Whether a time can be booked, and if not, why not. */

import type { Reads } from '../../platform/db/quick.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { FreeTime, WantedTime } from '../slots/index.ts';
import { readSchedules, type ScheduleRow, schedulesSql } from '../slots/load.ts';
import type { Schedule, Slot, Visit } from '../slots/model.ts';
import { slotsOf } from '../slots/slots.ts';

/** `taken`: it would be free if nothing were booked. `not_offered`: outside of hours, on leave, too late, or not that way. */
export type Refused = 'taken' | 'not_offered';

/** Nothing is locked: whoever asks has taken their turn, or is refused by the constraints of the table. */
export async function findTime(tx: Tx, tenantId: string, wanted: WantedTime): Promise<FreeTime | Refused> {
  const [row] = await tx.$queryRaw<ScheduleRow[]>(timeSql(tenantId, wanted));
  return timeOf(row, wanted);
}

const windowOf = ({ startsAt, now }: WantedTime) => {
  const from = startsAt.getTime();
  return { from, to: from + 1, now: now.getTime() };
};

/** One row. */
export function timeSql(tenantId: string, wanted: WantedTime): Reads<ScheduleRow> {
  const { practitionerId, serviceId, ignoring } = wanted;
  const whose = { practitionerIds: [practitionerId] };
  return schedulesSql({ tenantId, serviceId, whose, ignoring, ...windowOf(wanted) });
}

export function timeOf(row: ScheduleRow | undefined, wanted: WantedTime): FreeTime | Refused {
  if (!row) return 'not_offered';
  const { modality, locationId } = wanted;
  const { visit, schedules, rooms } = readSchedules(row);
  const [schedule] = schedules;
  if (!visit || !schedule || (visit.modality !== 'both' && visit.modality !== modality)) return 'not_offered';
  const as: Visit = { ...visit, modality };
  const window = windowOf(wanted);
  const first = (of: Schedule, taken: typeof rooms): Slot | undefined =>
    slotsOf(of, as, window, { rooms: taken }).find(
      (slot) => locationId === undefined || slot.locationId === locationId,
    );
  const free = first(schedule, modality === 'video' ? new Map() : rooms);
  if (free) return toFreeTime(free, modality);
  return first({ ...schedule, busy: [] }, new Map()) ? 'taken' : 'not_offered';
}

/** A video visit takes the practitioner's time and no room of the place where they are. */
function toFreeTime(slot: Slot, modality: WantedTime['modality']): FreeTime {
  const onSite = modality === 'in_person';
  return {
    startsAt: new Date(slot.startsAt),
    endsAt: new Date(slot.endsAt),
    busyFrom: new Date(slot.busyFrom),
    busyUntil: new Date(slot.busyUntil),
    locationId: onSite ? slot.locationId : null,
    roomId: onSite ? slot.roomId : null,
    capacity: slot.capacity,
  };
}

export interface ServiceTimes {
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
}

const minuteMs = 60_000;

/** The time as the desk may set it outside of hours: for one, with the service's own buffers, in no certain room. */
export function setTime(startsAt: Date, service: ServiceTimes, locationId: string | null): FreeTime {
  const start = startsAt.getTime();
  const end = start + service.durationMinutes * minuteMs;
  return {
    startsAt,
    endsAt: new Date(end),
    busyFrom: new Date(start - service.bufferBeforeMinutes * minuteMs),
    busyUntil: new Date(end + service.bufferAfterMinutes * minuteMs),
    locationId,
    roomId: null,
    capacity: 1,
  };
}

export function refuseTime(refused: Refused): never {
  if (refused === 'taken') throw new AppError('SLOT_TAKEN');
  throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: 'startsAt', message: 'Is not a time at which this can be booked' }],
  });
}
