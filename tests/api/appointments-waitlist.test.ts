/** The waiting list: a time that comes free is held for the next in turn, and for nobody else meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  Appointment,
  AppointmentPage,
  WaitlistEntry,
  WaitlistPage,
} from '../../src/scheduling/appointments/schema.ts';
import { type Desk, openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import { type LiveServer, startLive } from '../support/live.ts';

let live: LiveServer;
let desk: Desk;
beforeAll(async () => {
  live = await startLive();
});
beforeEach(async () => {
  desk = await openAppointmentDesk(live, { patients: 3 });
});
afterAll(() => live[Symbol.asyncDispose]());

const code = ({ json }: { json: unknown }) => (json as { code: string }).code;
const ahead = (days: number, halves = 0) => timeAhead(live.clock.now(), days, halves);
const minutes = (count: number) => count * 60;

const wish = (changes: object = {}) => ({
  serviceId: desk.clinic.serviceId,
  from: ahead(0).toISOString(),
  to: ahead(10).toISOString(),
  ...changes,
});
/** Puts patients on the list, in this order. */
async function wait(...patientIds: (string | undefined)[]): Promise<WaitlistEntry[]> {
  const entries: WaitlistEntry[] = [];
  for (const patientId of patientIds) {
    const answer = await desk.call('staff', 'POST', '/appointments/waitlist', wish({ patientId }));
    if (answer.status !== 201) throw new Error(`Not on the list: ${answer.text}`);
    entries.push(answer.json as WaitlistEntry);
  }
  return entries;
}
/** What is held for a patient now. */
async function offerTo(patientId: string | undefined): Promise<Appointment | undefined> {
  const page = await desk.call('staff', 'GET', `/appointments?status=pending&patientId=${patientId}`);
  return (page.json as AppointmentPage).items[0];
}
const entry = async (id: string | undefined) => {
  const page = (await desk.call('staff', 'GET', '/appointments/waitlist')).json as WaitlistPage;
  return page.items.find((one) => one.id === id);
};

it('takes five wishes of one patient, so that nobody fills it', async () => {
  const [one, other] = desk.clinic.patients;
  const [first] = await wait(one, one, one, one, one);
  const more = await desk.call('staff', 'POST', '/appointments/waitlist', wish({ patientId: one }));
  expect({ status: more.status, code: code(more) }).toEqual({ status: 409, code: 'CONFLICT' });
  await wait(other);
  await desk.call('staff', 'POST', `/appointments/waitlist/${first?.id}/leave`);
  await wait(one);
});

describe('a time that comes free', () => {
  it('is held for the longest waiting, and for nobody else', async () => {
    const [first, second] = desk.clinic.patients;
    const [waiting] = await wait(first, second);
    const booked = await desk.book('staff', ahead(3));
    await desk.act('staff', booked.id, 'cancel');
    const offer = await offerTo(first);
    expect(offer).toMatchObject({
      status: 'pending',
      startsAt: booked.startsAt,
      practitionerId: desk.clinic.doctorId,
      meetingId: null,
      waitlistEntryId: waiting?.id,
    });
    const held = Date.parse(offer?.holdUntil ?? '') - live.clock.now().getTime();
    expect(held).toBeGreaterThan(29 * 60_000);
    expect(held).toBeLessThanOrEqual(30 * 60_000);
    expect(await entry(waiting?.id)).toMatchObject({ state: 'offered', offerId: offer?.id });
    expect(await offerTo(second)).toBeUndefined();
    const other = desk.body(new Date(booked.startsAt), { patientId: second });
    expect(code(await desk.call('staff', 'POST', '/appointments', other))).toBe('SLOT_TAKEN');
    const slots = `practitionerId=${desk.clinic.doctorId}&serviceId=${desk.clinic.serviceId}`;
    const to = new Date(Date.parse(booked.startsAt) + 1).toISOString();
    const free = await desk.call('staff', 'GET', `/slots?${slots}&from=${booked.startsAt}&to=${to}`);
    expect(free.json).toMatchObject({ items: [] });
  });

  it('is booked with its meeting when they accept', async () => {
    const { patientId } = desk.clinic;
    const [waiting] = await wait(patientId);
    const booked = await desk.book('staff', ahead(3), { patientId: desk.clinic.patients[0] });
    await desk.act('staff', booked.id, 'cancel');
    const offer = await offerTo(patientId);
    const accepted = await desk.act('patient', offer?.id ?? '', 'accept');
    expect(accepted).toMatchObject({ status: 'booked', holdUntil: null, meetingId: expect.any(String) });
    expect(await desk.act('patient', offer?.id ?? '', 'accept')).toEqual(accepted);
    expect(await entry(waiting?.id)).toMatchObject({ state: 'booked', offerId: null });
    expect(await desk.call('patient2', 'POST', `/appointments/${offer?.id}/accept`)).toMatchObject({ status: 404 });
  });

  it('goes to the next when it is declined, and not to the same one again', async () => {
    const [first, second] = desk.clinic.patients;
    const [waiting] = await wait(first, second);
    const booked = await desk.book('staff', ahead(3));
    await desk.act('staff', booked.id, 'cancel');
    await desk.act('staff', (await offerTo(first))?.id ?? '', 'decline');
    expect(await entry(waiting?.id)).toMatchObject({ state: 'waiting', offerId: null });
    const next = await offerTo(second);
    expect(next).toMatchObject({ startsAt: booked.startsAt });
    await desk.act('staff', next?.id ?? '', 'decline');
    expect([await offerTo(first), await offerTo(second)]).toEqual([undefined, undefined]);
    await desk.book('staff', new Date(booked.startsAt));
  });

  it('goes to the next when nobody answers in time', async () => {
    const [first, second] = desk.clinic.patients;
    await wait(first, second);
    const booked = await desk.book('staff', ahead(3));
    await desk.act('staff', booked.id, 'cancel');
    const offer = await offerTo(first);
    await live.forward(minutes(29));
    expect(await offerTo(first)).toMatchObject({ id: offer?.id });
    await live.forward(minutes(1));
    expect(await desk.read(offer?.id ?? '')).toMatchObject({ status: 'cancelled', cancelledBy: 'clock' });
    expect(code(await desk.call('staff', 'POST', `/appointments/${offer?.id}/accept`))).toBe('CONFLICT');
    expect(await offerTo(second)).toMatchObject({ startsAt: booked.startsAt });
    await live.forward(minutes(30));
    await desk.book('staff', new Date(booked.startsAt));
  });

  it('cannot be accepted after its time, though the clock has not been there yet', async () => {
    const [first] = desk.clinic.patients;
    await wait(first);
    const booked = await desk.book('staff', ahead(3));
    await desk.act('staff', booked.id, 'cancel');
    const offer = await offerTo(first);
    live.clock.forward(minutes(30));
    expect(code(await desk.call('staff', 'POST', `/appointments/${offer?.id}/accept`))).toBe('CONFLICT');
  });

  it('is also the one that a moved appointment leaves', async () => {
    const [first] = desk.clinic.patients;
    await wait(first);
    const booked = await desk.book('staff', ahead(3));
    await desk.act('staff', booked.id, 'reschedule', { startsAt: ahead(4).toISOString() });
    expect(await offerTo(first)).toMatchObject({ startsAt: booked.startsAt });
  });

  it('is not for who wants another time, another doctor, or is busy then', async () => {
    const { doctor2Id, patients } = desk.clinic;
    const [otherTime, otherDoctor, busy] = patients;
    const late = { from: ahead(8).toISOString(), to: ahead(9).toISOString(), patientId: otherTime };
    await desk.call('staff', 'POST', '/appointments/waitlist', wish(late));
    const with2 = { practitionerId: doctor2Id, patientId: otherDoctor };
    await desk.call('staff', 'POST', '/appointments/waitlist', wish(with2));
    await wait(busy);
    const booked = await desk.book('staff', ahead(3));
    await desk.book('staff', ahead(3), { practitionerId: doctor2Id, patientId: busy });
    await desk.act('staff', booked.id, 'cancel');
    for (const patientId of patients) expect(await offerTo(patientId)).toBeUndefined();
  });
});

describe('the list itself', () => {
  it('shows patients their own wishes and the desk all of them, the longest waiting first', async () => {
    const { patientId, patient2Id } = desk.clinic;
    const entries = await wait(patient2Id, patientId);
    const own = (await desk.call('patient', 'GET', '/appointments/waitlist')).json as WaitlistPage;
    expect(own.items).toEqual([entries[1]]);
    const all = (await desk.call('staff', 'GET', '/appointments/waitlist?limit=1')).json as WaitlistPage;
    expect(all.items).toEqual([entries[0]]);
    const rest = await desk.call('staff', 'GET', `/appointments/waitlist?cursor=${all.nextCursor}`);
    expect(rest.json).toMatchObject({ items: [{ id: entries[1]?.id }], nextCursor: null });
    expect((await desk.call('doctor', 'GET', '/appointments/waitlist')).json).toEqual({ items: [], nextCursor: null });
  });

  it('is left by whom it is about, once', async () => {
    const [mine] = await wait(desk.clinic.patientId);
    const path = `/appointments/waitlist/${mine?.id}/leave`;
    expect(await desk.call('patient2', 'POST', path)).toMatchObject({ status: 404 });
    expect((await desk.call('patient', 'POST', path)).json).toMatchObject({ state: 'left' });
    const booked = await desk.book('staff', ahead(3), { patientId: desk.clinic.patients[0] });
    await desk.act('staff', booked.id, 'cancel');
    expect(await offerTo(desk.clinic.patientId)).toBeUndefined();
  });

  it('says when a wish is over', async () => {
    const brief = wish({ patientId: desk.clinic.patientId, to: ahead(0, 2).toISOString() });
    const made = (await desk.call('staff', 'POST', '/appointments/waitlist', brief)).json as WaitlistEntry;
    expect(made.state).toBe('waiting');
    await live.forward(2 * 3_600);
    expect(await entry(made.id)).toMatchObject({ state: 'expired' });
  });

  it('refuses what can never be', async () => {
    const other = await openAppointmentDesk(live);
    const paths = async (changes: object) => {
      const { json } = await desk.call('staff', 'POST', '/appointments/waitlist', wish(changes));
      return (json as { errors: { path: string }[] }).errors.map(({ path }) => path);
    };
    const { patientId, serviceId, practitionerId } = { ...other.clinic, practitionerId: other.clinic.doctorId };
    expect(await paths({ patientId, serviceId })).toEqual(['patientId', 'serviceId']);
    expect(await paths({ patientId: desk.clinic.patientId, practitionerId })).toEqual(['practitionerId']);
    expect(await paths({ patientId: desk.clinic.patientId, to: ahead(-1).toISOString() })).toEqual(['to', 'to']);
    expect(
      await desk.call('patient', 'POST', '/appointments/waitlist', wish({ patientId: desk.clinic.patient2Id })),
    ).toMatchObject({ status: 403 });
  });
});
