/** A third person in the consultation: three browsers, from the doctor's link to the timeline. Numbers as in signaling/SPEC.md. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { hears, listen } from '../support/announced.ts';
import {
  calmCamera,
  chromiumMissing,
  chromiumPath,
  inbound,
  launchBrowser,
  newPerson,
  type Person,
} from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { isFit } from '../support/fit.ts';
import type { ServerProcess } from '../support/process.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { arrive, goToWaitingRoom, planVisit, readVisit, spawnForBrowsers, startFromQueue } from '../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;

/** Axe is tried once: it finds the same whichever way media goes. */
const isWhole = (engine: string): boolean => engine === 'sfu';

/** Three browsers at once are much for a small machine. */
const patience = 30_000;

/** Pictures of two others are decoded, and go on being decoded. */
async function seesTwo(page: Page, whose: string): Promise<void> {
  const frames = async () =>
    (await inbound(page)).filter(({ kind, width }) => kind === 'video' && width > 0).map((one) => one.framesDecoded);
  await until(
    `${whose} page decodes the pictures of two others`,
    async () => {
      const before = await frames();
      if (before.length < 2) return false;
      const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);
      await until(`${whose} pictures move`, async () => sum(await frames()) > sum(before) + 10, patience, 100);
      return true;
    },
    patience,
    100,
  );
}

suite.each(['sfu', 'p2p'])(`a third person over %s${chromiumPath ? '' : ` (${chromiumMissing})`}`, (engine) => {
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  let people: Person[] = [];
  beforeAll(async () => {
    db = await createTestDatabase();
    [server, browser] = await Promise.all([
      spawnForBrowsers(db, { MEDIA_ENGINE: engine }),
      launchBrowser([calmCamera]),
    ]);
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

  async function consultation(): Promise<{ clinic: TestTenant; meetingId: string; doctor: Page; patient: Page }> {
    const clinic = await createTenant(db);
    const { id: meetingId } = await planVisit(server.url, clinic);
    const patient = await arrive(browser, server.url, clinic, 'patient');
    const doctor = await arrive(browser, server.url, clinic, 'doctor');
    people.push(patient, doctor);
    await goToWaitingRoom(patient.page);
    await startFromQueue(doctor.page, clinic.users.patient.displayName);
    return { clinic, meetingId, doctor: doctor.page, patient: patient.page };
  }

  async function makeLink(doctor: Page): Promise<string> {
    await doctor.getByRole('button', { name: 'Invite' }).click();
    const dialog = doctor.getByRole('dialog', { name: 'A third person' });
    await dialog.getByLabel('Who comes').selectOption('interpreter');
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const link = await dialog.locator('code').innerText();
    if (isWhole(engine)) await isFit(doctor, 'the dialog of guests');
    await dialog.getByRole('button', { name: 'Close' }).click();
    return link;
  }

  async function comeByLink(link: string, size = { width: 360, height: 740 }): Promise<Page> {
    const guest = await newPerson(browser, link, { size });
    people.push(guest);
    const { page } = guest;
    await page.getByRole('heading', { name: 'You are invited to a consultation' }).waitFor();
    expect(page.url()).not.toContain('token');
    await page.getByLabel('Your name').fill('Asha Menon');
    if (isWhole(engine)) await isFit(page, 'the invitation');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Ask to come in' }).click();
    await page.getByRole('heading', { name: 'The doctor knows that you are here' }).waitFor();
    if (isWhole(engine)) await isFit(page, 'the door');
    return page;
  }

  it('comes by a link, is let in, is seen by both, and is removed; its reload changes nothing of that', async () => {
    const { clinic, meetingId, doctor, patient } = await consultation();
    const link = await makeLink(doctor);
    for (const page of [doctor, patient]) await listen(page);
    const guest = await comeByLink(link);
    await hears(doctor, /Asha Menon, interpreter, waits to be let in\./);
    await doctor.getByRole('button', { name: 'Let Asha Menon in' }).press('Enter');
    await Promise.all([
      seesTwo(doctor, 'the doctor’s'),
      seesTwo(patient, 'the patient’s'),
      seesTwo(guest, 'the guest’s'),
    ]);
    await patient.getByText('Asha Menon, interpreter').first().waitFor();
    for (const page of [doctor, patient]) await hears(page, /Asha Menon is here\./);
    await guest.keyboard.press('m');
    await patient.locator('p', { hasText: 'Asha Menon, interpreter' }).getByText('Asha Menon is muted').waitFor();
    expect(await guest.content()).not.toContain(clinic.users.patient.displayName);
    expect(await guest.content()).not.toContain('Blood pressure');
    if (isWhole(engine)) await isFit(doctor, 'a call of three');

    await guest.reload();
    await Promise.all([seesTwo(guest, 'the guest’s'), seesTwo(patient, 'the patient’s')]);

    await doctor.getByRole('button', { name: 'Invite' }).click();
    await doctor.getByRole('button', { name: 'Remove Asha Menon' }).press('Enter');
    await guest.getByText('The doctor ended your part in the consultation.').waitFor();
    await doctor.getByText('was removed').waitFor();
    await until(
      'the patient sees the doctor alone',
      async () => (await patient.getByText('Asha Menon, interpreter').count()) === 0,
    );
    await hears(patient, /Asha Menon left the visit\./);
    expect((await readVisit(server.url, clinic, meetingId)).status).toBe('active');
  }, 180_000);
});
