/** What the demo clinics tell of themselves: places, services with prices, who gives them, and when. */
import type { Tx } from '../src/platform/db/scope.ts';
import { newId } from '../src/platform/ids.ts';

const snomed = 'http://snomed.info/sct';

const services = [
  { code: '11429006', name: 'Consultation', durationMinutes: 15, priceMinor: 50_000, modality: 'both' },
  { code: '185389009', name: 'Follow-up visit', durationMinutes: 10, priceMinor: 30_000, modality: 'video' },
  { code: '11816003', name: 'Diet education', durationMinutes: 30, priceMinor: 80_000, modality: 'both' },
  { code: '29303009', name: 'Electrocardiogram', durationMinutes: 20, priceMinor: 60_000, modality: 'in_person' },
] as const;

const doctors = [
  {
    name: 'Dr Meera Rao',
    specialty: { system: snomed, code: '394579002', display: 'Cardiology' },
    details: {
      languages: ['en', 'hi', 'kn'],
      qualification: 'MBBS, DM',
      registrationNumber: 'DEMO-0001',
      registrationAuthority: 'Karnataka Medical Council',
      bio: 'Cardiologist. Blood pressure, heart failure, and what to do about them at home.',
    },
    services: ['11429006', '185389009', '29303009'],
  },
  {
    name: 'Dr Arjun Shah',
    specialty: { system: snomed, code: '394814009', display: 'General practice' },
    details: {
      languages: ['en', 'hi', 'gu'],
      qualification: 'MBBS',
      registrationNumber: 'DEMO-0002',
      registrationAuthority: 'Karnataka Medical Council',
      bio: 'General practitioner with a liking for food and for skin.',
    },
    services: ['11429006', '185389009', '11816003'],
  },
] as const;

const places = [
  { name: 'Demo Clinic Indiranagar', type: 'clinic', addressLines: ['12, 100 Feet Road'], postalCode: '560038' },
  { name: 'Demo Clinic Jayanagar', type: 'clinic', addressLines: ['4, 11th Main'], postalCode: '560011' },
] as const;

/** From Monday to Saturday at a place until one, by video in the afternoon; on Sunday mornings by video. */
const shifts = [
  { weekdays: [1, 2, 3, 4, 5, 6], startMinute: 540, endMinute: 780, modality: 'both', isAtPlace: true },
  { weekdays: [1, 2, 3, 4, 5, 6], startMinute: 840, endMinute: 1_200, modality: 'video', isAtPlace: false },
  { weekdays: [7], startMinute: 600, endMinute: 780, modality: 'video', isAtPlace: false },
] as const;

/** Once a clinic: harmless where there is a catalogue already. */
export async function describeClinic(tx: Tx, tenantId: string): Promise<void> {
  if ((await tx.service.count({ where: { tenantId } })) > 0) return;
  const rows = services.map((service) => ({ id: newId(), tenantId, codeSystem: snomed, currency: 'INR', ...service }));
  await tx.service.createMany({ data: rows });
  for (const [index, doctor] of doctors.entries()) {
    const found = await tx.practitioner.findFirst({ where: { tenantId, name: doctor.name } });
    const place = places[index];
    if (!found || !place) continue;
    const own = { tenantId, practitionerId: found.id };
    await tx.practitioner.update({
      where: { tenantId_id: { tenantId, id: found.id } },
      data: { ...doctor.details, languages: [...doctor.details.languages] },
    });
    await tx.practitionerSpecialty.create({ data: { ...own, ...doctor.specialty } });
    const given = rows.filter(({ code }) => (doctor.services as readonly string[]).includes(code));
    await tx.practitionerService.createMany({ data: given.map(({ id }) => ({ ...own, serviceId: id })) });
    await openPlace(tx, own, place);
  }
}

async function openPlace(
  tx: Tx,
  { tenantId, practitionerId }: { tenantId: string; practitionerId: string },
  { addressLines, ...place }: (typeof places)[number],
): Promise<void> {
  const [locationId, roomId] = [newId(), newId()];
  const where = { city: 'Bengaluru', region: 'Karnataka', country: 'IN', timeZone: 'Asia/Kolkata' };
  await tx.location.create({ data: { id: locationId, tenantId, ...place, ...where, addressLines: [...addressLines] } });
  await tx.room.create({ data: { id: roomId, tenantId, locationId, name: 'Room 1' } });
  await tx.practitionerLocation.create({ data: { tenantId, practitionerId, locationId } });
  await tx.availabilityRule.createMany({
    data: shifts.flatMap(({ weekdays, isAtPlace, ...shift }) =>
      weekdays.map((weekday) => ({
        id: newId(),
        tenantId,
        practitionerId,
        weekday,
        ...shift,
        ...(isAtPlace && { locationId, roomId }),
        leadMinutes: 30,
      })),
    ),
  });
}
