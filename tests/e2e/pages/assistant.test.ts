/** The assistant in a real browser: a streamed answer, an emergency, what only a clinician may answer, a booking to confirm. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Meeting } from '../../../signaling/protocol/index.ts';
import { makeBookable, timeAhead } from '../../support/bookable.ts';
import { chromiumMissing, chromiumPath, launchBrowser } from '../../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { isFit } from '../../support/fit.ts';
import { type ModelServer, startModel } from '../../support/model-server.ts';
import type { ServerProcess } from '../../support/process.ts';
import { call } from '../../support/serve-app.ts';
import { SocketClient } from '../../support/socket-client.ts';
import { createTenant } from '../../support/tenant.ts';
import { arrive, planVisit, spawnForBrowsers } from '../../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;
const names = { patient: 'Kamala Iyer', doctor: 'Dr Meera Rao' };
const settings = { country: 'IN', emergencyNumber: '108' };
const chestPain = 'I have crushing chest pain and my left arm is numb';

suite(`the assistant in the browser${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let model: ModelServer;
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    [db, model] = await Promise.all([createTestDatabase(), startModel()]);
    server = await spawnForBrowsers(db, { ...model.env, MEDIA_ENGINE: 'p2p' });
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await model?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
  });

  const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  async function ask(page: Page, message: string): Promise<void> {
    await page.getByLabel('Your message').fill(message);
    // There once the answer before it is whole.
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await page.getByLabel('Your message').press('Enter');
  }

  /** `HOUSECALL_PORTRAITS=/tmp/x` keeps pictures for whoever wants to look at them. */
  async function portrait(page: Page, name: string): Promise<void> {
    const folder = process.env['HOUSECALL_PORTRAITS'];
    if (folder === undefined) return;
    const before = page.viewportSize();
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${folder}/assistant-${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
    if (before) await page.setViewportSize(before);
  }

  async function look(page: Page, name: string): Promise<void> {
    await isFit(page, name);
    await portrait(page, name);
  }

  it('answers as it comes, is stopped and asked again, books what is confirmed, and shows an emergency before all else', async () => {
    const clinic = await makeBookable(await createTenant(db, { names, settings }));
    const { page, faults } = await arrive(browser, server.url, clinic, 'patient');
    await page.getByRole('link', { name: 'Assistant', exact: true }).click();
    await says(page, 'What would you like to know?');
    await portrait(page, 'beginning');

    // Held back sentence by sentence, so a long one: what is there can be read while the rest is not.
    model.next({ hangAfter: ['The clinic is in Main street, near the mill. '.repeat(12)] });
    await press(page, 'Where is the clinic?');
    await says(page, /near the mill/);
    await press(page, 'Stop');
    await says(page, 'You stopped the answer.');
    model.next({
      say: [
        'We are in **Main street**.\n\n- Bus 12\n- Tram 3\n\n![x](https://evil.example/p.png) [Press](https://evil.example)',
      ],
    });
    await press(page, 'Ask again');
    await page.getByRole('listitem').filter({ hasText: 'Tram 3' }).first().waitFor();
    expect(await page.locator('main img, main a[href*="evil"]').count()).toBe(0);

    const startsAt = timeAhead(new Date(), 3).toISOString();
    const input = { practitionerId: clinic.doctorId, serviceId: clinic.serviceId, startsAt, modality: 'video' };
    model.next({ say: [], use: [{ name: 'propose_booking', input }] }, { say: ['Please look at it and confirm it.'] });
    await ask(page, 'That one, please');
    await says(page, 'Shall we book this?');
    await look(page, 'booking');
    await press(page, 'Book it');
    await says(page, 'Booked.');

    await ask(page, 'Please prescribe me an antibiotic');
    await page.getByRole('main').getByRole('link', { name: 'Book a visit' }).waitFor();
    await ask(page, chestPain);
    await says(page, 'Call 108 now');
    expect(await page.getByRole('link', { name: 'Call 108' }).last().getAttribute('href')).toBe('tel:108');
    await look(page, 'emergency');

    await page.getByRole('link', { name: 'All conversations' }).click();
    await page.getByRole('link', { name: 'Where is the clinic?' }).click();
    await says(page, 'Call 108 now');
    await says(page, 'Booked.');
    await press(page, 'Delete this conversation');
    await press(page, 'Delete');
    await says(page, 'No conversations yet');
    await portrait(page, 'none');
    expect(faults).toEqual([]);

    const { page: admin, faults: adminFaults } = await arrive(browser, server.url, clinic, 'admin');
    await admin.waitForURL(({ pathname }) => !pathname.startsWith('/sign-in'));
    await admin.goto(`${server.url}/admin/exchanges`);
    await admin.getByRole('heading', { name: 'What the assistant was asked' }).waitFor();
    await admin.getByRole('article').filter({ hasText: 'chest pain' }).first().waitFor();
    await look(admin, 'record');
    await admin.getByLabel('Came to').selectOption('disclaimer');
    await admin.getByRole('article').filter({ hasText: 'chest pain' }).first().waitFor({ state: 'hidden' });
    await admin.getByRole('article').filter({ hasText: 'antibiotic' }).waitFor();
    await admin.getByLabel('Came to').selectOption('failed');
    await admin.getByLabel('Asked as').selectOption('lab');
    await says(admin, 'No exchange fits these filters');
    await look(admin, 'record-none');
    expect(adminFaults).toEqual([]);
  }, 120_000);

  it('tells the doctor at once when somebody who waits wrote of an emergency, and says kindly when there is no model', async () => {
    const clinic = await createTenant(db, { names, settings });
    const meeting: Meeting = await planVisit(server.url, clinic);
    const token = await clinic.token('patient');
    await using patient = await SocketClient.connect(server.url, token);
    await patient.call('meeting:wait', { meetingId: meeting.id });
    const { page, faults } = await arrive(browser, server.url, clinic, 'doctor');
    await page.getByRole('link', { name: 'Kamala Iyer' }).first().waitFor();
    await call(`${server.url}/api/v1/chat`, 'POST', { token, body: { message: chestPain } });
    await page.getByRole('alert').filter({ hasText: 'chest pain' }).waitFor();
    await look(page, 'alarm');

    await page.route('**/api/v1/chat/state', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as object), isConfigured: false } });
    });
    await page.getByRole('link', { name: 'Assistant', exact: true }).click();
    await says(page, 'This clinic has no assistant yet');
    await portrait(page, 'not-configured');
    expect(faults).toEqual([]);
  }, 180_000);
});
