/** Booking: who may, what is refused and how, what is written with it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/ids.ts';
import { Appointment, type AppointmentPage } from '../../src/scheduling/appointments/schema.ts';
import { type Desk, openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import { type LiveServer, startLive } from '../support/live.ts';

let live: LiveServer;
let desk: Desk;
beforeAll(async () => {
  live = await startLive();
  desk = await openAppointmentDesk(live, { patients: 5 });
});
afterAll(() => live[Symbol.asyncDispose]());

let used = 0;
/** A time that no other test of this file takes. */
const fresh = () => timeAhead(live.clock.now(), 3, (used += 2));
const code = ({ json }: { json: unknown }) => (json as { code: string }).code;
const faults = ({ json }: { json: unknown }) => (json as { errors: { path: string }[] }).errors.map(({ path }) => path);
const post = (person: Parameters<Desk['call']>[0], body: unknown, path = '/appointments') =>
  desk.call(person, 'POST', path, body);

describe('POST /appointments', () => {
  it('books for the patient who asks, with the price of now and a meeting at the same time', async () => {
    const startsAt = fresh();
    const answer = await post('patient', desk.body(startsAt, { patientId: undefined, reason: 'Tooth ache' }));
    expect(answer.status).toBe(201);
    const booked = Appointment.parse(answer.json);
    expect(booked).toMatchObject({
      status: 'booked',
      practitionerName: desk.clinic.users.doctor.displayName,
      patientId: desk.clinic.patientId,
      serviceName: 'Consultation',
      locationId: null,
      modality: 'video',
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 1_800_000).toISOString(),
      priceMinor: 50_000,
      currency: 'INR',
      reason: 'Tooth ache',
      version: 1,
    });
    expect((await desk.call('patient', 'GET', `/meetings/${booked.meetingId}`)).json).toMatchObject({
      appointmentId: booked.id,
      status: 'scheduled',
      scheduledAt: booked.startsAt,
      doctorId: desk.clinic.doctorId,
      patientId: desk.clinic.patientId,
      reason: 'Tooth ache',
    });
    expect((await desk.call('patient', 'GET', `/appointments/${booked.id}`)).json).toEqual(booked);
  });

  it('books a visit on site with its place and without a meeting', async () => {
    const { locationId } = desk.clinic;
    const booked = await desk.book('staff', fresh(), { modality: 'in_person', locationId });
    expect(booked).toMatchObject({ locationId, locationName: 'Main street', meetingId: null, modality: 'in_person' });
  });

  it('refuses a time that the practitioner has no more, and says nothing of whom they see', async () => {
    const startsAt = fresh();
    await desk.book('staff', startsAt);
    const answer = await post('patient2', desk.body(startsAt, { patientId: desk.clinic.patient2Id }));
    expect([answer.status, code(answer)]).toEqual([409, 'SLOT_TAKEN']);
    expect(answer.text).not.toContain(desk.clinic.users.patient.displayName);
    expect(answer.text).not.toContain(desk.clinic.patientId);
  });

  it('refuses a patient two visits at once, with whomever', async () => {
    const startsAt = fresh();
    await desk.book('staff', startsAt);
    const answer = await post('staff', desk.body(startsAt, { practitionerId: desk.clinic.doctor2Id }));
    expect([answer.status, code(answer)]).toEqual([409, 'SLOT_TAKEN']);
    expect(answer.text).toContain('The patient has another appointment at that time.');
  });

  it('refuses what is no time of anybody, unless the desk says so; what overlaps is refused even then', async () => {
    const startsAt = new Date(fresh().getTime() + 7 * 60_000);
    const answer = await post('patient', desk.body(startsAt));
    expect([answer.status, faults(answer)]).toEqual([422, ['startsAt']]);
    expect(await post('patient', desk.body(startsAt, { overrideHours: true }))).toMatchObject({ status: 403 });
    const forced = await desk.book('staff', startsAt, { overrideHours: true });
    expect(forced.startsAt).toBe(startsAt.toISOString());
    const later = new Date(startsAt.getTime() + 10 * 60_000);
    const overlapping = desk.body(later, { overrideHours: true, patientId: desk.clinic.patients[0] });
    expect(code(await post('staff', overlapping))).toBe('SLOT_TAKEN');
  });

  it('is for the own appointments of doctors and patients, and for anybody’s at the desk', async () => {
    const { patient2Id, doctor2Id, patientId } = desk.clinic;
    expect(await post('patient', desk.body(fresh(), { patientId: patient2Id }))).toMatchObject({ status: 403 });
    expect(await post('doctor', desk.body(fresh(), { practitionerId: doctor2Id }))).toMatchObject({ status: 403 });
    expect(await post('lab', desk.body(fresh()))).toMatchObject({ status: 403 });
    expect(await desk.book('doctor', fresh(), { patientId: patient2Id })).toMatchObject({ patientId: patient2Id });
    expect(await desk.book('admin', fresh(), { practitionerId: doctor2Id })).toMatchObject({ patientId });
    expect(faults(await post('staff', desk.body(fresh(), { patientId: undefined })))).toEqual(['patientId']);
  });

  it('names those who are not of this clinic and does not repeat them', async () => {
    const other = await openAppointmentDesk(live);
    const strange = {
      practitionerId: other.clinic.doctorId,
      patientId: other.clinic.patientId,
      serviceId: other.clinic.serviceId,
      locationId: other.clinic.locationId,
    };
    const answer = await post('staff', desk.body(fresh(), strange));
    expect([answer.status, faults(answer)]).toEqual([422, ['practitionerId', 'patientId', 'serviceId', 'locationId']]);
    for (const id of Object.values(strange)) expect(answer.text).not.toContain(id);
  });

  it('keeps the practitioner’s buffers free', async () => {
    const buffered = await openAppointmentDesk(live, { bufferMinutes: 15 });
    const startsAt = timeAhead(live.clock.now(), 2);
    const booked = await buffered.book('staff', startsAt);
    const next = buffered.body(new Date(booked.endsAt), { patientId: buffered.clinic.patient2Id });
    expect(code(await buffered.call('staff', 'POST', '/appointments', next))).toBe('SLOT_TAKEN');
  });

  it('fills a group to its size, all at the same time, and nobody in between', async () => {
    const group = await openAppointmentDesk(live, { capacity: 3, patients: 4 });
    const startsAt = timeAhead(live.clock.now(), 2);
    const [first, second, third, fourth] = group.clinic.patients;
    for (const patientId of [first, second, third]) await group.book('staff', startsAt, { patientId });
    const full = await group.call('staff', 'POST', '/appointments', group.body(startsAt, { patientId: fourth }));
    expect(code(full)).toBe('SLOT_TAKEN');
    const between = new Date(startsAt.getTime() + 15 * 60_000);
    const beside = group.body(between, { patientId: fourth, overrideHours: true });
    expect(code(await group.call('staff', 'POST', '/appointments', beside))).toBe('SLOT_TAKEN');
  });

  it('gives one room to one practitioner at a time', async () => {
    const shared = await openAppointmentDesk(live, { room: true, patients: 2 });
    const startsAt = timeAhead(live.clock.now(), 2);
    const [first, second] = shared.clinic.patients;
    const onSite = { modality: 'in_person' };
    const booked = await shared.book('staff', startsAt, { patientId: first, ...onSite });
    expect(booked).toMatchObject({ roomId: shared.clinic.roomId, roomName: 'Room 1' });
    const other = { practitionerId: shared.clinic.doctor2Id, patientId: second };
    const inTheSame = shared.body(startsAt, { ...other, ...onSite });
    expect(code(await shared.call('staff', 'POST', '/appointments', inTheSame))).toBe('SLOT_TAKEN');
    expect(await shared.book('staff', startsAt, other)).toMatchObject({ modality: 'video', roomId: null });
  });
});

describe('POST /appointments/series', () => {
  it('books every week at the same time', async () => {
    const startsAt = fresh();
    const answer = await post('patient', { ...desk.body(startsAt), count: 4 }, '/appointments/series');
    expect(answer.status).toBe(201);
    const { seriesId, items } = answer.json as { seriesId: string; items: Appointment[] };
    expect(items.map((one) => one.startsAt)).toEqual(
      [0, 1, 2, 3].map((weeks) => new Date(startsAt.getTime() + weeks * 7 * 86_400_000).toISOString()),
    );
    const page = (await desk.call('staff', 'GET', `/appointments?seriesId=${seriesId}`)).json as AppointmentPage;
    expect(page.items).toEqual(items);
    expect(new Set(items.map(({ meetingId }) => meetingId)).size).toBe(4);
  });

  it('books none when one cannot be, and says which and why', async () => {
    const startsAt = fresh();
    const third = new Date(startsAt.getTime() + 2 * 7 * 86_400_000);
    await desk.book('staff', third, { patientId: desk.clinic.patients[0] });
    const patientId = desk.clinic.patients[1];
    const series = { ...desk.body(startsAt, { patientId }), count: 4 };
    const answer = await post('staff', series, '/appointments/series');
    expect([answer.status, code(answer), faults(answer)]).toEqual([409, 'SLOT_TAKEN', ['occurrences.2']]);
    expect(answer.text).toContain('is taken');
    expect((await desk.call('staff', 'GET', `/appointments?patientId=${patientId}`)).json).toMatchObject({ items: [] });
  });

  it('takes at most a year', async () => {
    const series = { ...desk.body(fresh()), count: 53 };
    expect(faults(await post('staff', series, '/appointments/series'))).toEqual(['count']);
  });
});

describe('GET /appointments', () => {
  it('shows their own to doctors and patients, all to the desk, and the rest is not there', async () => {
    const booked = await desk.book('staff', fresh());
    for (const person of ['patient', 'doctor', 'staff', 'admin'] as const) {
      expect(await desk.call(person, 'GET', `/appointments/${booked.id}`)).toMatchObject({ status: 200 });
    }
    for (const person of ['patient2', 'doctor2'] as const) {
      expect(await desk.call(person, 'GET', `/appointments/${booked.id}`)).toMatchObject({ status: 404 });
      const page = (await desk.call(person, 'GET', '/appointments')).json as AppointmentPage;
      expect(page.items.map(({ id }) => id)).not.toContain(booked.id);
    }
    const other = await openAppointmentDesk(live);
    expect(await other.call('admin', 'GET', `/appointments/${booked.id}`)).toMatchObject({ status: 404 });
    expect(await desk.call('admin', 'GET', `/appointments/${newId()}`)).toMatchObject({ status: 404 });
  });

  it('pages by time in both directions, filtered, while others are booked', async () => {
    const own = await openAppointmentDesk(live, { patients: 1 });
    const at = (halves: number) => timeAhead(live.clock.now(), 4, halves);
    const ids: string[] = [];
    for (let i = 0; i < 6; i += 1) ids.push((await own.book('staff', at(i * 2))).id);
    const walk = async (query: string) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const next: string = cursor === null ? '' : `&cursor=${cursor}`;
        const page = (await own.call('staff', 'GET', `/appointments?limit=2&${query}${next}`)).json as AppointmentPage;
        seen.push(...page.items.map(({ id }) => id));
        // In front of everything that is still to come.
        if (seen.length === 2) await own.book('staff', at(-2), { patientId: own.clinic.patients[0] }).catch(() => null);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return seen;
    };
    expect(await walk(`from=${at(0).toISOString()}`)).toEqual(ids);
    expect(await walk(`sort=-startsAt&from=${at(0).toISOString()}&to=${at(8).toISOString()}`)).toEqual(
      ids.slice(0, 4).toReversed(),
    );
    expect(await walk(`patientId=${newId()}`)).toEqual([]);
  });
});
