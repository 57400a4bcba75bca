/** The waiting room as two patients, their doctor and the front desk meet it, in real browsers. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Meeting } from '../../signaling/protocol/index.ts';
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
import type { ServerProcess } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { createTenant, type TestPerson, type TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { arrive, goToWaitingRoom, spawnForBrowsers, startFromQueue } from '../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;
const phone = { width: 360, height: 740 };
const tablet = { width: 768, height: 1024 };
const desktop = { width: 1440, height: 900 };
/** `SHOTS=/tmp/x` keeps pictures of the pages for whoever wants to look at them. */
const shots = process.env['SHOTS'];

suite(`the waiting room${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  let people: Person[] = [];
  beforeAll(async () => {
    db = await createTestDatabase();
    [server, browser] = await Promise.all([spawnForBrowsers(db), launchBrowser([calmCamera])]);
    if (shots) mkdirSync(shots, { recursive: true });
  }, 180_000);
  afterEach(async () => {
    const faults = people.flatMap((person) => person.faults);
    await Promise.all(people.map((person) => person.context.close()));
    people = [];
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
  });

  const names = {
    doctor: 'Dr Meera Rao',
    doctor2: 'Dr Arjun Shah',
    patient: 'Kamala Iyer',
    patient2: 'Joseph D’Souza',
  };
  const waitingRoomText = { en: 'Please have your last blood test at hand.' };

  async function come(clinic: TestTenant, person: TestPerson, size: typeof phone): Promise<Page> {
    const someone = await arrive(browser, server.url, clinic, person, { size });
    people.push(someone);
    return someone.page;
  }

  async function plan(clinic: TestTenant, patientId: string, minutes: number): Promise<void> {
    const scheduledAt = new Date(Date.now() + minutes * 60_000).toISOString();
    const body = { doctorId: clinic.doctorId, patientId, scheduledAt, reason: 'Blood pressure' };
    const answer = await call(`${server.url}/api/v1/meetings`, 'POST', { token: await clinic.token('staff'), body });
    expect((answer.json as Meeting).status).toBe('scheduled');
  }

  async function look(page: Page, name: string): Promise<void> {
    await isFit(page, name);
    if (!shots) return;
    const own = page.viewportSize();
    for (const size of own?.width === desktop.width ? [desktop, tablet] : [phone, tablet]) {
      await page.setViewportSize(size);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: path.join(shots, `${name}-${size.width}-${colorScheme}.png`), fullPage: true });
      }
    }
    if (own) await page.setViewportSize(own);
  }

  it('shows place, words of the clinic and messages to two patients, and lets doctor and desk write, move and start', async () => {
    const clinic = await createTenant(db, { names, settings: { waitingRoomText } });
    await plan(clinic, clinic.patientId, -2);
    await plan(clinic, clinic.patient2Id, 5);
    const kamala = await come(clinic, 'patient', phone);
    await goToWaitingRoom(kamala);
    await placed(kamala, 'You are next.');
    const joseph = await come(clinic, 'patient2', phone);
    await goToWaitingRoom(joseph);
    await placed(joseph, 'You are number 2 in the line.');
    await joseph.getByText('We cannot say yet how long it will take.').waitFor();
    await joseph.getByText(waitingRoomText.en).waitFor();
    expect(await joseph.title()).toContain('Number 2 in the line');
    await joseph.getByRole('button', { name: 'Play a sound when it is my turn' }).click();
    await joseph.getByRole('button', { name: 'A sound will play when it is your turn' }).waitFor();

    const doctor = await come(clinic, 'doctor', desktop);
    await doctor.getByText('Camera and microphone work').first().waitFor();
    await doctor.getByRole('button', { name: 'Messages with Joseph D’Souza' }).click();
    await doctor.getByRole('button', { name: 'I am running late today. Thank you for waiting.' }).click();
    await joseph.getByText('I am running late today. Thank you for waiting.').waitFor();
    await doctor.getByText('Read', { exact: true }).waitFor();
    await joseph.getByLabel('Your message').fill('No problem, doctor.');
    await joseph.getByRole('button', { name: 'Send' }).click();
    await doctor.getByText('No problem, doctor.').waitFor();
    // The place and what was written are the server's: a reload loses neither.
    await joseph.reload();
    await goOnWaiting(joseph);
    await joseph.getByText('No problem, doctor.').waitFor();
    await placed(joseph, 'You are number 2 in the line.');
    await look(joseph, 'waiting-room');
    await look(doctor, 'desk');

    const desk = await come(clinic, 'staff', desktop);
    await desk.getByRole('button', { name: 'Sign out' }).waitFor();
    await desk.goto(`${server.url}/calendar/waiting-rooms`);
    await desk.getByRole('heading', { name: names.doctor }).waitFor();
    await desk.getByRole('button', { name: 'More for Joseph D’Souza' }).click();
    await desk.getByRole('button', { name: 'Change the place' }).click();
    await look(desk, 'waiting-rooms-move');
    await desk.getByLabel('Why?').fill('Has a fever');
    await desk.getByRole('button', { name: 'Move', exact: true }).click();
    await placed(joseph, 'You are next.');
    await placed(kamala, 'You are number 2 in the line.');
    await desk.getByRole('button', { name: 'Undo' }).click();
    await placed(kamala, 'You are next.');
    await look(desk, 'waiting-rooms');

    await startFromQueue(doctor, names.patient);
    await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(kamala, 'the patient’s')]);
    await joseph.getByText(`${names.doctor} is in another consultation.`).waitFor();
    await placed(joseph, 'You are next.');
    await desk.getByText(/In a consultation/).waitFor();
  }, 120_000);

  it('goes on with another doctor when the visit is handed over', async () => {
    const clinic = await createTenant(db, { names });
    await plan(clinic, clinic.patientId, -2);
    const kamala = await come(clinic, 'patient', phone);
    await goToWaitingRoom(kamala);
    await kamala.getByText(`${names.doctor} has not started yet.`, { exact: false }).waitFor();
    const doctor = await come(clinic, 'doctor', desktop);
    await doctor.getByRole('button', { name: 'More for Kamala Iyer' }).click();
    await doctor.getByRole('button', { name: 'Hand over' }).click();
    await doctor.getByLabel('To', { exact: true }).selectOption({ label: names.doctor2 });
    await doctor.getByLabel('Why?').fill('Called to an emergency');
    await look(doctor, 'hand-over');
    await doctor.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
    await doctor.getByText('Nobody is waiting', { exact: true }).waitFor();
    await kamala.getByText(`${names.doctor2} has not started yet.`, { exact: false }).waitFor();
    const doctor2 = await come(clinic, 'doctor2', desktop);
    await startFromQueue(doctor2, names.patient);
    await Promise.all([seesAndHears(doctor2, 'the other doctor’s'), seesAndHears(kamala, 'the patient’s')]);
  }, 90_000);
});

/** As it stands on the page; a screen reader is told the same words beside it. */
const placed = (page: Page, words: string) => page.locator('#main').getByText(words, { exact: true }).waitFor();

/** After a reload the device check may come first. */
async function goOnWaiting(page: Page): Promise<void> {
  const go = page.getByRole('button', { name: 'Go to the waiting room' });
  const heading = page.getByRole('heading', { name: 'Waiting room' });
  await until('the visit is there again', async () => (await go.isVisible()) || (await heading.isVisible()));
  if (await go.isVisible()) await go.click();
  await heading.waitFor();
}
