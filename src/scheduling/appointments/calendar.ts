/** An appointment as a calendar takes it: iCalendar (RFC 5545), sent by mail as iTIP says (RFC 5546). */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { AppointmentRow } from './rows.ts';
import { type Language, wordsOf } from './words.ts';

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

export interface CalendarFacts {
  /** English when left out. */
  language?: Language;
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
  const { language = 'en', clinicName, from, to, joinUrl, now } = facts;
  const words = wordsOf(language).calendar;
  const who = words.with(row.practitionerName);
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
    summary: words.summary(clinicName),
    description: joinUrl === null ? who : `${who} ${words.join} ${joinUrl}`,
    location: row.modality === 'video' ? words.video : row.locationName,
    url: joinUrl,
    status: row.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(method !== 'PUBLISH' && {
      organizer: { name: clinicName, email: from },
      attendees: to === null ? [] : [{ email: to, name: row.patientName, rsvp: false }],
    }),
  });
  return calendar.toString();
}
