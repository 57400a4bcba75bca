/** What a booking has to know of the clinic and of those it is about, in one statement. */
import { parseSettings } from '../../identity/index.ts';
import type { TenantSettings } from '../../identity/tenants/schema.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError, type InputFault } from '../../platform/errors.ts';
import type { VisitModality } from '../schema.ts';
import { type Reader, type ReaderRow, readerOf } from './letters.ts';
import type { ServiceTimes } from './wanted-time.ts';

export interface Wanted {
  practitionerId: string;
  patientId: string;
  serviceId: string;
  locationId?: string | undefined;
  modality: VisitModality;
}

interface SceneService extends ServiceTimes {
  name: string;
  modality: VisitModality | 'both';
  priceMinor: number;
  currency: string;
}

export interface SceneRow extends ReaderRow {
  storedSettings: unknown;
  practitionerName: string | null;
  gives: boolean;
  patientName: string | null;
  service: SceneService | null;
  locationName: string | null;
  zone: string | null;
}

export interface Scene {
  storedSettings: unknown;
  settings: TenantSettings;
  practitionerName: string;
  patientName: string;
  service: SceneService;
  locationName: string | null;
  /** In which a series keeps its local time. */
  zone: string;
  reader: Reader;
}

/** A ReaderRow: `t` is the clinic, `p` the patient. Mail goes to an address that was confirmed as theirs. */
export const readerColumns = Prisma.sql`t.name as "clinicName", p.language as "patientLanguage",
  p.reminder_channel::text as channel, (
  select u.email::text from app_user u
  where u.tenant_id = p.tenant_id and u.patient_id = p.id and u.is_active and u.email_verified_at is not null) as email`;

/** Throws as `sceneOf`. */
export async function readScene(tx: Tx, tenantId: string, wanted: Wanted): Promise<Scene> {
  const [row] = await tx.$queryRaw<SceneRow[]>(sceneSql(tenantId, wanted));
  return sceneOf(tenantId, row, wanted);
}

/** One row. */
export function sceneSql(tenantId: string, wanted: Wanted): Reads<SceneRow> {
  const { practitionerId, patientId, serviceId, locationId = null } = wanted;
  return Prisma.sql`
    select t.settings as "storedSettings", d.name as "practitionerName", p.name as "patientName",
      exists (select from practitioner_service g
        where g.tenant_id = t.id and g.practitioner_id = d.id and g.service_id = ${serviceId}::uuid) as gives,
      ${readerColumns}, l.name as "locationName", l.time_zone as zone,
      (select json_build_object('name', s.name, 'modality', s.modality, 'priceMinor', s.price_minor, 'currency', s.currency,
          'durationMinutes', s.duration_minutes, 'bufferBeforeMinutes', s.buffer_before_minutes,
          'bufferAfterMinutes', s.buffer_after_minutes)
       from service s where s.tenant_id = t.id and s.id = ${serviceId}::uuid and s.is_active) as service
    from tenant t
    left join practitioner d on d.tenant_id = t.id and d.id = ${practitionerId}::uuid and d.is_active
    left join patient p on p.tenant_id = t.id and p.id = ${patientId}::uuid
    left join location l on l.tenant_id = t.id and l.id = ${locationId}::uuid and l.is_active
    where t.id = ${tenantId}::uuid`;
}

/** Throws INVALID_INPUT with a fault for each of those that are not of this clinic, or cannot be booked together. */
export function sceneOf(tenantId: string, row: SceneRow | undefined, wanted: Wanted): Scene {
  if (!row) throw new AppError('NOT_FOUND');
  const { practitionerName, patientName, service, ...rest } = row;
  const faults = faultsOf(row, wanted);
  if (faults.length > 0 || practitionerName === null || patientName === null || !service) {
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
  }
  const settings = parseSettings(rest.storedSettings);
  const reader = readerOf(tenantId, rest, settings);
  const { storedSettings, locationName, zone } = rest;
  return {
    storedSettings,
    settings,
    practitionerName,
    patientName,
    service,
    locationName,
    zone: zone ?? settings.timeZone,
    reader,
  };
}

function faultsOf(row: SceneRow, { locationId, modality }: Wanted): InputFault[] {
  const { practitionerName, patientName, service, gives, locationName } = row;
  const rules: [boolean, string, string][] = [
    [practitionerName === null, 'practitionerId', 'Is nobody who can be booked at this clinic'],
    [patientName === null, 'patientId', 'Is not a patient of this clinic'],
    [service === null, 'serviceId', 'Is not a service of this clinic'],
    [practitionerName !== null && service !== null && !gives, 'serviceId', 'Is not given by this practitioner'],
    [locationId !== undefined && locationName === null, 'locationId', 'Is not a place of this clinic'],
    [
      service !== null && service.modality !== 'both' && service.modality !== modality,
      'modality',
      'This service is not given that way',
    ],
  ];
  return rules.flatMap(([broken, path, message]) => (broken ? [{ path, message }] : []));
}
