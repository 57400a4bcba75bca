/** A clinic with a place, a room, a service and booked visits, as tests of hours and free times need it. */
import { newId } from '../../src/platform/ids.ts';
import type { TestTenant } from './tenant.ts';

export interface Scene {
  locationId: string;
  roomId: string;
  serviceId: string;
}

/** Both doctors give the service, of 30 minutes, by video and in person. */
export async function setScene(tenant: TestTenant, minutes = 30): Promise<Scene> {
  const own = { tenantId: tenant.id };
  const [locationId, roomId, serviceId] = [newId(), newId(), newId()];
  await tenant.db.run(async (tx) => {
    const place = { type: 'clinic', city: 'Pune', country: 'IN', timeZone: 'Asia/Kolkata' };
    await tx.location.create({ data: { ...own, id: locationId, name: 'Main street', ...place } });
    await tx.room.create({ data: { ...own, id: roomId, locationId, name: '1' } });
    const price = { priceMinor: 50_000, currency: 'INR', durationMinutes: minutes, modality: 'both' } as const;
    const code = { codeSystem: 'http://snomed.info/sct', code: '11429006', name: 'Consultation' };
    await tx.service.create({ data: { ...own, id: serviceId, ...code, ...price } });
    const doctors = [tenant.doctorId, tenant.doctor2Id];
    await tx.practitionerService.createMany({
      data: doctors.map((practitionerId) => ({ ...own, practitionerId, serviceId })),
    });
  });
  return { locationId, roomId, serviceId };
}

export interface BookedVisit {
  practitionerId?: string;
  startsAt: string;
  minutes?: number;
  /** On both sides. */
  bufferMinutes?: number;
  modality?: 'video' | 'in_person';
  locationId?: string;
  roomId?: string;
  status?: 'booked' | 'cancelled';
  patientId?: string;
}

/** A row as a booking leaves it. Answers its id. */
export async function addVisit(tenant: TestTenant, { serviceId }: Scene, visit: BookedVisit): Promise<string> {
  const id = newId();
  const { practitionerId = tenant.doctorId, minutes = 30, bufferMinutes = 0, modality = 'video' } = visit;
  const startsAt = new Date(visit.startsAt);
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  await tenant.db.run((tx) =>
    tx.appointment.create({
      data: {
        id,
        tenantId: tenant.id,
        practitionerId,
        patientId: visit.patientId ?? tenant.patientId,
        serviceId,
        modality,
        startsAt,
        endsAt,
        busyFrom: new Date(startsAt.getTime() - bufferMinutes * 60_000),
        busyUntil: new Date(endsAt.getTime() + bufferMinutes * 60_000),
        status: visit.status ?? 'booked',
        ...(visit.status === 'cancelled' && { cancelCode: 'pat', cancelledBy: 'patient' }),
        priceMinor: 50_000,
        currency: 'INR',
        createdById: tenant.users.patient.id,
        ...(visit.locationId !== undefined && { locationId: visit.locationId }),
        ...(visit.roomId !== undefined && { roomId: visit.roomId }),
      },
    }),
  );
  return id;
}
