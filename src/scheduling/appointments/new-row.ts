/** A new appointment before it is written: where it takes place, and its row. */
import type { Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';
import type { FreeTime } from '../slots/index.ts';
import type { NewRow } from './keep.ts';
import type { Scene, Wanted } from './scene.ts';
import { freeLane } from './wanted-time.ts';

export interface Place {
  lane: number;
  locationName: string | null;
  roomName: string | null;
}

/** The names of where it is, and the lane. */
export async function placeOf(tx: Tx, tenantId: string, wanted: Wanted, time: FreeTime): Promise<Place> {
  const lane = await freeLane(tx, tenantId, wanted.practitionerId, time);
  if (time.locationId === null) return { lane, locationName: null, roomName: null };
  const [names] = await tx.$queryRaw<Omit<Place, 'lane'>[]>`
    select l.name as "locationName", r.name as "roomName" from location l
    left join room r on r.tenant_id = l.tenant_id and r.location_id = l.id and r.id = ${time.roomId}::uuid
    where l.tenant_id = ${tenantId}::uuid and l.id = ${time.locationId}::uuid`;
  return { lane, locationName: names?.locationName ?? null, roomName: names?.roomName ?? null };
}

interface Parts {
  scene: Scene;
  wanted: Wanted;
  time: FreeTime;
  place: Place;
  reason: string | null;
  createdById: string;
}

/** Booked, unless `differing` says that it is only offered. */
export function newRow(
  { scene, wanted, time, place, reason, createdById }: Parts,
  differing: Partial<Pick<NewRow, 'status' | 'holdUntil' | 'seriesId' | 'waitlistEntryId'>>,
): NewRow {
  const { practitionerName, patientName, service } = scene;
  const { practitionerId, patientId, serviceId, modality } = wanted;
  const { capacity: _capacity, ...when } = time;
  return {
    ...unanswered,
    ...when,
    ...place,
    practitionerId,
    practitionerName,
    patientId,
    patientName,
    serviceId,
    modality,
    reason,
    createdById,
    id: newId(),
    serviceName: service.name,
    priceMinor: service.priceMinor,
    currency: service.currency,
    ...differing,
  };
}

const unanswered = {
  status: 'booked',
  holdUntil: null,
  cancelCode: null,
  cancelReason: null,
  cancelledBy: null,
  cancelledLate: false,
  noShowSide: null,
  seriesId: null,
  waitlistEntryId: null,
  sequence: 0,
} as const;

export function earliest(times: readonly Date[]): Date | null {
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
