/** Every page as people find it: accessible (WCAG 2.2 AA), whole on a small phone, in light and dark, and by keyboard. */
import { describe, expect, it } from '@jest/globals';
import { chromiumMissing, chromiumPath, seesAndHears } from '../../support/browser.ts';
import { look, openBrowsing } from '../../support/browsing.ts';
import { isFit } from '../../support/fit.ts';
import { createTenant, type TestTenant, testPassword } from '../../support/tenant.ts';
import { goToWaitingRoom, planVisit, readVisit, startFromQueue } from '../../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;
const phone = { width: 360, height: 740 };

suite(`the pages${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  const clinics = openBrowsing();

  const come = (clinic: TestTenant, person: 'doctor' | 'patient' | 'admin', size?: typeof phone) =>
    clinics.come(clinic, person, size && { size });

  it('of the patient’s way are fit from the sign-in to the end, on a phone of 360 px', async () => {
    const clinic = await createTenant(clinics.db);
    const { id } = await planVisit(clinics.server.url, clinic);
    const patient = await come(clinic, 'patient', phone);
    await patient.getByRole('heading', { name: 'Your visits' }).waitFor();
    await isFit(patient, 'the list of visits');
    await goToWaitingRoom(patient);
    await patient.getByRole('heading', { name: 'Waiting room' }).waitFor();
    await isFit(patient, 'the waiting room');
    const doctor = await come(clinic, 'doctor', phone);
    await doctor.getByRole('heading', { name: 'Your desk' }).waitFor();
    await isFit(doctor, 'the desk');
    await startFromQueue(doctor, clinic.users.patient.displayName);
    await seesAndHears(patient, 'the patient’s');
    await isFit(patient, 'the call');
    await patient.getByRole('button', { name: 'Chat' }).click();
    await patient.getByLabel('Your message').fill('I can see you well.');
    await patient.getByRole('button', { name: 'Send' }).click();
    await doctor.getByRole('button', { name: /Chat/ }).click();
    await doctor.getByText('I can see you well.').first().waitFor();
    await isFit(patient, 'the call with the chat open');
    await patient.getByRole('button', { name: 'Close the chat' }).click();
    await doctor.getByRole('button', { name: 'Close the chat' }).click();
    await doctor.getByRole('button', { name: 'Finish visit' }).click();
    await isFit(doctor, 'the question before the end');
    await doctor.getByRole('button', { name: 'Finish the visit' }).click();
    await patient.getByRole('heading', { name: 'Your visit is over' }).waitFor();
    await isFit(patient, 'the end');
    expect((await readVisit(clinics.server.url, clinic, id)).status).toBe('ended');
  }, 120_000);

  it('speak the language that was chosen, from the sign-in to the waiting room, and still after a reload', async () => {
    const clinic = await createTenant(clinics.db);
    await planVisit(clinics.server.url, clinic);
    const patient = await clinics.open('/', { size: phone });
    await patient.getByLabel('Language').selectOption('हिन्दी');
    await patient.getByRole('heading', { name: 'साइन इन करें' }).waitFor();
    await patient.reload();
    await patient.getByRole('heading', { name: 'साइन इन करें' }).waitFor();
    expect(await patient.locator('html').getAttribute('lang')).toBe('hi');
    await isFit(patient, 'the sign-in in Hindi');
    await patient.getByLabel('ई-मेल').fill(clinic.users.patient.email);
    await patient.getByLabel('पासवर्ड', { exact: true }).fill(testPassword);
    await patient.getByRole('button', { name: 'साइन इन करें' }).click();
    await patient.getByRole('heading', { name: 'आपकी मुलाक़ातें' }).waitFor();
    await isFit(patient, 'the list of visits in Hindi');
    await look(patient, 'visits-hi');
    await patient.getByRole('link', { name: 'प्रतीक्षा कक्ष में जाएँ' }).first().click();
    await patient.getByRole('heading', { name: 'अपना कैमरा और आवाज़ जाँचें' }).waitFor();
    await patient.getByRole('button', { name: 'प्रतीक्षा कक्ष में जाएँ' }).click();
    await patient.getByRole('heading', { name: 'प्रतीक्षा कक्ष' }).waitFor();
    await isFit(patient, 'the waiting room in Hindi');
    await look(patient, 'waiting-hi');
  }, 90_000);

  it('of the history keep their filters in the address, and show one visit’s timeline', async () => {
    const clinic = await createTenant(clinics.db);
    await planVisit(clinics.server.url, clinic);
    const { id } = await planVisit(clinics.server.url, clinic);
    const admin = await come(clinic, 'admin');
    await admin.getByRole('heading', { name: 'Visits' }).first().waitFor();
    await admin.getByText('2 visits shown').waitFor();
    await isFit(admin, 'the history');
    await admin.getByLabel('State').first().selectOption('cancelled');
    await admin.getByText('No visit fits these filters').waitFor();
    expect(new URL(admin.url()).searchParams.get('status')).toBe('cancelled');
    await admin.reload();
    await admin.getByText('No visit fits these filters').waitFor();
    await admin.goto(`${clinics.server.url}/history/${id}`);
    await admin.getByRole('heading', { level: 1 }).waitFor();
    await isFit(admin, 'one visit');
    await admin.setViewportSize(phone);
    await isFit(admin, 'one visit on a phone');
    await admin.goto(`${clinics.server.url}/history`);
    await admin.getByText('2 visits shown').waitFor();
    await isFit(admin, 'the history on a phone');
  }, 90_000);

  it('open by keyboard alone: signing in and reaching the first visit', async () => {
    const clinic = await createTenant(clinics.db);
    await planVisit(clinics.server.url, clinic);
    const patient = await come(clinic, 'patient');
    const start = patient
      .getByRole('link', { name: 'Go to the waiting room' })
      .or(patient.getByRole('button', { name: 'Go to the waiting room' }))
      .first();
    await start.waitFor();
    for (let presses = 0; presses < 20; presses += 1) {
      await patient.keyboard.press('Tab');
      if (await start.evaluate((element) => element === document.activeElement)) break;
    }
    await patient.keyboard.press('Enter');
    await patient.getByRole('heading', { name: 'Check your camera and sound' }).waitFor();
    await isFit(patient, 'the device check');
  }, 180_000);
});
