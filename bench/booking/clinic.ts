/** A clinic with more free times than are ever booked: every doctor works around the clock. */
import { scopesOf } from '../../src/identity/auth/scopes.ts';
import { createTokens } from '../../src/identity/auth/tokens.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import type { Actor } from '../../src/platform/actor.ts';
import type { Database } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { NewAppointment } from '../../src/scheduling/appointments/schema.ts';
import { benchJwt } from '../clinic.ts';

const day = 86_400_000;
const visitMs = 20 * 60_000;

export interface OpenClinic {
  tenantId: string;
  /** Of the desk. */
  token: string;
  actor: Actor;
  /** Each of another patient at a time of its own, never the same twice. */
  bookings(count: number): NewAppointment[];
}

export async function openBookingClinic(
  database: Database,
  { doctors, patients }: { doctors: number; patients: number },
): Promise<OpenClinic> {
  const [tenantId, serviceId] = [newId(), newId()];
  const doctorIds = Array.from({ length: doctors }, newId);
  const patientIds = Array.from({ length: patients }, newId);
  await database.tenant(tenantId).run(
    async (tx) => {
      const settings = TenantSettings.parse({ timeZone: 'Europe/London' });
      await tx.tenant.create({ data: { id: tenantId, slug: `bench-${tenantId}`, name: 'Bench clinic', settings } });
      const code = { codeSystem: 'http://snomed.info/sct', code: '11429006', name: 'Consultation' };
      const price = { priceMinor: 5_000, currency: 'GBP', durationMinutes: 20, modality: 'both' } as const;
      await tx.service.create({ data: { id: serviceId, tenantId, ...code, ...price } });
      await tx.practitioner.createMany({ data: doctorIds.map((id) => ({ id, tenantId, name: 'Dr Bench' })) });
      await tx.patient.createMany({ data: patientIds.map((id) => ({ id, tenantId, name: 'Pat Bench' })) });
      await tx.practitionerService.createMany({
        data: doctorIds.map((practitionerId) => ({ tenantId, practitionerId, serviceId })),
      });
      const hours = { startMinute: 0, endMinute: 1_440, modality: 'video' as const };
      await tx.availabilityRule.createMany({
        data: doctorIds.flatMap((practitionerId) =>
          [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ id: newId(), tenantId, practitionerId, weekday, ...hours })),
        ),
      });
    },
    { timeout: 120_000 },
  );
  const tokens = createTokens(benchJwt);
  const subject = { tenantId, userId: newId(), roles: ['staff' as const], patientId: null, practitionerId: null };
  const { token } = await tokens.issueAccess({ ...subject, sessionId: newId(), scopes: scopesOf(['staff']) });
  const first = Math.ceil(Date.now() / day + 1) * day;
  let taken = 0;
  const next = (): NewAppointment => {
    const index = taken;
    taken += 1;
    return NewAppointment.parse({
      practitionerId: doctorIds[index % doctors],
      patientId: patientIds[index % patients],
      serviceId,
      startsAt: new Date(first + Math.floor(index / doctors) * visitMs).toISOString(),
      modality: 'video',
    });
  };
  return {
    tenantId,
    token,
    actor: await tokens.verifyAccess(token),
    bookings: (count) => Array.from({ length: count }, next),
  };
}
