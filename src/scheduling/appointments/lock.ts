/** Finds one appointment and holds it, with what every change of it needs. */
import { parseSettings } from '../../identity/index.ts';
import type { TenantSettings } from '../../identity/tenants/schema.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { type Reader, type ReaderRow, readerOf } from './letters.ts';
import { type AppointmentRow, appointmentColumns, appointmentTables } from './rows.ts';
import { readerColumns } from './scene.ts';
import { takeTurn } from './turns.ts';

export interface LockedAppointment {
  row: AppointmentRow;
  settings: TenantSettings;
  /** The clinic's, as they are stored. */
  storedSettings: unknown;
  /** Of the place where it is; the clinic's for a video visit. */
  zone: string;
  reader: Reader;
}

type Found = AppointmentRow & ReaderRow & { storedSettings: unknown; zone: string | null };

/** Locks the row alone: for what takes no time and frees none. Throws NOT_FOUND when this tenant has none of that id. */
export async function lockAppointment(tx: Tx, tenantId: string, id: string): Promise<LockedAppointment> {
  const [found] = await tx.$queryRaw<Found[]>(Prisma.sql`
    select ${appointmentColumns}, t.settings as "storedSettings", ${readerColumns},
      l.time_zone as zone
    from ${appointmentTables} join tenant t on t.id = a.tenant_id
    where a.tenant_id = ${tenantId}::uuid and a.id = ${id}::uuid
    for no key update of a`);
  if (!found) throw new AppError('NOT_FOUND');
  const { storedSettings, clinicName, email, patientLanguage, channel, zone, ...row } = found;
  const settings = parseSettings(storedSettings);
  const reader = readerOf(tenantId, { clinicName, email, patientLanguage, channel }, settings);
  return { row, settings, storedSettings, zone: zone ?? settings.timeZone, reader };
}

/**
 * The same after taking the turn of everybody whose time it is about: for what takes or frees some. `locationId` is where
 * it shall be moved to.
 */
export async function lockInTurn(
  tx: Tx,
  tenantId: string,
  id: string,
  locationId?: string,
): Promise<LockedAppointment> {
  const found = await tx.appointment.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { practitionerId: true, patientId: true, locationId: true },
  });
  if (!found) throw new AppError('NOT_FOUND');
  await takeTurn(tx, { ...found, locationIds: [found.locationId, locationId] });
  return lockAppointment(tx, tenantId, id);
}
