/** A new appointment before it is written. */
import { newId } from '../../platform/ids.ts';
import type { FreeTime } from '../slots/index.ts';
import type { NewRow } from './keep.ts';
import type { Place } from './place.ts';
import type { Scene, Wanted } from './scene.ts';

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
    createdAt: new Date(),
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
  version: 1,
} as const;

export function earliest(times: readonly Date[]): Date | null {
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
