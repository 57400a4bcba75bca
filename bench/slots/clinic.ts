/** A clinic of a hundred doctors with weekly hours, leave and full calendars. */
import { scopesOf } from '../../src/identity/auth/scopes.ts';
import { createTokens } from '../../src/identity/auth/tokens.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase, type Tx } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { benchJwt } from '../clinic.ts';

const day = 86_400_000;
const minute = 60_000;

export interface BookableClinic {
  tenantId: string;
  serviceId: string;
  doctorIds: readonly string[];
  /** Of a patient. */
  token: string;
  /** A fortnight from tomorrow, epoch milliseconds. */
  from: number;
  to: number;
}

/** Two of three times of every weekday of two months are booked. */
export async function openBookableClinic(appUrl: string, doctors: number): Promise<BookableClinic> {
  const database = createDatabase({ prisma: createPrisma(appUrl, { poolSize: 1 }), pool: createPool(appUrl) });
  const [tenantId, serviceId] = [newId(), newId()];
  const doctorIds = Array.from({ length: doctors }, newId);
  const today = Math.floor(Date.now() / day) * day;
  await database.tenant(tenantId).run(
    async (tx) => {
      const settings = TenantSettings.parse({ timeZone: 'Europe/London' });
      await tx.tenant.create({ data: { id: tenantId, slug: `bench-${tenantId}`, name: 'Bench clinic', settings } });
      await addDoctors(tx, { tenantId, serviceId }, doctorIds, today);
      for (const doctorId of doctorIds) await fillCalendar(tx, { tenantId, serviceId }, doctorId, today);
    },
    { timeout: 120_000 },
  );
  await Promise.all([database.prisma.$disconnect(), database.pool.end()]);
  return {
    tenantId,
    serviceId,
    doctorIds,
    token: await patientToken(tenantId),
    from: today + day,
    to: today + 15 * day,
  };
}

interface Own {
  tenantId: string;
  serviceId: string;
}

async function addDoctors(tx: Tx, { tenantId, serviceId }: Own, ids: readonly string[], today: number): Promise<void> {
  const [locationId, patient] = [newId(), newId()];
  const place = { name: 'Main street', type: 'clinic', city: 'London', country: 'GB', timeZone: 'Europe/London' };
  await tx.location.create({ data: { id: locationId, tenantId, ...place } });
  const code = { codeSystem: 'http://snomed.info/sct', code: '11429006', name: 'Consultation' };
  const price = { priceMinor: 5_000, currency: 'GBP', durationMinutes: 20, modality: 'both' } as const;
  await tx.service.create({ data: { id: serviceId, tenantId, ...code, ...price } });
  await tx.patient.create({ data: { id: patient, tenantId, name: 'Pat Bench' } });
  await tx.practitioner.createMany({ data: ids.map((id) => ({ id, tenantId, name: 'Dr Bench' })) });
  await tx.practitionerService.createMany({
    data: ids.map((practitionerId) => ({ tenantId, practitionerId, serviceId })),
  });
  const shifts = [
    { startMinute: 540, endMinute: 720, modality: 'both', locationId },
    { startMinute: 780, endMinute: 1_020, modality: 'video' },
  ] as const;
  await tx.availabilityRule.createMany({
    data: ids.flatMap((practitionerId) =>
      [1, 2, 3, 4, 5].flatMap((weekday) =>
        shifts.map((shift) => ({ id: newId(), tenantId, practitionerId, weekday, ...shift })),
      ),
    ),
  });
  await tx.availabilityException.createMany({
    data: ids.map((practitionerId, index) => {
      const on = new Date(today + (index % 30) * day);
      return { id: newId(), tenantId, kind: 'leave' as const, practitionerId, startsOn: on, endsOn: on };
    }),
  });
}

/** In one statement, as rows of a table that was there before. */
async function fillCalendar(tx: Tx, { tenantId, serviceId }: Own, doctorId: string, today: number): Promise<void> {
  const starts = Array.from({ length: 60 }, (_, index) => today + (index - 20) * day)
    .filter((at) => ![0, 6].includes(new Date(at).getUTCDay()))
    .flatMap((at) =>
      Array.from({ length: 21 }, (_, slot) => at + (slot < 9 ? 540 + slot * 20 : 780 + (slot - 9) * 20) * minute),
    )
    .filter((_, index) => index % 3 !== 0);
  // One patient each: nobody is in two places at once.
  const patients = starts.map(() => newId());
  await tx.patient.createMany({ data: patients.map((id) => ({ id, tenantId, name: 'Pat Bench' })) });
  await tx.appointment.createMany({
    data: starts.map((start, index) => {
      const [startsAt, endsAt] = [new Date(start), new Date(start + 20 * minute)];
      return {
        id: newId(),
        tenantId,
        practitionerId: doctorId,
        patientId: patients[index] ?? '',
        serviceId,
        modality: 'video' as const,
        startsAt,
        endsAt,
        busyFrom: startsAt,
        busyUntil: endsAt,
        status: 'booked' as const,
        priceMinor: 5_000,
        currency: 'GBP',
        createdById: doctorId,
      };
    }),
  });
}

async function patientToken(tenantId: string): Promise<string> {
  const userId = newId();
  const subject = { tenantId, userId, roles: ['patient' as const], patientId: newId(), practitionerId: null };
  const session = { sessionId: newId(), scopes: scopesOf(['patient']) };
  return (await createTokens(benchJwt).issueAccess({ ...subject, ...session })).token;
}
