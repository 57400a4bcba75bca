/** How patients are reached, and what becomes of visits on site that nobody closes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Desk, openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import { type Mailing, startMailing } from '../support/mailing.ts';

let live: Mailing;
let desk: Desk;
beforeAll(async () => {
  live = await startMailing();
});
beforeEach(async () => {
  desk = await openAppointmentDesk(live, { patients: 1 });
});
afterAll(async () => {
  // What is on its way arrives first: the mail server would not like to lose it.
  await live.mailsTo('nobody@test.example');
  await live[Symbol.asyncDispose]();
});

const ahead = (days: number, halves = 0) => timeAhead(live.clock.now(), days, halves);
/** In seconds, as `forward` takes them. */
const hours = (n: number) => n * 3_600;
const wish = (changes: object, person: 'patient' | 'staff' = 'patient') =>
  desk.call(person, 'PUT', `/patients/${desk.clinic.patientId}/preferences`, {
    language: null,
    reminderChannel: 'mail',
    ...changes,
  });
const newest = async () => {
  const mail = (await live.mailsTo(desk.clinic.users.patient.email)).at(-1);
  if (!mail) throw new Error('Nothing was mailed.');
  return mail;
};

describe('a patient’s wishes', () => {
  it('are read and set by themself and by the desk, and by nobody else', async () => {
    const path = `/patients/${desk.clinic.patientId}/preferences`;
    expect((await desk.call('patient', 'GET', path)).json).toEqual({ language: null, reminderChannel: 'mail' });
    expect((await wish({ language: 'hi' })).status).toBe(200);
    expect((await wish({ language: 'es', reminderChannel: 'none' }, 'staff')).status).toBe(200);
    expect((await desk.call('staff', 'GET', path)).json).toEqual({ language: 'es', reminderChannel: 'none' });
    for (const [person, status] of [
      ['patient2', 404],
      ['doctor', 404],
      ['lab', 403],
    ] as const) {
      expect((await desk.call(person, 'GET', path)).status).toBe(status);
      const body = { language: 'en', reminderChannel: 'mail' };
      expect((await desk.call(person, 'PUT', path, body)).status).toBe(status);
    }
    const other = await openAppointmentDesk(live);
    expect((await other.call('staff', 'GET', path)).status).toBe(404);
    expect((await wish({ language: 'xx' })).status).toBe(422);
    expect((await desk.call('staff', 'GET', path)).json).toEqual({ language: 'es', reminderChannel: 'none' });
  });

  it.each([
    ['es', 'Su cita: ', 'Hola, ', 'Su cita está reservada.', 'Es una visita por vídeo.', 'Cita en '],
    ['hi', 'आपकी अपॉइंटमेंट: ', 'नमस्ते ', 'आपकी अपॉइंटमेंट बुक हो गई है।', 'यह एक वीडियो विज़िट है।', ' में अपॉइंटमेंट'],
  ])('decide the language of letter and calendar: %s', async (language, subject, hello, says, video, calendar) => {
    await wish({ language });
    await desk.book('patient', ahead(3));
    const { mail } = await newest();
    expect(mail.subject).toContain(subject);
    for (const words of [hello, says, video]) expect(mail.text).toContain(words);
    expect(mail.text).not.toMatch(/Hello|Your|with /);
    expect(mail.html).toContain(`<html lang="${language}">`);
    const file = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')?.content ?? '';
    const text = typeof file === 'string' ? file : new TextDecoder().decode(file);
    // Long lines are folded (RFC 5545, section 3.1).
    expect(text.replaceAll(/\r?\n[ \t]/g, '')).toContain(calendar);
  });

  it('follow the clinic’s language while a patient has none', async () => {
    desk = await openAppointmentDesk(live, { tenant: { settings: { locale: 'es-MX' } } });
    await desk.book('patient', ahead(3));
    expect((await newest()).mail.text).toContain('Su cita está reservada.');
    await wish({ language: 'en' });
    await desk.book('patient', ahead(3, 4));
    expect((await newest()).mail.text).toContain('Your appointment is booked.');
  });

  it('keep reminders away, and no other letter', async () => {
    await wish({ reminderChannel: 'none' });
    const { id } = await desk.book('patient', ahead(2));
    expect((await newest()).mail.subject).toContain('Your appointment');
    await live.forward(hours(47.7));
    const states = await live.db.sql<{ state: string }>(
      'select state from appointment_reminder where appointment_id = $1',
      [id],
    );
    expect(states.map(({ state }) => state)).toEqual(['skipped', 'skipped']);
    const subjects = (await live.mailsTo(desk.clinic.users.patient.email)).map(({ mail }) => mail.subject ?? '');
    expect(subjects.filter((subject) => subject.includes('coming up'))).toEqual([]);
  });
});

describe('a visit on site that nobody closes', () => {
  const onSite = () => ({ modality: 'in_person', locationId: desk.clinic.locationId });

  it('is a no-show of the patient a day after its end, fulfilled when they were checked in', async () => {
    const missed = await desk.book('staff', ahead(0, 2), onSite());
    const seen = await desk.book('staff', ahead(0, 4), { ...onSite(), patientId: desk.clinic.patients[0] });
    await desk.act('staff', seen.id, 'arrive');
    const untilEnd = (Date.parse(missed.endsAt) - live.clock.now().getTime()) / 1_000;
    await live.forward(untilEnd + hours(24) - 60);
    expect((await desk.read(missed.id)).status).toBe('booked');
    await live.forward(60);
    expect(await desk.read(missed.id)).toMatchObject({ status: 'noshow', noShowSide: 'patient' });
    expect((await desk.read(seen.id)).status).toBe('arrived');
    await live.forward(hours(1));
    expect(await desk.read(seen.id)).toMatchObject({ status: 'fulfilled', noShowSide: null });
    const timeline = await desk.call('staff', 'GET', `/appointments/${missed.id}/timeline`);
    expect((timeline.json as { items: unknown[] }).items.at(-1)).toMatchObject({ type: 'no_show', actorRole: 'clock' });
  });

  it('has taken place where the clinic keeps no arrivals', async () => {
    desk = await openAppointmentDesk(live, { tenant: { settings: { unmarkedVisits: 'fulfilled' } } });
    const { id } = await desk.book('staff', ahead(0, 2), onSite());
    await live.forward(hours(30));
    expect(await desk.read(id)).toMatchObject({ status: 'fulfilled', noShowSide: null });
  });

  it('is waited for anew when it is moved, and left alone once it is closed by hand', async () => {
    const moved = await desk.book('staff', ahead(0, 2), onSite());
    await desk.act('staff', moved.id, 'reschedule', { startsAt: ahead(2).toISOString() });
    const closed = await desk.book('staff', ahead(0, 6), { ...onSite(), patientId: desk.clinic.patients[0] });
    await live.forward(hours(4));
    await desk.act('staff', closed.id, 'fulfil');
    await live.forward(hours(28));
    expect((await desk.read(moved.id)).status).toBe('booked');
    expect((await desk.read(closed.id)).version).toBe(2);
    await live.forward(hours(48));
    expect((await desk.read(moved.id)).status).toBe('noshow');
    const left = await live.db.sql('select id from appointment where close_at is not null and tenant_id = $1', [
      desk.clinic.id,
    ]);
    expect(left).toEqual([]);
  });
});
