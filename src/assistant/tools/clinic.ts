/** What there is at the clinic: places, services with prices, doctors. */
import { z } from 'zod';
import type { ServicePage } from '../../scheduling/catalog/schema.ts';
import type { LocationPage, PractitionerPage } from '../../scheduling/directory/schema.ts';
import { declare } from './tool.ts';

const everybody = ['patient', 'doctor', 'lab', 'staff'] as const;
const limit = '20';

export const clinicFacts = declare({
  name: 'clinic_facts',
  description: "The clinic's name, emergency number, time zone and places with their addresses.",
  audiences: everybody,
  input: z.object({}),
  async use({ route, clinic: { clinicName, emergencyNumber, timeZone } }) {
    const { items } = (await route('GET /directory/locations', { query: { limit } })) as LocationPage;
    const places = items.map(({ id, name, type, addressLines, city, postalCode }) => ({
      locationId: id,
      name,
      type,
      address: [...addressLines, city, postalCode].filter(Boolean).join(', '),
    }));
    return { clinicName, emergencyNumber, timeZone, places };
  },
});

export const listServices = declare({
  name: 'list_services',
  description:
    'What can be booked: services with their length, price and whether by video or on site. Gives the serviceId.',
  audiences: ['patient', 'doctor', 'staff'],
  input: z.object({ name: z.string().min(1).max(100).optional().describe('Part of the name.') }),
  async use({ route }, { name }) {
    const query = { limit, ...(name !== undefined && { name }) };
    const { items } = (await route('GET /catalog/services', { query })) as ServicePage;
    return items.map(({ id, name: called, durationMinutes, priceMinor, currency, modality, practitionerIds }) => ({
      serviceId: id,
      name: called,
      durationMinutes,
      price: { minorUnits: priceMinor, currency },
      modality,
      practitionerIds,
    }));
  },
});

export const findDoctors = declare({
  name: 'find_doctors',
  description: 'Doctors of the clinic by name or specialty. Gives the practitionerId.',
  audiences: everybody,
  input: z.object({
    name: z.string().min(1).max(100).optional(),
    specialty: z.string().min(1).max(120).optional().describe('A name such as Dermatology.'),
  }),
  async use({ route }, { name, specialty }) {
    const asked = { ...(name !== undefined && { name }), ...(specialty !== undefined && { specialty }) };
    const { items } = (await route('GET /directory/practitioners', { query: { limit, ...asked } })) as PractitionerPage;
    return items.map(({ id, name: called, specialties, languages, isAcceptingPatients, locations, serviceIds }) => ({
      practitionerId: id,
      name: called,
      specialties: specialties.map(({ display }) => display),
      languages,
      isAcceptingPatients,
      locations,
      serviceIds,
    }));
  },
});
