/** Where a visit takes place, by name, and which of the places of a group it has. */
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { FreeTime } from '../slots/index.ts';
import type { Wanted } from './scene.ts';

export interface Place {
  lane: number;
  locationName: string | null;
  roomName: string | null;
}

export interface PlaceRow {
  /** Those that others have at this start. */
  lanes: number[] | null;
  /** Of wherever the practitioner may be; null for a video visit. */
  placeNames: Record<string, string> | null;
}

/** One row; of a practitioner's places rather than of the one that a time has, so that both are read in one statement. */
export function placeSql(tenantId: string, wanted: Wanted, startsAt: Date): Reads<PlaceRow> {
  const { practitionerId, modality, locationId = null } = wanted;
  const mine = Prisma.sql`h.tenant_id = ${tenantId}::uuid and h.practitioner_id = ${practitionerId}::uuid`;
  const names = Prisma.sql`(
      select json_object_agg(place.id, place.name) from (
        select l.id, l.name from location l where l.tenant_id = ${tenantId}::uuid and (l.id = ${locationId}::uuid
          or exists (select from availability_rule h where ${mine} and h.location_id = l.id)
          or exists (select from availability_exception h where ${mine} and h.location_id = l.id))
        union all
        select r.id, r.name from room r where r.tenant_id = ${tenantId}::uuid and (
          exists (select from availability_rule h where ${mine} and h.room_id = r.id)
          or exists (select from availability_exception h where ${mine} and h.room_id = r.id))
      ) place)`;
  return Prisma.sql`
    select
      (select array_agg(a.lane::int) from appointment a
       where a.tenant_id = ${tenantId}::uuid and a.practitioner_id = ${practitionerId}::uuid
         and a.starts_at = ${startsAt}::timestamptz and a.status in ('pending', 'booked', 'arrived')) as lanes,
      ${modality === 'video' ? Prisma.sql`null::json` : names} as "placeNames"`;
}

/** Throws SLOT_TAKEN when no place of the group is left. */
export function placeIn(row: PlaceRow | undefined, { capacity, locationId, roomId }: FreeTime): Place {
  const nameOf = (id: string | null) => (id === null ? null : (row?.placeNames?.[id] ?? null));
  const used = new Set(row?.lanes);
  const place = { locationName: nameOf(locationId), roomName: nameOf(roomId) };
  if (capacity === 1) return { ...place, lane: 1 };
  for (let lane = 1; lane <= capacity; lane += 1) if (!used.has(lane)) return { ...place, lane };
  throw new AppError('SLOT_TAKEN', 'The group is full.');
}

export async function placeOf(tx: Tx, tenantId: string, wanted: Wanted, time: FreeTime): Promise<Place> {
  const [row] = await tx.$queryRaw<PlaceRow[]>(placeSql(tenantId, wanted, time.startsAt));
  return placeIn(row, time);
}
