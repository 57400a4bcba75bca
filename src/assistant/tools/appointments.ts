/** Free times, own appointments, and what would be booked. */
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { type AppointmentPage, NewAppointment } from '../../scheduling/appointments/schema.ts';
import type { ServiceView } from '../../scheduling/catalog/schema.ts';
import type { LocationView, PractitionerView } from '../../scheduling/directory/schema.ts';
import type { SlotPage } from '../../scheduling/slots/schema.ts';
import { declare } from './tool.ts';

const instant = z.iso.datetime({ offset: true });
const dayMs = 86_400_000;
const most = 20;

export const findFreeTimes = declare({
  name: 'find_free_times',
  description:
    'Free times for a service, of one doctor or of all, from an instant on for up to 14 days. Needs a serviceId.',
  audiences: ['patient', 'doctor', 'staff'],
  input: z.object({
    serviceId: z.uuid(),
    practitionerId: z.uuid().optional(),
    from: instant.describe('In UTC; not before now.'),
    days: z.int().min(1).max(14).default(7),
    modality: z.enum(['video', 'in_person']).optional(),
  }),
  async use({ route, clock }, { serviceId, practitionerId, from, days, modality }) {
    const begin = Math.max(Date.parse(from), clock.now().getTime());
    const query = {
      serviceId,
      ...(practitionerId !== undefined && { practitionerId }),
      ...(modality !== undefined && { modality }),
      from: new Date(begin).toISOString(),
      to: new Date(begin + days * dayMs).toISOString(),
      limit: String(most),
    };
    const { items, nextCursor } = (await route('GET /slots', { query })) as SlotPage;
    return { times: items, thereAreMore: nextCursor !== null };
  },
});

export const myAppointments = declare({
  name: 'my_appointments',
  description: 'The appointments of the person you talk with, from yesterday on.',
  audiences: ['patient', 'doctor'],
  input: z.object({}),
  async use({ route, clock }) {
    const query = { from: new Date(clock.now().getTime() - dayMs).toISOString(), limit: String(most) };
    const { items } = (await route('GET /appointments', { query })) as AppointmentPage;
    // Who comes to a doctor, and why, is not for the provider of a model.
    return items.map(({ status, practitionerName, serviceName, startsAt, endsAt, modality, locationName }) => ({
      status,
      practitionerName,
      serviceName,
      startsAt,
      endsAt,
      modality,
      locationName,
    }));
  },
});

export const proposeBooking = declare({
  name: 'propose_booking',
  description:
    'Shows the person a booking to confirm. It books nothing by itself. Use only what find_free_times has given, and only after ' +
    'the person has chosen a time.',
  audiences: ['patient'],
  input: z.object({
    practitionerId: z.uuid(),
    serviceId: z.uuid(),
    startsAt: instant,
    modality: z.enum(['video', 'in_person']),
    locationId: z.uuid().nullish(),
    reason: z.string().max(500).nullish().describe("In the person's own words, only if they gave one."),
  }),
  async use({ route, propose }, { locationId, reason, ...asked }) {
    const own = reason?.trim();
    const wanted = { ...asked, ...(locationId && { locationId }), ...(own && { reason: own }) };
    const body = NewAppointment.safeParse(wanted);
    if (!body.success) throw new AppError('INVALID_INPUT', 'That cannot be booked like this.');
    const [practitioner, service, location] = await Promise.all([
      route('GET /directory/practitioners/:id', { params: { id: asked.practitionerId } }),
      route('GET /catalog/services/:id', { params: { id: asked.serviceId } }),
      locationId ? route('GET /directory/locations/:id', { params: { id: locationId } }) : null,
    ]);
    const booking = {
      practitionerName: (practitioner as PractitionerView).name,
      serviceName: (service as ServiceView).name,
      startsAt: body.data.startsAt,
      modality: asked.modality,
      locationName: (location as LocationView | null)?.name ?? null,
      reason: own || null,
    };
    propose({ body: wanted, booking });
    return { shown: true, note: 'The person sees it now and can confirm it. Say so; do not say that it is booked.' };
  },
});
