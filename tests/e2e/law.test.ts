/** India's rules, and what comes after a visit, as two people meet them in two browsers. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  calmCamera,
  chromiumMissing,
  chromiumPath,
  launchBrowser,
  type Person,
  seesAndHears,
} from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { isFit } from '../support/fit.ts';
import { png } from '../support/hostile-files.ts';
import type { ServerProcess } from '../support/process.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { arrive, goToWaitingRoom, planVisit, spawnForBrowsers, startFromQueue } from '../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;

/** Runs in the page: nothing of it is beyond the window's edges. */
function isWhole(element: Element): boolean {
  const { left, right } = element.getBoundingClientRect();
  return left >= 0 && right <= document.documentElement.clientWidth;
}

suite(`a visit under India’s guidelines${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  let clinic: TestTenant;
  let patient: Person;
  let doctor: Person;
  beforeAll(async () => {
    db = await createTestDatabase();
    server = await spawnForBrowsers(db, { MEDIA_ENGINE: 'p2p' });
    browser = await launchBrowser([calmCamera]);
    clinic = await createTenant(db, { settings: { country: 'IN', emergencyNumber: '108' } });
    await db.sql(`update practitioner set qualification = 'MBBS, MD', registration_number = 'MMC-1' where id = $1`, [
      clinic.doctorId,
    ]);
    await db.sql(`update patient set birth_date = '1990-05-17', language = 'hi' where id = $1`, [clinic.patientId]);
    await planVisit(server.url, clinic);
    patient = await arrive(browser, server.url, clinic, 'patient');
    doctor = await arrive(browser, server.url, clinic, 'doctor');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
  });

  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
  const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

  it('asks the patient in their language, and opens for the doctor who is at the door as soon as they agree', async () => {
    await goToWaitingRoom(patient.page);
    await patient.page.getByRole('heading', { name: 'क्या आप वीडियो से परामर्श लेने के लिए सहमत हैं?' }).waitFor();
    await says(patient.page, 'MMC-1');
    await says(patient.page, 'call 108');
    await patient.page.getByText('Español').click();
    await patient.page.getByRole('heading', { name: '¿Acepta ser atendido por vídeo?' }).waitFor();
    await isFit(patient.page, 'the waiting room with the question');
    await startFromQueue(doctor.page, clinic.users.patient.displayName);
    await doctor.page.getByRole('heading', { name: /has not agreed yet/ }).waitFor();
    await isFit(doctor.page, 'the door that is shut');
    await press(patient.page, 'Sí, acepto');
    await Promise.all([seesAndHears(doctor.page, 'the doctor’s'), seesAndHears(patient.page, 'the patient’s')]);
  }, 90_000);

  it('lets the doctor make sure with one press, and has registration and emergency number at hand', async () => {
    for (const { page } of [doctor, patient]) await page.getByText('About this visit').click();
    await says(doctor.page, /years old, born/);
    await says(doctor.page, 'agreed to a video visit');
    await says(patient.page, 'Registration number MMC-1');
    await says(patient.page, 'call 108');
    for (const { page } of [doctor, patient])
      expect(await page.locator('details[open] > div').evaluate(isWhole)).toBe(true);
    await press(doctor.page, 'I am sure who this is');
    await says(doctor.page, /You made sure at/);
    await doctor.page.getByText('What may be prescribed at a distance').click();
    await says(doctor.page, /Schedule X/);
    await isFit(patient.page, 'the call with what is to be known of it');
    for (const { page } of [doctor, patient]) await page.getByText('About this visit').click();
  }, 90_000);

  it('lets either side share a file, which the other hears of, sees in the chat and opens', async () => {
    await press(patient.page, 'Chat');
    await press(patient.page, 'Share a file');
    const panel = patient.page.getByRole('region', { name: 'Share a file in this visit' });
    await panel
      .locator('input[type=file][multiple]')
      .setInputFiles({ name: 'rash.png', mimeType: 'image/png', buffer: await png({ width: 320, height: 240 }) });
    await panel.getByText('Shared', { exact: true }).waitFor();
    await isFit(patient.page, 'the call while a file is shared');
    await patient.page.keyboard.press('Escape');
    await patient.page.getByRole('log').getByText('rash.png').waitFor();
    await doctor.page.getByText('shared a file. It is in the chat.').first().waitFor({ state: 'attached' });
    await press(doctor.page, /^Chat/);
    await press(doctor.page, 'Open rash.png');
    const picture = doctor.page.getByRole('img', { name: 'Picture: rash.png' });
    await until('the doctor sees the picture', () =>
      picture.evaluate((image) => (image as HTMLImageElement).naturalWidth === 320),
    );
    await doctor.page.keyboard.press('Escape');
    // What is said stands beside what is shared, in the order in which it came.
    await doctor.page.getByLabel('Your message').fill('I see it.');
    await press(doctor.page, 'Send');
    await says(patient.page, 'I see it.');
    const lines = await patient.page.getByRole('log').getByRole('listitem').allTextContents();
    expect(lines.map((line) => /rash\.png|I see it\./.exec(line)?.[0])).toEqual(['rash.png', 'I see it.']);
    for (const { page } of [doctor, patient]) await press(page, 'Close the chat');
  }, 180_000);

  it('leaves the patient a rating and the doctor a note that saves itself and is signed', async () => {
    await press(doctor.page, /^(End|Finish) visit$/);
    await press(doctor.page, /^(End|Finish) the visit$/);
    await patient.page.getByRole('heading', { name: 'How was your visit?' }).waitFor();
    await says(patient.page, 'Files shared in this visit');
    for (const { page } of [patient, doctor]) await says(page, /^\S.* to .+\. It lasted /);
    await isFit(patient.page, 'the page after the visit');
    await press(patient.page, 'Send');
    await says(patient.page, 'Choose one to five stars first.');
    await patient.page.getByRole('radio', { name: '4 stars of 5' }).check();
    await patient.page.getByLabel(/In a few words/).fill('Kind.');
    await press(patient.page, 'Send');
    await says(patient.page, /You can change this until/);
    const note = doctor.page.getByLabel('Note of this visit');
    await note.fill('Rest and fluids.');
    await says(doctor.page, /Saved at/);
    await isFit(doctor.page, 'the panel after the visit');
    await press(doctor.page, /^Sign$/);
    await press(doctor.page, 'Sign it');
    await says(doctor.page, /Signed on/);
    const kept = await db.sql(`select stars, words from visit_rating where tenant_id = $1`, [clinic.id]);
    expect(kept).toEqual([{ stars: 4, words: 'Kind.' }]);
    const notes = await db.sql(`select text, signed_at is not null as signed from visit_note where tenant_id = $1`, [
      clinic.id,
    ]);
    expect(notes).toEqual([{ text: 'Rest and fluids.', signed: true }]);
    expect([...doctor.faults, ...patient.faults]).toEqual([]);
  }, 90_000);
});
