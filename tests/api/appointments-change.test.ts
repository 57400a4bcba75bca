/** What becomes of an appointment: moved, called off, attended; and its meeting, which goes along both ways. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appointment, AppointmentTimeline } from '../../src/scheduling/appointments/schema.ts';
import { type Desk, openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import type { Answered } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

let live: LiveServer;
let desk: Desk;
beforeAll(async () => {
  live = await startLive();
});
beforeEach(async () => {
  desk = await openAppointmentDesk(live, { patients: 2 });
});
afterAll(() => live[Symbol.asyncDispose]());

const code = ({ json }: { json: unknown }) => (json as { code: string }).code;
const ahead = (days: number, halves = 0) => timeAhead(live.clock.now(), days, halves);
const move = (person: Parameters<Desk['call']>[0], id: string, body: object): Promise<Answered> =>
  desk.call(person, 'POST', `/appointments/${id}/reschedule`, body);
const meeting = async (id: string | null) => (await desk.call('admin', 'GET', `/meetings/${id}`)).json;
const timeline = async (id: string) =>
  ((await desk.call('admin', 'GET', `/appointments/${id}/timeline`)).json as AppointmentTimeline).items;

/** Booked for about now. */
const due = () => desk.book('staff', new Date(live.clock.now().getTime() + 60_000), { overrideHours: true });
const start = async ({ meetingId }: Appointment) => {
  const doctor = await live.socket(desk.clinic, 'doctor');
  await doctor.call('meeting:start', { meetingId: meetingId ?? '' });
  return doctor;
};
const becomes = (id: string, status: Appointment['status']) =>
  until(`the appointment is ${status}`, async () => {
    const now = await desk.read(id);
    return now.status === status && now;
  });

describe('POST /appointments/{id}/reschedule', () => {
  it('moves the appointment and its meeting, and says so in both timelines', async () => {
    const booked = await desk.book('patient', ahead(3));
    const startsAt = ahead(4).toISOString();
    const moved = await desk.act('patient', booked.id, 'reschedule', { startsAt, version: booked.version });
    expect(moved).toMatchObject({ startsAt, status: 'booked', version: 2, meetingId: booked.meetingId });
    expect(await meeting(booked.meetingId)).toMatchObject({ scheduledAt: startsAt, status: 'scheduled', version: 2 });
    expect(await timeline(booked.id)).toMatchObject([
      { type: 'book', actorRole: 'patient' },
      { type: 'reschedule', actorRole: 'patient', detail: { from: booked.startsAt, to: startsAt } },
    ]);
    // Nobody is a no-show at the time that it had.
    await desk.book('patient2', new Date(booked.startsAt), { patientId: desk.clinic.patient2Id });
  });

  it('refuses a time that is taken and leaves everything as it was', async () => {
    const [booked, other] = [await desk.book('patient', ahead(3)), await desk.book('staff', ahead(3, 4))];
    const answer = await move('patient', booked.id, { startsAt: other.startsAt });
    expect([answer.status, code(answer)]).toEqual([409, 'SLOT_TAKEN']);
    expect(await desk.read(booked.id)).toEqual(booked);
    expect(await meeting(booked.meetingId)).toMatchObject({ scheduledAt: booked.startsAt, version: 1 });
  });

  it('says that what is over cannot be moved, before it looks at the time', async () => {
    const booked = await desk.book('patient', ahead(3));
    await desk.act('patient', booked.id, 'cancel');
    await desk.book('staff', ahead(4), { patientId: desk.clinic.patients[0] });
    expect(code(await move('patient', booked.id, { startsAt: ahead(4).toISOString() }))).toBe('CONFLICT');
  });

  it('refuses whoever has seen an older version', async () => {
    const booked = await desk.book('patient', ahead(3));
    await desk.act('staff', booked.id, 'reschedule', { startsAt: ahead(4).toISOString(), version: 1 });
    const late = await move('patient', booked.id, { startsAt: ahead(5).toISOString(), version: 1 });
    expect([late.status, code(late)]).toEqual([409, 'CONFLICT']);
  });

  it('may overlap with where it is itself', async () => {
    const booked = await desk.book('staff', ahead(3));
    const startsAt = new Date(Date.parse(booked.startsAt) + 10 * 60_000).toISOString();
    const moved = await desk.act('staff', booked.id, 'reschedule', { startsAt, overrideHours: true });
    expect(moved.startsAt).toBe(startsAt);
  });

  it('is for the patient until the clinic’s hours before, and for the desk after that', async () => {
    const soon = await desk.book('patient', ahead(0, 3));
    const startsAt = ahead(3).toISOString();
    expect(code(await move('patient', soon.id, { startsAt }))).toBe('CONFLICT');
    expect(await desk.act('staff', soon.id, 'reschedule', { startsAt })).toMatchObject({ startsAt });
    expect(await move('patient2', soon.id, { startsAt })).toMatchObject({ status: 404 });
    expect(await move('doctor2', soon.id, { startsAt })).toMatchObject({ status: 404 });
    const other = await openAppointmentDesk(live);
    expect(await other.call('admin', 'POST', `/appointments/${soon.id}/reschedule`, { startsAt })).toMatchObject({
      status: 404,
    });
  });

  it('is refused once the meeting has begun', async () => {
    const booked = await due();
    await using doctor = await start(booked);
    expect(doctor).toBeDefined();
    const answer = await move('staff', booked.id, { startsAt: ahead(3).toISOString() });
    expect([answer.status, code(answer)]).toEqual([409, 'MEETING_ACTIVE']);
    expect(await desk.read(booked.id)).toMatchObject({ startsAt: booked.startsAt, status: 'booked' });
  });
});

describe('POST /appointments/{id}/cancel', () => {
  it('calls the meeting off, frees the time, and keeps who and why', async () => {
    const booked = await desk.book('patient', ahead(3));
    const off = await desk.act('patient', booked.id, 'cancel', { reason: 'I am well again.', code: 'pat-fb' });
    expect(off).toMatchObject({
      status: 'cancelled',
      cancelledBy: 'patient',
      cancelCode: 'pat-fb',
      cancelReason: 'I am well again.',
      cancelledLate: false,
    });
    expect(await meeting(booked.meetingId)).toMatchObject({ status: 'cancelled', endReason: 'cancelled' });
    expect(JSON.stringify(await timeline(booked.id))).not.toContain('well again');
    await desk.book('patient2', new Date(booked.startsAt), { patientId: desk.clinic.patient2Id });
    expect(code(await desk.call('patient', 'POST', `/appointments/${booked.id}/cancel`, {}))).toBe('CONFLICT');
  });

  it('notes when the patient was late, and never refuses them before it begins', async () => {
    const soon = await desk.book('patient', ahead(0, 2));
    expect(await desk.act('patient', soon.id, 'cancel')).toMatchObject({ cancelledLate: true, cancelCode: 'pat' });
  });

  it('is refused while the meeting goes on', async () => {
    const booked = await due();
    await using doctor = await start(booked);
    expect(doctor).toBeDefined();
    expect(code(await desk.call('staff', 'POST', `/appointments/${booked.id}/cancel`, {}))).toBe('MEETING_ACTIVE');
    expect(await desk.read(booked.id)).toMatchObject({ status: 'booked' });
  });
});

describe('arriving, taking place, not coming', () => {
  it('is said by the desk or the doctor, not by the patient', async () => {
    const booked = await desk.book('staff', ahead(0, 1), { modality: 'in_person' });
    expect(await desk.call('patient', 'POST', `/appointments/${booked.id}/arrive`, {})).toMatchObject({ status: 403 });
    expect(await desk.act('staff', booked.id, 'arrive')).toMatchObject({ status: 'arrived', version: 2 });
    expect(await desk.act('staff', booked.id, 'arrive')).toMatchObject({ status: 'arrived', version: 2 });
    expect(await desk.act('doctor', booked.id, 'fulfil')).toMatchObject({ status: 'fulfilled' });
    expect((await timeline(booked.id)).map(({ type }) => type)).toEqual(['book', 'arrive', 'fulfil']);
  });

  it('closes a missed visit with the side that was missing, and frees its room', async () => {
    const booked = await due();
    await live.forward(120);
    const closed = await desk.act('doctor', booked.id, 'no-show', { side: 'patient' });
    expect(closed).toMatchObject({ status: 'noshow', noShowSide: 'patient' });
    expect(await meeting(booked.meetingId)).toMatchObject({ status: 'cancelled' });
  });
});

describe('an appointment follows its meeting', () => {
  it('has taken place when the meeting ends in which both were', async () => {
    const booked = await due();
    await using doctor = await start(booked);
    await using patient = await live.socket(desk.clinic, 'patient');
    await patient.call('meeting:join', { meetingId: booked.meetingId ?? '' });
    await doctor.call('meeting:end', {});
    expect(await becomes(booked.id, 'fulfilled')).toMatchObject({ noShowSide: null });
    expect((await timeline(booked.id)).at(-1)).toMatchObject({ type: 'fulfil', actorRole: 'clock', actorId: null });
  });

  it('misses the patient when the doctor was there alone', async () => {
    const booked = await due();
    await using doctor = await start(booked);
    await live.forward(120);
    await doctor.call('meeting:end', {});
    expect(await becomes(booked.id, 'noshow')).toMatchObject({ noShowSide: 'patient' });
  });

  it('misses the doctor when the patient waited in vain', async () => {
    const booked = await due();
    await using patient = await live.socket(desk.clinic, 'patient');
    await patient.call('meeting:wait', { meetingId: booked.meetingId ?? '' });
    await live.forward(32 * 60);
    expect(await becomes(booked.id, 'noshow')).toMatchObject({ noShowSide: 'doctor' });
  });

  it('misses both when nobody came', async () => {
    const booked = await due();
    await live.forward(32 * 60);
    expect(await becomes(booked.id, 'noshow')).toMatchObject({ noShowSide: 'both' });
    expect(await meeting(booked.meetingId)).toMatchObject({ status: 'cancelled', endReason: 'no_show' });
  });

  it('is called off when the meeting is called off', async () => {
    const booked = await desk.book('patient', ahead(3));
    await desk.call('doctor', 'POST', `/meetings/${booked.meetingId}/cancel`, { reason: 'Ill' });
    expect(await becomes(booked.id, 'cancelled')).toMatchObject({ cancelledBy: 'doctor', cancelCode: 'prov' });
    await desk.book('patient2', new Date(booked.startsAt), { patientId: desk.clinic.patient2Id });
  });

  it('is called off when the doctor comes early and leaves before its time', async () => {
    const booked = await desk.book('staff', new Date(live.clock.now().getTime() + 20 * 60_000), {
      overrideHours: true,
    });
    await using doctor = await start(booked);
    await doctor.call('meeting:end', {});
    expect(await becomes(booked.id, 'cancelled')).toMatchObject({ cancelledBy: 'doctor', noShowSide: null });
  });

  it('follows a meeting that the patient called off when they could not call the appointment off any more', async () => {
    const booked = await due();
    await live.forward(120);
    expect(code(await desk.call('patient', 'POST', `/appointments/${booked.id}/cancel`, {}))).toBe('CONFLICT');
    await desk.call('patient', 'POST', `/meetings/${booked.meetingId}/cancel`, { reason: 'Ill' });
    expect(await becomes(booked.id, 'cancelled')).toMatchObject({ cancelledBy: 'clock', cancelCode: 'pat' });
  });

  it('gives a meeting that somebody makes by hand to an appointment of the same two only', async () => {
    const onSite = await desk.book('staff', ahead(3), { modality: 'in_person' });
    const { doctorId, patientId, patient2Id } = desk.clinic;
    const body = { doctorId, patientId, scheduledAt: onSite.startsAt, appointmentId: onSite.id };
    const strange = await desk.call('staff', 'POST', '/meetings', { ...body, patientId: patient2Id });
    expect((strange.json as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(['appointmentId']);
    expect(await desk.call('staff', 'POST', '/meetings', body)).toMatchObject({ status: 201 });
    expect(await desk.call('staff', 'POST', '/meetings', body)).toMatchObject({ status: 409 });
  });
});
