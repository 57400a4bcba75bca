/** A patient finds a doctor, books, moves and calls off; somebody else is faster; nothing is free. In real browsers. */
import { describe, expect, it } from '@jest/globals';
import type { Appointment, WaitlistPage } from '../../../src/scheduling/appointments/schema.ts';
import { type Bookable, makeBookable } from '../../support/bookable.ts';
import { chromiumMissing, chromiumPath } from '../../support/browser.ts';
import { openBrowsing } from '../../support/browsing.ts';
import { isFit } from '../../support/fit.ts';
import { createTenant, type TestPerson } from '../../support/tenant.ts';
import { until } from '../../support/until.ts';

const suite = chromiumPath ? describe : describe.skip;
const phone = { width: 360, height: 740 };

suite(`booking${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  const clinics = openBrowsing();
  const { rest } = clinics;

  const names = { doctor: 'Dr Meera Rao', doctor2: 'Dr Arjun Shah', patient: 'Kamala Iyer' };
  const openClinic = async () => makeBookable(await createTenant(clinics.db, { names }));

  const come = (clinic: Bookable, person: TestPerson) => clinics.come(clinic, person, { size: phone });

  const appointments = async (clinic: Bookable) =>
    ((await rest(clinic, 'admin', 'GET', '/appointments')).json as { items: Appointment[] }).items;

  it('goes from a mistyped name to a booked video visit, is moved to another time, put into a calendar and called off', async () => {
    const clinic = await openClinic();
    const patient = await come(clinic, 'patient');
    await patient.getByRole('link', { name: 'Book a visit' }).first().click();
    await patient.getByRole('heading', { name: 'Find a doctor' }).waitFor();
    await patient.getByRole('searchbox', { name: 'Name' }).fill('Mera Rao');
    await patient.getByRole('heading', { name: 'Dr Arjun Shah' }).waitFor({ state: 'detached' });
    await isFit(patient, 'find a doctor');
    await patient.getByRole('link', { name: 'See free times of Dr Meera Rao' }).click();
    await patient.getByText('Step 1 of 3: What for').waitFor();
    await patient.getByLabel('Video visit').check();
    await isFit(patient, 'what for');
    await patient.getByRole('button', { name: 'Choose a time' }).click();
    const days = patient.locator('details');
    await days.nth(2).waitFor();
    await isFit(patient, 'when');
    await days.nth(2).locator('summary').click();
    await days.nth(2).getByRole('button').first().click();
    await patient.getByText('Step 3 of 3: Check and book').waitFor();
    await patient.getByLabel('What is the visit about?').fill('Headache since Monday');
    await isFit(patient, 'check and book');
    await patient.getByRole('button', { name: 'Book this visit' }).click();
    await patient.getByText('Your visit is booked').waitFor();
    await isFit(patient, 'the booked visit');
    const [booked] = await appointments(clinic);
    expect(booked).toMatchObject({ status: 'booked', modality: 'video', reason: 'Headache since Monday' });
    expect(booked?.meetingId).not.toBeNull();
    const download = patient.waitForEvent('download');
    await patient.getByRole('button', { name: 'Add to my calendar' }).click();
    expect((await download).suggestedFilename()).toBe('visit.ics');

    await patient.getByRole('link', { name: 'Move to another time' }).click();
    await days.nth(3).waitFor();
    await days.nth(3).locator('summary').click();
    await days.nth(3).getByRole('button').nth(1).click();
    await patient.getByRole('button', { name: /^Move to / }).click();
    await patient.getByText('Your visit is moved').waitFor();
    const [moved] = await appointments(clinic);
    expect(Date.parse(moved?.startsAt ?? '')).toBeGreaterThan(Date.parse(booked?.startsAt ?? ''));

    await patient.getByRole('button', { name: 'Cancel this visit' }).click();
    await patient.getByText('It begins in more than 2 hours').waitFor();
    await isFit(patient, 'the question before calling off');
    await patient.getByRole('button', { name: 'Cancel the visit' }).click();
    await patient.getByText('This visit was cancelled.').waitFor();
    expect((await appointments(clinic)).map(({ status, cancelledLate }) => ({ status, cancelledLate }))).toEqual([
      { status: 'cancelled', cancelledLate: false },
    ]);
  }, 120_000);

  it('says kindly that somebody was faster, offers the next times, and leads to the clinic on the day', async () => {
    const clinic = await openClinic();
    const patient = await come(clinic, 'patient');
    await patient.goto(`${clinics.server.url}/book/${clinic.doctorId}?service=${clinic.serviceId}&way=in_person`);
    const times = patient.locator('details').nth(1);
    await times.locator('summary').click();
    await times.getByRole('button').first().click();
    await patient.getByRole('button', { name: 'Book this visit' }).waitFor();
    const startsAt = new URL(patient.url()).searchParams.get('at');
    const faster = { practitionerId: clinic.doctorId, serviceId: clinic.serviceId, modality: 'in_person', startsAt };
    expect((await rest(clinic, 'patient2', 'POST', '/appointments', faster)).status).toBe(201);
    await patient.getByRole('button', { name: 'Book this visit' }).click();
    const notice = patient.getByRole('alert').filter({ hasText: 'Somebody was a little faster' });
    await notice.getByRole('button').first().waitFor();
    await isFit(patient, 'somebody was faster');
    await notice.getByRole('button').first().click();
    await patient.getByRole('button', { name: 'Book this visit' }).click();
    await patient.getByText('Your visit is booked').waitFor();
    await patient.getByRole('link', { name: 'Back to your visits' }).click();
    await patient.getByText('At the clinic: Main street').waitFor();
    await isFit(patient, 'the list of visits');
    const own = (await appointments(clinic)).find(({ patientId }) => patientId === clinic.patientId);
    expect(Date.parse(own?.startsAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startsAt ?? ''));
  }, 90_000);

  it('puts a patient on the waiting list when nothing is free, and takes them off again', async () => {
    const clinic = await openClinic();
    await clinic.db.run((tx) => tx.availabilityRule.deleteMany({ where: { practitionerId: clinic.doctorId } }));
    const patient = await come(clinic, 'patient');
    await patient.goto(`${clinics.server.url}/book/${clinic.doctorId}?service=${clinic.serviceId}&way=video`);
    await patient.getByText(/Nothing is free until/).waitFor();
    await isFit(patient, 'nothing is free');
    await patient.getByRole('button', { name: 'Put me on the waiting list' }).click();
    await patient.getByText('You are on the waiting list. We write to you').waitFor();
    const wishes = async () =>
      ((await rest(clinic, 'staff', 'GET', '/appointments/waitlist')).json as WaitlistPage).items;
    expect(await wishes()).toMatchObject([{ patientId: clinic.patientId, state: 'waiting' }]);
    await patient.goto(`${clinics.server.url}/book`);
    await patient.getByRole('button', { name: /Take me off the list/ }).click();
    await until('the wish is taken back', async () => (await wishes()).every(({ state }) => state === 'left'));
    await patient.getByRole('heading', { name: 'You are on the waiting list' }).waitFor({ state: 'detached' });
  }, 180_000);
});
