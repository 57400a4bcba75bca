/** A patient finds a doctor, books, moves and calls off; somebody else is faster; nothing is free. In real browsers. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Appointment, WaitlistPage } from '../../../src/scheduling/appointments/schema.ts';
import { type Bookable, makeBookable } from '../../support/bookable.ts';
import { chromiumMissing, chromiumPath, launchBrowser, type Person } from '../../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { ServerProcess } from '../../support/process.ts';
import { call } from '../../support/serve-app.ts';
import { createTenant, type TestPerson } from '../../support/tenant.ts';
import { until } from '../../support/until.ts';
import { arrive, spawnForBrowsers } from '../../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;
const phone = { width: 360, height: 740 };

suite(`booking${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  let people: Person[] = [];
  beforeAll(async () => {
    db = await createTestDatabase();
    server = await spawnForBrowsers(db);
    browser = await launchBrowser();
  }, 60_000);
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

  const names = { doctor: 'Dr Meera Rao', doctor2: 'Dr Arjun Shah', patient: 'Kamala Iyer' };
  const openClinic = async () => makeBookable(await createTenant(db, { names }));

  async function come(clinic: Bookable, person: TestPerson): Promise<Page> {
    const someone = await arrive(browser, server.url, clinic, person, { size: phone });
    people.push(someone);
    await someone.page.getByRole('button', { name: 'Sign out' }).waitFor();
    return someone.page;
  }

  const rest = async (clinic: Bookable, person: TestPerson, method: string, path: string, body?: unknown) =>
    call(`${server.url}/api/v1${path}`, method, {
      token: await clinic.token(person),
      ...(body !== undefined && { body }),
    });
  const appointments = async (clinic: Bookable) =>
    ((await rest(clinic, 'admin', 'GET', '/appointments')).json as { items: Appointment[] }).items;

  /** In light and dark: no barrier that axe finds, and nothing to scroll sideways for. */
  async function isFit(page: Page, what: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.map(
        ({ id, nodes }) =>
          `${what} (${colorScheme}): ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
      );
      expect(found).toEqual([]);
      await portray(page, `${what}-${colorScheme}`);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ what, overflow }).toEqual({ what, overflow: 0 });
  }

  /** Kept for looking at, where somebody asked for it. */
  async function portray(page: Page, what: string): Promise<void> {
    const folder = process.env['HOUSECALL_PORTRAITS'];
    if (folder) await page.screenshot({ path: `${folder}/${what.replaceAll(' ', '-')}.png`, fullPage: true });
  }

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
    await patient.goto(`${server.url}/book/${clinic.doctorId}?service=${clinic.serviceId}&way=in_person`);
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
    await patient.goto(`${server.url}/book/${clinic.doctorId}?service=${clinic.serviceId}&way=video`);
    await patient.getByText(/Nothing is free until/).waitFor();
    await isFit(patient, 'nothing is free');
    await patient.getByRole('button', { name: 'Put me on the waiting list' }).click();
    await patient.getByText('You are on the waiting list. We write to you').waitFor();
    const wishes = async () =>
      ((await rest(clinic, 'staff', 'GET', '/appointments/waitlist')).json as WaitlistPage).items;
    expect(await wishes()).toMatchObject([{ patientId: clinic.patientId, state: 'waiting' }]);
    await patient.goto(`${server.url}/book`);
    await patient.getByRole('button', { name: /Take me off the list/ }).click();
    await until('the wish is taken back', async () => (await wishes()).every(({ state }) => state === 'left'));
    await patient.getByRole('heading', { name: 'You are on the waiting list' }).waitFor({ state: 'detached' });
  }, 60_000);
});
