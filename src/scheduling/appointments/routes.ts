/** Appointments over REST. */
import { z } from 'zod';
import { type Route, route } from '../../platform/http/route.ts';
import { attend } from './attend.ts';
import { book } from './book.ts';
import { cancel } from './cancel.ts';
import { listAppointments, readAppointment, readCalendar, readTimeline } from './history.ts';
import { accept, decline } from './offers.ts';
import type { AppointmentDeps } from './ports.ts';
import { preferenceRoutes } from './preference-routes.ts';
import { reschedule } from './reschedule.ts';
import {
  Appointment,
  AppointmentPage,
  AppointmentParams,
  AppointmentQuery,
  AppointmentTimeline,
  Cancel,
  NewAppointment,
  NewSeries,
  NoShow,
  Reschedule,
  Series,
  TimelineQuery,
} from './schema.ts';
import { bookSeries } from './series.ts';
import { waitlistRoutes } from './waitlist-routes.ts';

const tag = 'appointments';
const read = { scopes: ['appointments:read'] } as const;
const change = { scopes: ['appointments:book'] } as const;
const one = { method: 'post', tag, access: change, params: AppointmentParams, reply: Appointment } as const;

export function appointmentRoutes(deps: AppointmentDeps): Route[] {
  // The waiting list before /appointments/:id, or it would be taken for an id.
  return [
    ...waitlistRoutes(deps),
    ...preferenceRoutes(),
    ...bookRoutes(deps),
    ...readRoutes(deps),
    ...changeRoutes(deps),
    ...attendRoutes(deps),
  ];
}

function bookRoutes(deps: AppointmentDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/appointments',
      summary: 'Books a free time; a video visit gets its meeting at once',
      tag,
      access: change,
      audit: { action: 'appointment.book' },
      body: NewAppointment,
      status: 201,
      reply: Appointment,
      errors: ['SLOT_TAKEN'],
      handler: ({ actor, db }, { body }) => book(deps, db, actor, body),
    }),
    route({
      method: 'post',
      path: '/appointments/series',
      summary:
        'Books the same local time of several weeks: all of them, or none with the reason for each that cannot be',
      tag,
      access: change,
      audit: { action: 'appointment.book_series' },
      body: NewSeries,
      status: 201,
      reply: Series,
      errors: ['SLOT_TAKEN'],
      handler: ({ actor, db }, { body }) => bookSeries(deps, db, actor, body),
    }),
  ];
}

function readRoutes(deps: AppointmentDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/appointments',
      summary: 'Appointments by their time: their own for doctors and patients, all for staff and admins',
      tag,
      access: read,
      audit: { action: 'appointment.list' },
      query: AppointmentQuery,
      reply: AppointmentPage,
      handler: ({ actor, db }, { query }) => listAppointments(db, actor, query),
    }),
    route({
      method: 'get',
      path: '/appointments/:id',
      summary: 'One appointment',
      tag,
      access: read,
      audit: { action: 'appointment.read' },
      params: AppointmentParams,
      reply: Appointment,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readAppointment(db, actor, params.id),
    }),
    route({
      method: 'get',
      path: '/appointments/:id/timeline',
      summary: 'What happened to an appointment, oldest first',
      tag,
      access: read,
      audit: { action: 'appointment.timeline' },
      params: AppointmentParams,
      query: TimelineQuery,
      reply: AppointmentTimeline,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params, query }) => readTimeline(db, actor, params.id, query),
    }),
    route({
      method: 'get',
      path: '/appointments/:id/calendar.ics',
      summary: 'One appointment as a calendar file (iCalendar)',
      tag,
      access: read,
      audit: { action: 'appointment.calendar' },
      params: AppointmentParams,
      reply: 'stream',
      streams: 'text/calendar',
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readCalendar(deps, db, actor, params.id),
    }),
  ];
}

function changeRoutes(deps: AppointmentDeps): Route[] {
  return [
    route({
      ...one,
      path: '/appointments/:id/reschedule',
      summary: 'Moves an appointment to another free time, and its meeting with it',
      audit: { action: 'appointment.reschedule' },
      body: Reschedule,
      errors: ['NOT_FOUND', 'SLOT_TAKEN', 'CONFLICT', 'MEETING_ACTIVE', 'MEETING_ENDED', 'MEETING_CANCELLED'],
      handler: ({ actor, db }, { params, body }) => reschedule(deps, db, actor, params.id, body),
    }),
    route({
      ...one,
      path: '/appointments/:id/cancel',
      summary: 'Calls an appointment off, and its meeting with it; a late call by the patient is noted as such',
      audit: { action: 'appointment.cancel' },
      body: Cancel,
      errors: ['NOT_FOUND', 'CONFLICT', 'MEETING_ACTIVE', 'MEETING_ENDED'],
      handler: ({ actor, db }, { params, body }) => cancel(deps, db, actor, params.id, body),
    }),
    route({
      ...one,
      path: '/appointments/:id/accept',
      summary: 'Takes a time that the waiting list has offered',
      audit: { action: 'appointment.accept' },
      errors: ['NOT_FOUND', 'CONFLICT', 'SLOT_TAKEN'],
      handler: ({ actor, db }, { params }) => accept(deps, db, actor, params.id),
    }),
    route({
      ...one,
      path: '/appointments/:id/decline',
      summary: 'Leaves a time that the waiting list has offered to the next one',
      audit: { action: 'appointment.decline' },
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ actor, db }, { params }) => decline(deps, db, actor, params.id),
    }),
  ];
}

const Version = z.strictObject({ version: Cancel.shape.version }).default({}).meta({ id: 'AppointmentVersion' });

function attendRoutes(deps: AppointmentDeps): Route[] {
  return [
    route({
      ...one,
      path: '/appointments/:id/arrive',
      summary: 'Says that the patient has come',
      audit: { action: 'appointment.arrive' },
      body: Version,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ actor, db }, { params, body }) => attend(deps, db, actor, params.id, { type: 'arrive', ...body }),
    }),
    route({
      ...one,
      path: '/appointments/:id/fulfil',
      summary: 'Says that the visit has taken place',
      audit: { action: 'appointment.fulfil' },
      body: Version,
      errors: ['NOT_FOUND', 'CONFLICT', 'MEETING_ACTIVE'],
      handler: ({ actor, db }, { params, body }) => attend(deps, db, actor, params.id, { type: 'fulfil', ...body }),
    }),
    route({
      ...one,
      path: '/appointments/:id/no-show',
      summary: 'Closes an appointment to which somebody did not come',
      audit: { action: 'appointment.no_show' },
      body: NoShow,
      errors: ['NOT_FOUND', 'CONFLICT', 'MEETING_ACTIVE'],
      handler: ({ actor, db }, { params, body }) => attend(deps, db, actor, params.id, { type: 'no_show', ...body }),
    }),
  ];
}
