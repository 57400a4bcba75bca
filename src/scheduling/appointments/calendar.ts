/** An appointment as a calendar takes it: iCalendar (RFC 5545), sent by mail as iTIP says (RFC 5546). */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { AppointmentRow } from './rows.ts';

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

export interface CalendarFacts {
  clinicName: string;
  /** The address that mail comes from; iTIP wants an organizer. */
  from: string;
  /** Of the patient; needed to ask or to call off. */
  to: string | null;
  joinUrl: string | null;
  now: Date;
}

/**
 * The UID stays for the appointment's life and SEQUENCE grows when it is moved or called off, so that a calendar replaces
 * what it has. Times are UTC: right everywhere. No reason and no service: calendars are shared.
 */
export function calendarOf(row: AppointmentRow, facts: CalendarFacts, method: CalendarMethod): string {
  const { clinicName, from, to, joinUrl, now } = facts;
  const calendar = ical({
    prodId: { company: 'Housecall', product: 'Appointments' },
    method: ICalCalendarMethod[method],
  });
  calendar.createEvent({
    id: `${row.id}@housecall`,
    sequence: row.sequence,
    stamp: now,
    start: row.startsAt,
    end: row.endsAt,
    summary: `Appointment at ${clinicName}`,
    description: joinUrl === null ? `With ${row.practitionerName}.` : `With ${row.practitionerName}. Join: ${joinUrl}`,
    location: row.modality === 'video' ? 'Video visit' : row.locationName,
    url: joinUrl,
    status: row.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(method !== 'PUBLISH' && {
      organizer: { name: clinicName, email: from },
      attendees: to === null ? [] : [{ email: to, name: row.patientName, rsvp: false }],
    }),
  });
  return calendar.toString();
}
