/** The desk plans: a calendar that moves visits, arrivals, booking for somebody; and a doctor keeps hours. In real browsers. */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Appointment } from '../../../src/scheduling/appointments/schema.ts';
import { type Bookable, makeBookable } from '../../support/bookable.ts';
import { chromiumMissing, chromiumPath } from '../../support/browser.ts';
import { openBrowsing } from '../../support/browsing.ts';
import { isFit } from '../../support/fit.ts';
import { createTenant, type TestPerson } from '../../support/tenant.ts';
import { until } from '../../support/until.ts';

const suite = chromiumPath ? describe : describe.skip;
const desktop = { width: 1440, height: 900 };

suite(`planning${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  const clinics = openBrowsing();
  const { rest } = clinics;

  const names = {
    doctor: 'Dr Meera Rao',
    doctor2: 'Dr Arjun Shah',
    patient: 'Kamala Iyer',
    patient2: 'Joseph D’Souza',
  };
  /** From eight to eight, so that outside of hours exists. */
  const openClinic = async () => makeBookable(await createTenant(clinics.db, { names }), { hours: [480, 1200] });

  const come = (clinic: Bookable, person: TestPerson) => clinics.come(clinic, person, { size: desktop });

  const appointments = async (clinic: Bookable) =>
    ((await rest(clinic, 'admin', 'GET', '/appointments')).json as { items: Appointment[] }).items;
  /** At a time of Kolkata, so many days from today. */
  function at(days: number, clock: string): string {
    const today = new Date(Date.now() + 5.5 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
    return new Date(`${today}T${clock}:00+05:30`).toISOString();
  }
  const dayOf = (instant: string) => new Date(Date.parse(instant) + 5.5 * 3_600_000).toISOString().slice(0, 10);
  async function book(clinic: Bookable, startsAt: string, patientId: string, more: object = {}): Promise<Appointment> {
    const { doctorId: practitionerId, serviceId } = clinic;
    const body = { practitionerId, serviceId, patientId, modality: 'video', startsAt, ...more };
    const answer = await rest(clinic, 'staff', 'POST', '/appointments', body);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.json as Appointment;
  }

  it('moves a visit by dragging, takes it back, refuses an overlap in words, and asks before going outside of hours', async () => {
    const clinic = await openClinic();
    const first = await book(clinic, at(1, '10:00'), clinic.patientId);
    const second = await book(clinic, at(1, '14:00'), clinic.patient2Id);
    const staff = await come(clinic, 'staff');
    await staff.goto(`${clinics.server.url}/calendar?day=${dayOf(first.startsAt)}`);
    const event = (name: string) => staff.locator('[data-draggable], button').filter({ hasText: name }).first();
    await event('Kamala Iyer').waitFor();
    await isFit(staff, 'the calendar of a day');
    await staff.getByRole('button', { name: 'Week', exact: true }).click();
    await event('Kamala Iyer').waitFor();
    await isFit(staff, 'the calendar of a week');
    await staff.getByRole('button', { name: 'Day', exact: true }).click();
    const hour = async () => {
      const [one, other] = [await event('Kamala Iyer').boundingBox(), await event('Joseph').boundingBox()];
      if (one === null || other === null) throw new Error('The events are not drawn.');
      return (other.y - one.y) / 4;
    };
    const hourHeight = await hour();
    const startOf = async ({ id }: Appointment) => (await appointments(clinic)).find((one) => one.id === id)?.startsAt;
    await drag(staff, event('Kamala Iyer'), hourHeight);
    await staff.getByText('Kamala Iyer is moved to').first().waitFor();
    expect(await startOf(first)).toBe(at(1, '11:00'));
    await staff.getByRole('button', { name: 'Undo' }).click();
    await staff.getByText('Kamala Iyer is back at').first().waitFor();
    expect(await startOf(first)).toBe(first.startsAt);

    await event('Kamala Iyer').click();
    await staff.getByRole('heading', { name: 'Visit of Kamala Iyer' }).waitFor();
    await isFit(staff, 'a visit of the calendar');
    await staff.getByLabel('New time').fill('14:00');
    await staff.getByRole('button', { name: 'Move', exact: true }).click();
    await staff.getByText(/Kamala Iyer cannot be moved to/).waitFor();
    expect(await startOf(first)).toBe(first.startsAt);

    await event('Joseph').click();
    await staff.getByLabel('New time').fill('21:00');
    await staff.getByRole('button', { name: 'Move', exact: true }).click();
    await staff.getByRole('button', { name: 'Move all the same' }).click();
    await staff
      .getByText(/Joseph D’Souza is moved to/)
      .first()
      .waitFor();
    expect(await startOf(second)).toBe(at(1, '21:00'));
  }, 120_000);

  async function drag(page: Page, what: ReturnType<Page['locator']>, down: number): Promise<void> {
    const box = await what.boundingBox();
    if (box === null) throw new Error('There is nothing to drag.');
    const [x, y] = [box.x + box.width / 2, box.y + 6];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + down / 2, { steps: 4 });
    await page.mouse.move(x, y + down, { steps: 4 });
    await page.mouse.up();
  }

  it('books for a patient who is found by name, and receives who comes', async () => {
    const clinic = await openClinic();
    const expected = await book(clinic, new Date(Date.now() - 600_000).toISOString(), clinic.patient2Id, {
      overrideHours: true,
      modality: 'in_person',
      locationId: clinic.locationId,
    });
    const staff = await come(clinic, 'staff');
    await staff.getByRole('link', { name: 'Calendar' }).click();
    await staff.getByRole('link', { name: 'Book for a patient' }).click();
    await staff.getByLabel('Name of the patient').fill('kamla');
    await staff.getByRole('link', { name: 'Book for Joseph D’Souza' }).waitFor({ state: 'detached' });
    await isFit(staff, 'for whom');
    await staff.getByRole('link', { name: 'Book for Kamala Iyer' }).click();
    await staff.getByText('You book for Kamala Iyer').waitFor();
    await staff.getByRole('link', { name: 'See free times of Dr Arjun Shah' }).click();
    await staff.getByRole('button', { name: 'Choose a time' }).click();
    const day = staff.locator('details').nth(1);
    await day.locator('summary').click();
    await day.getByRole('button').first().click();
    await staff.getByText('Kamala Iyer').first().waitFor();
    await staff.getByRole('button', { name: 'Book this visit' }).click();
    await staff.getByText('Your visit is booked').or(staff.getByText('The visit is booked')).waitFor();
    expect(await appointments(clinic)).toContainEqual(
      expect.objectContaining({ patientId: clinic.patientId, practitionerId: clinic.doctor2Id, status: 'booked' }),
    );

    await staff.goto(`${clinics.server.url}/calendar/arrivals?day=${dayOf(expected.startsAt)}`);
    await staff.getByRole('button', { name: 'Did not come: Joseph D’Souza' }).waitFor();
    await isFit(staff, 'arrivals');
    await staff.getByRole('button', { name: 'Has arrived: Joseph D’Souza' }).click();
    await until('the arrival is kept', async () =>
      (await appointments(clinic)).some(({ status }) => status === 'arrived'),
    );
    await staff.getByRole('button', { name: 'Took place: Joseph D’Souza' }).click();
    await until('it took place', async () => (await appointments(clinic)).some(({ status }) => status === 'fulfilled'));

    const { serviceId, patientId } = clinic;
    const wish = { serviceId, patientId, from: at(0, '00:00'), to: at(9, '00:00') };
    expect((await rest(clinic, 'staff', 'POST', '/appointments/waitlist', wish)).status).toBe(201);
    await staff.getByRole('link', { name: 'Waiting list' }).click();
    await staff.getByRole('button', { name: 'Take Kamala Iyer off the list' }).waitFor();
    await isFit(staff, 'the waiting list');
    await staff.getByRole('button', { name: 'Take Kamala Iyer off the list' }).click();
    await staff.getByText('Nobody waits').waitFor();
  }, 90_000);

  it('lets a doctor change the week, take leave though visits are booked, and see what patients are offered', async () => {
    const clinic = await openClinic();
    const inLeave = await book(clinic, at(3, '10:00'), clinic.patientId);
    const doctor = await come(clinic, 'doctor');
    await doctor.goto(`${clinics.server.url}/calendar/hours`);
    await doctor.getByRole('heading', { name: 'The usual week' }).waitFor();
    await doctor.getByRole('button', { name: 'Change Monday, 08:00 to 20:00' }).waitFor();
    await isFit(doctor, 'hours');
    await doctor.getByRole('button', { name: 'Change Monday, 08:00 to 20:00' }).click();
    await doctor.getByLabel('To', { exact: true }).fill('18:00');
    await isFit(doctor, 'a form of hours');
    await doctor.getByRole('button', { name: 'Save', exact: true }).click();
    await doctor.getByRole('button', { name: 'Change Monday, 08:00 to 18:00' }).waitFor();

    await doctor.getByRole('button', { name: 'Add leave' }).click();
    await doctor.getByLabel('First day').fill(dayOf(inLeave.startsAt));
    await doctor.getByRole('button', { name: 'Save', exact: true }).click();
    await doctor.getByRole('heading', { name: '1 booked visit lies in this time' }).waitFor();
    await isFit(doctor, 'the warning before leave');
    await doctor.getByRole('button', { name: 'Save all the same' }).click();
    await doctor.getByRole('button', { name: /Take back: Leave/ }).waitFor();
    const free = async () => {
      const query = new URLSearchParams({ practitionerId: clinic.doctorId, serviceId: clinic.serviceId });
      query.set('from', at(3, '00:00'));
      query.set('to', at(4, '00:00'));
      return ((await rest(clinic, 'patient', 'GET', `/slots?${query}`)).json as { items: unknown[] }).items.length;
    };
    expect(await free()).toBe(0);
    expect((await appointments(clinic)).map(({ status }) => status)).toEqual(['booked']);
    await doctor.getByRole('button', { name: /Take back: Leave/ }).click();
    await until('the day is offered again', async () => (await free()) > 0);
  }, 90_000);

  it('lets the clinic keep what patients read of it: a doctor, a service with its price, a place with its rooms', async () => {
    const clinic = await openClinic();
    const admin = await come(clinic, 'admin');
    await admin.goto(`${clinics.server.url}/calendar/doctors`);
    await admin.getByRole('button', { name: 'Change Dr Meera Rao' }).click();
    await admin.getByLabel('Languages').fill('en, HI');
    await admin.getByLabel('Specialties').fill('394579002 Cardiology');
    await admin.getByLabel('Registration number').fill('KMC-1');
    await isFit(admin, 'what a doctor tells');
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await admin.getByRole('cell', { name: 'Cardiology' }).waitFor();

    await admin.getByRole('link', { name: 'Services' }).click();
    await admin.getByRole('button', { name: 'Add a service' }).click();
    await admin.getByLabel('Name').fill('Diet education');
    await admin.getByLabel('Code', { exact: true }).fill('11816003');
    await admin.getByLabel('Price (0 for free)').fill('a lot');
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await admin.getByText('Please check this.').waitFor();
    await isFit(admin, 'a form of a service');
    await admin.getByLabel('Price (0 for free)').fill('800.50');
    await admin.getByLabel('Dr Meera Rao').check();
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await admin.getByRole('cell', { name: '₹800.50' }).waitFor();

    await admin.getByRole('link', { name: 'Places' }).click();
    await admin.getByRole('heading', { name: 'Main street' }).waitFor();
    await admin.getByLabel('Name of a new room of Main street').fill('Room 2');
    await admin.getByRole('button', { name: 'Add a room to Main street' }).click();
    await admin.getByText('Room 2').waitFor();
    await isFit(admin, 'places');
    const read = async (path: string) => (await rest(clinic, 'patient', 'GET', path)).json;
    expect(await read(`/directory/practitioners/${clinic.doctorId}`)).toMatchObject({
      languages: ['en', 'hi'],
      registrationNumber: 'KMC-1',
      specialties: [{ code: '394579002', display: 'Cardiology' }],
    });
    expect(await read('/catalog/services?name=diet')).toMatchObject({
      items: [{ name: 'Diet education', priceMinor: 80_050, practitionerIds: [clinic.doctorId] }],
    });
  }, 90_000);
});
