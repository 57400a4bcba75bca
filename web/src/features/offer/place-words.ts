/** A place as its form has it, and as the server takes it. Pure. */
import type { LocationView } from '../../api/scheduling.ts';

type PlaceType = LocationView['type'];

/** The keys of a record that has to be complete, so that a type added to the server is missed by the compiler. */
const keysOf = (types: Readonly<Record<PlaceType, true>>) => Object.keys(types) as PlaceType[];

export const placeTypes: readonly PlaceType[] = keysOf({
  clinic: true,
  hospital: true,
  laboratory: true,
  pharmacy: true,
  imaging: true,
  rehabilitation: true,
  mobile: true,
  other: true,
});

export interface PlaceFields {
  name: string;
  type: PlaceType;
  /** Lines parted by commas. */
  address: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  timeZone: string;
}

export function placeFields(place: LocationView | null, timeZone: string): PlaceFields {
  return {
    name: place?.name ?? '',
    type: place?.type ?? 'clinic',
    address: place?.addressLines.join(', ') ?? '',
    city: place?.city ?? '',
    region: place?.region ?? '',
    postalCode: place?.postalCode ?? '',
    country: place?.country ?? 'IN',
    timeZone: place?.timeZone ?? timeZone,
  };
}

export type PlaceFault = 'name' | 'address' | 'city' | 'country' | 'timeZone';

const maxLines = 5;

function linesOf(address: string): string[] {
  const parts = address.split(',').map((part) => part.trim());
  const lines = parts.filter((part) => part !== '');
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines - 1), lines.slice(maxLines - 1).join(', ')];
}

export function placeFault(fields: PlaceFields): PlaceFault | null {
  if (fields.name.trim() === '') return 'name';
  if (fields.city.trim() === '') return 'city';
  if (!/^[A-Za-z]{2}$/.test(fields.country.trim())) return 'country';
  return fields.timeZone.trim() === '' ? 'timeZone' : null;
}

export function placeBody(fields: PlaceFields): Record<string, unknown> {
  return {
    name: fields.name.trim(),
    type: fields.type,
    addressLines: linesOf(fields.address),
    city: fields.city.trim(),
    region: fields.region.trim() || null,
    postalCode: fields.postalCode.trim() || null,
    country: fields.country.trim().toUpperCase(),
    timeZone: fields.timeZone.trim(),
  };
}
