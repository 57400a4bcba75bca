/** The network test before a visit, with a real Chromium and a real media server. */

import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumMissing, chromiumPath, launchBrowser } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { ServerProcess } from '../support/process.ts';
import { createTenant } from '../support/tenant.ts';
import { arrive, planVisit, spawnForBrowsers } from '../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;

suite(`the connection test${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    db = await createTestDatabase();
    [server, browser] = await Promise.all([spawnForBrowsers(db, { MEDIA_ENGINE: 'sfu' }), launchBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
  });

  it('tells in under 15 s, over the media server’s own port, what the line is good for', async () => {
    const clinic = await createTenant(db);
    await planVisit(server.url, clinic);
    const patient = await arrive(browser, server.url, clinic, 'patient');
    const { page } = patient;
    await page
      .getByRole('link', { name: /Go to the waiting room|Join now/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Your connection' }).waitFor();
    // Which of them is a matter of how busy this machine is.
    await page.getByText(/Your connection is (good|fair|poor)\./).waitFor();
    await page.getByText('The figures').click();
    expect(await page.getByText('direct (UDP)').isVisible()).toBe(true);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(patient.faults).toEqual([]);
  }, 90_000);
});
