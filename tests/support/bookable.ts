/** A clinic in which something can be booked: services, hours, and people who give them. */

import { newId } from '../../src/platform/ids.ts';
import type { Appointment } from '../../src/scheduling/appointments/schema.ts';
import type { LiveServer } from './live.ts';
import type { Answered } from './serve-app.ts';
import type { TestPerson, TestTenant } from './tenant.ts';

export interface Bookable extends TestTenant {
  /** Half an hour, by video or on site, by both doctors. */
  serviceId: string;
  locationId: string;
  roomId: string;
  /** More patients, beside the two with an account. */
  patients: string[];
}

export interface BookableOptions {
  patients?: number;
  capacity?: number;
  bufferMinutes?: number;
  leadMinutes?: number;
  /** Minutes of the local day in which both doctors work, every day. */
  hours?: [number, number];
  /** Both doctors work in the one room. */
  room?: boolean;
}

/** Every day around the clock, at any half hour, unless said otherwise. */
export async function makeBookable(tenant: TestTenant, options: BookableOptions = {}): Promise<Bookable> {
  const { id: tenantId, doctorId, doctor2Id } = tenant;
  const [serviceId, locationId, roomId] = [newId(), newId(), newId()];
  const patients = Array.from({ length: options.patients ?? 0 }, () => newId());
  const [startMinute, endMinute] = options.hours ?? [0, 1_440];
  await tenant.db.run(async (tx) => {
    const place = { type: 'clinic', city: 'Pune', country: 'IN', timeZone: 'Asia/Kolkata' };
    await tx.location.create({ data: { id: locationId, tenantId, name: 'Main street', ...place } });
    await tx.room.create({ data: { id: roomId, tenantId, locationId, name: 'Room 1' } });
    const code = { codeSystem: 'http://snomed.info/sct', code: '11429006', name: 'Consultation' };
    const price = { durationMinutes: 30, priceMinor: 50_000, currency: 'INR', modality: 'both' } as const;
    const buffer = { bufferAfterMinutes: options.bufferMinutes ?? 0 };
    await tx.service.create({ data: { id: serviceId, tenantId, ...code, ...price, ...buffer } });
    for (const practitionerId of [doctorId, doctor2Id]) {
      await tx.practitionerService.create({ data: { tenantId, practitionerId, serviceId } });
      await tx.practitionerLocation.create({ data: { tenantId, practitionerId, locationId } });
      const hours = {
        startMinute,
        endMinute,
        stepMinutes: 30,
        modality: 'both',
        leadMinutes: options.leadMinutes ?? 0,
      };
      const where = { locationId, roomId: options.room ? roomId : null, capacity: options.capacity ?? 1 };
      await tx.availabilityRule.createMany({
        data: [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
          const id = newId();
          return { id, tenantId, practitionerId, weekday, ...where, ...hours, modality: 'both' as const };
        }),
      });
    }
    await tx.patient.createMany({ data: patients.map((id, at) => ({ id, tenantId, name: `Patient ${at}` })) });
  });
  return { ...tenant, serviceId, locationId, roomId, patients };
}

/** A half hour, `halves` after a point about `days` ahead that is the same for all of a test. */
export function timeAhead(now: Date, days: number, halves = 0): Date {
  const half = 30 * 60_000;
  return new Date(Math.ceil((now.getTime() + days * 86_400_000) / half) * half + halves * half);
}

export interface Desk {
  clinic: Bookable;
  /** The body of a booking of doctor and patient by video. */
  body(startsAt: Date, changes?: object): Record<string, unknown>;
  call(person: TestPerson, method: string, path: string, body?: unknown): Promise<Answered>;
  /** Books, and fails when that is refused. */
  book(person: TestPerson, startsAt: Date, changes?: object): Promise<Appointment>;
  read(id: string): Promise<Appointment>;
  /** Does something with an appointment, and fails when that is refused. */
  act(person: TestPerson, id: string, what: string, body?: unknown): Promise<Appointment>;
}

export async function openAppointmentDesk(
  live: LiveServer,
  options: BookableOptions & { tenant?: Parameters<LiveServer['tenant']>[0] } = {},
): Promise<Desk> {
  const clinic = await makeBookable(await live.tenant(options.tenant), options);
  const call: Desk['call'] = (person, method, path, body) => live.rest(clinic, person, method, path, body);
  const made = (answer: Answered): Appointment => {
    if (answer.status >= 300) throw new Error(`It was refused: ${answer.status} ${answer.text}`);
    return answer.json as Appointment;
  };
  const body: Desk['body'] = (startsAt, changes = {}) => ({
    practitionerId: clinic.doctorId,
    patientId: clinic.patientId,
    serviceId: clinic.serviceId,
    modality: 'video',
    startsAt: startsAt.toISOString(),
    ...changes,
  });
  return {
    clinic,
    body,
    call,
    book: async (person, startsAt, changes) =>
      made(await call(person, 'POST', '/appointments', body(startsAt, changes))),
    read: async (id) => made(await call('admin', 'GET', `/appointments/${id}`)),
    act: async (person, id, what, input = {}) => made(await call(person, 'POST', `/appointments/${id}/${what}`, input)),
  };
}
