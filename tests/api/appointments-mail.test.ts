/** What a patient is told of an appointment: by mail with a calendar file, at the clinic's offsets, once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { AppointmentPage } from '../../src/scheduling/appointments/schema.ts';
import { type Desk, openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import type { ReceivedMail } from '../support/mail-server.ts';
import { type Mailing, startMailing } from '../support/mailing.ts';

let live: Mailing;
let desk: Desk;
let address: string;
beforeAll(async () => {
  live = await startMailing();
});
beforeEach(async () => {
  desk = await openAppointmentDesk(live, { patients: 1 });
  address = desk.clinic.users.patient.email;
});
afterAll(() => live[Symbol.asyncDispose]());

const unconfirm = (userId: string) =>
  live.db.sql('update app_user set email_verified_at = null where id = $1', [userId]);
const ahead = (days: number, halves = 0) => timeAhead(live.clock.now(), days, halves);
const mails = () => live.mailsTo(address);
const newest = async () => {
  const mail = (await mails()).at(-1);
  if (!mail) throw new Error('Nothing was mailed.');
  return mail;
};

/** The one event of a calendar, read by another library than the one that wrote it. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [component, ...others] = calendar.getAllSubcomponents('vevent');
  if (!component || others.length > 0) throw new Error('There is not one event.');
  const event = new ICAL.Event(component);
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate(),
    end: event.endDate.toJSDate(),
    status: component.getFirstPropertyValue('status'),
    organizer: component.getFirstPropertyValue('organizer'),
    attendee: component.getFirstPropertyValue('attendee'),
    url: component.getFirstPropertyValue('url'),
    text: `${event.summary} ${event.description} ${event.location}`,
  };
}

function calendarIn({ mail }: ReceivedMail) {
  const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  if (!part) throw new Error('There is no calendar in it.');
  const { content } = part;
  return read(typeof content === 'string' ? content : new TextDecoder().decode(content));
}

describe('the letters', () => {
  it('confirm, move and call off with one calendar entry that is replaced', async () => {
    const booked = await desk.book('patient', ahead(3), { reason: 'MARKED-REASON' });
    const confirmed = await newest();
    const joinUrl = `https://clinic.example/visits/${booked.meetingId}`;
    expect(confirmed.mail.text).toContain(joinUrl);
    expect(calendarIn(confirmed)).toEqual({
      method: 'REQUEST',
      uid: `${booked.id}@housecall`,
      sequence: 0,
      start: new Date(booked.startsAt),
      end: new Date(booked.endsAt),
      status: 'CONFIRMED',
      organizer: 'mailto:no-reply@clinic.example',
      attendee: expect.stringMatching(new RegExp(`^mailto:${address}$`, 'i')),
      url: joinUrl,
      text: expect.stringContaining(booked.practitionerName),
    });
    const startsAt = ahead(4).toISOString();
    await desk.act('staff', booked.id, 'reschedule', { startsAt });
    expect(calendarIn(await newest())).toMatchObject({
      method: 'REQUEST',
      uid: `${booked.id}@housecall`,
      sequence: 1,
      start: new Date(startsAt),
    });
    await desk.act('staff', booked.id, 'cancel', { reason: 'MARKED-REASON' });
    expect(calendarIn(await newest())).toMatchObject({ method: 'CANCEL', sequence: 2, status: 'CANCELLED' });
    const all = await mails();
    expect(all).toHaveLength(3);
    for (const { raw, mail } of all) {
      expect(`${raw} ${mail.text} ${mail.html}`).not.toMatch(/MARKED-REASON|Consultation/);
    }
  });

  it('tell the time in the clinic’s zone and name it', async () => {
    const startsAt = new Date(Math.ceil(live.clock.now().getTime() / 86_400_000 + 3) * 86_400_000 + 4.5 * 3_600_000);
    await desk.book('patient', startsAt);
    expect((await newest()).mail.text).toMatch(/10:00\s?(AM|am)?.*GMT\+5:30|10:00.*IST/);
  });

  it('go to confirmed addresses only', async () => {
    await unconfirm(desk.clinic.users.patient2.id);
    await desk.book('staff', ahead(3), { patientId: desk.clinic.patient2Id });
    await desk.book('staff', ahead(3, 2), { patientId: desk.clinic.patients[0] });
    await live.server.sendMail();
    expect(live.mails.allTo(desk.clinic.users.patient2.email)).toEqual([]);
  });

  it('offer a time that came free, with until when it is held', async () => {
    const entry = { serviceId: desk.clinic.serviceId, from: ahead(0).toISOString(), to: ahead(9).toISOString() };
    await desk.call('patient', 'POST', '/appointments/waitlist', entry);
    const booked = await desk.book('staff', ahead(3), { patientId: desk.clinic.patients[0] });
    await desk.act('staff', booked.id, 'cancel');
    const { mail } = await newest();
    expect(mail.subject).toContain('A time is free for you');
    expect(mail.text).toContain('It is held until');
    const { items } = (await desk.call('patient', 'GET', '/appointments?status=pending')).json as AppointmentPage;
    await desk.act('patient', items[0]?.id ?? '', 'accept');
    expect(calendarIn(await newest())).toMatchObject({ method: 'REQUEST', start: new Date(booked.startsAt) });
  });
});

describe('reminders', () => {
  const subjects = async () => (await mails()).map(({ mail }) => mail.subject?.split(':')[0]);
  const reminders = async () =>
    (await subjects()).filter((subject) => subject === 'Your appointment is coming up').length;
  const states = async (id: string) =>
    (
      await live.db.sql<{ state: string }>(
        'select state::text from appointment_reminder where appointment_id = $1 order by minutes_before desc',
        [id],
      )
    ).map(({ state }) => state);
  const hours = (count: number) => count * 3_600;

  it('go at each of the clinic’s offsets, once, whoever looks and however often', async () => {
    const booked = await desk.book('patient', ahead(2));
    expect(await states(booked.id)).toEqual(['pending', 'pending']);
    await live.forward(hours(25));
    await Promise.all([live.server.settleDeadlines(), live.server.settleDeadlines()]);
    expect(await reminders()).toBe(1);
    await live.forward(hours(22));
    expect(await reminders()).toBe(1);
    await live.forward(hours(1));
    expect(await reminders()).toBe(2);
    await live.forward(hours(1));
    expect(await reminders()).toBe(2);
    expect(await states(booked.id)).toEqual(['sent', 'sent']);
  });

  it('are only planned for what is still to come', async () => {
    const booked = await desk.book('patient', ahead(0, 4));
    expect(await states(booked.id)).toEqual(['pending']);
  });

  it('move with the appointment, and come again for its new time', async () => {
    const booked = await desk.book('patient', ahead(2));
    await live.forward(hours(25));
    expect(await reminders()).toBe(1);
    await desk.act('staff', booked.id, 'reschedule', { startsAt: ahead(3).toISOString() });
    expect(await states(booked.id)).toEqual(['pending', 'pending']);
    await live.forward(hours(24));
    expect(await reminders()).toBe(1);
    await live.forward(hours(26));
    expect(await reminders()).toBe(2);
  });

  it('are given up with the appointment', async () => {
    const booked = await desk.book('patient', ahead(2));
    await desk.act('staff', booked.id, 'cancel');
    expect(await states(booked.id)).toEqual(['cancelled', 'cancelled']);
    await live.forward(hours(60));
    expect(await reminders()).toBe(0);
  });

  it('follow the clinic’s setting, and skip whom nobody can reach', async () => {
    const own = await openAppointmentDesk(live, { tenant: { settings: { reminderMinutesBefore: [30] } } });
    await unconfirm(own.clinic.users.patient.id);
    const inTwoHours = new Date(live.clock.now().getTime() + 7_200_000);
    const booked = await own.book('staff', inTwoHours, { overrideHours: true });
    await live.forward(hours(1.4));
    expect(await states(booked.id)).toEqual(['pending']);
    await live.forward(hours(0.2));
    expect(await states(booked.id)).toEqual(['skipped']);
  });

  it('that were due while nobody was running do not come after the visit', async () => {
    const booked = await desk.book('patient', ahead(2));
    await live.forward(hours(80));
    // Skipped, or given up first because its meeting was a no-show by then.
    for (const state of await states(booked.id)) expect(['skipped', 'cancelled']).toContain(state);
    expect(await reminders()).toBe(0);
  });
});

describe('GET /appointments/{id}/calendar.ics', () => {
  it('gives the appointment to any calendar, to those who may see it', async () => {
    const booked = await desk.book('patient', ahead(3));
    const path = `/appointments/${booked.id}/calendar.ics`;
    const answer = await desk.call('patient', 'GET', path);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    expect(read(answer.text)).toMatchObject({ method: 'PUBLISH', uid: `${booked.id}@housecall`, organizer: null });
    expect(await desk.call('patient2', 'GET', path)).toMatchObject({ status: 404 });
  });
});
