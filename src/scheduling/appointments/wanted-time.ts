/** Whether a time can be booked, and if not, why not. */

import { Prisma } from '../../platform/db/client.ts';
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
  const { practitionerId, serviceId, modality, locationId, ignoring } = wanted;
  const from = wanted.startsAt.getTime();
  const window = { from, to: from + 1, now: wanted.now.getTime() };
  const whose = { practitionerIds: [practitionerId] };
  const [row] = await tx.$queryRaw<ScheduleRow[]>(schedulesSql({ tenantId, serviceId, whose, ignoring, ...window }));
  if (!row) return 'not_offered';
  const { visit, schedules, rooms } = readSchedules(row);
  const [schedule] = schedules;
  if (!visit || !schedule || (visit.modality !== 'both' && visit.modality !== modality)) return 'not_offered';
  const as: Visit = { ...visit, modality };
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

/** The place in a group that is still free; 1 where there is one place. Throws SLOT_TAKEN when there is none. */
export async function freeLane(
  tx: Tx,
  tenantId: string,
  practitionerId: string,
  { startsAt, capacity }: FreeTime,
): Promise<number> {
  if (capacity === 1) return 1;
  const rows = await tx.$queryRaw<{ lane: number }[]>(Prisma.sql`
    select lane from appointment
    where tenant_id = ${tenantId}::uuid and practitioner_id = ${practitionerId}::uuid and starts_at = ${startsAt}::timestamptz
      and status in ('pending', 'booked', 'arrived')`);
  const used = new Set(rows.map(({ lane }) => lane));
  for (let lane = 1; lane <= capacity; lane += 1) if (!used.has(lane)) return lane;
  throw new AppError('SLOT_TAKEN', 'The group is full.');
}

export function refuseTime(refused: Refused): never {
  if (refused === 'taken') throw new AppError('SLOT_TAKEN');
  throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: 'startsAt', message: 'Is not a time at which this can be booked' }],
  });
}
