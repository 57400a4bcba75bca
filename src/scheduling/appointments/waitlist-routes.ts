/** The waiting list over REST; what it offers is answered at the appointment. */
import { type Route, route } from '../../platform/http/route.ts';
import type { AppointmentDeps } from './ports.ts';
import { AppointmentParams, NewWaitlistEntry, WaitlistEntry, WaitlistPage, WaitlistQuery } from './schema.ts';
import { joinWaitlist, leaveWaitlist, listWaitlist } from './waitlist.ts';

const tag = 'appointments';

export function waitlistRoutes({ clock }: Pick<AppointmentDeps, 'clock'>): Route[] {
  return [
    route({
      method: 'post',
      path: '/appointments/waitlist',
      summary: 'Asks for a time that may come free: it is offered to the longest waiting first',
      tag,
      access: { scopes: ['appointments:book'] },
      audit: { action: 'waitlist.join' },
      body: NewWaitlistEntry,
      status: 201,
      reply: WaitlistEntry,
      errors: ['CONFLICT'],
      handler: ({ actor, db }, { body }) => joinWaitlist({ clock }, db, actor, body),
    }),
    route({
      method: 'get',
      path: '/appointments/waitlist',
      summary: 'The waiting list, the longest waiting first; the own wishes for a patient',
      tag,
      access: { scopes: ['appointments:read'] },
      audit: { action: 'waitlist.list' },
      query: WaitlistQuery,
      reply: WaitlistPage,
      handler: ({ actor, db }, { query }) => listWaitlist({ clock }, db, actor, query),
    }),
    route({
      method: 'post',
      path: '/appointments/waitlist/:id/leave',
      summary: 'Takes a wish off the waiting list',
      tag,
      access: { scopes: ['appointments:book'] },
      audit: { action: 'waitlist.leave' },
      params: AppointmentParams,
      reply: WaitlistEntry,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ actor, db }, { params }) => leaveWaitlist({ clock }, db, actor, params.id),
    }),
  ];
}
