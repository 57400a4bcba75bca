/** The network test before a visit, with a real Chromium: over a real media server, and over a real relay where there is none. */

import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { chromiumMissing, chromiumPath, launchBrowser, type Person } from '../support/browser.ts';
import { coturnMissing, mayRunCoturn, startCoturn } from '../support/coturn.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant } from '../support/tenant.ts';
import { arrive, planVisit, spawnForBrowsers } from '../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;
const relayed = mayRunCoturn ? describe : describe.skip;

suite(`the connection test${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  const stack = new AsyncDisposableStack();
  let db: TestDatabase;
  let browser: Browser;
  let overServer: Person;
  let overRelay: Person | undefined;
  beforeAll(async () => {
    db = stack.use(await createTestDatabase());
    browser = await launchBrowser();
    stack.defer(() => browser.close());
    // Both at the same time: a test takes nine seconds, whatever it finds.
    [overServer, overRelay] = await Promise.all([
      comeToTest({ MEDIA_ENGINE: 'sfu' }),
      mayRunCoturn ? comeOverRelay() : undefined,
    ]);
  }, 180_000);
  afterAll(() => stack.disposeAsync());

  async function comeToTest(env: Record<string, string>): Promise<Person> {
    const { url } = stack.use(await spawnForBrowsers(db, env));
    const clinic = await createTenant(db);
    await planVisit(url, clinic);
    const patient = await arrive(browser, url, clinic, 'patient');
    await patient.page
      .getByRole('link', { name: /Go to the waiting room|Join now/ })
      .first()
      .click();
    await patient.page.getByRole('heading', { name: 'Your connection' }).waitFor();
    return patient;
  }

  async function comeOverRelay(): Promise<Person> {
    const { udpUrl, secret } = stack.use(await startCoturn());
    return comeToTest({ MEDIA_ENGINE: 'p2p', TURN_URLS: udpUrl, TURN_SECRET: secret });
  }

  /** What is wrong with what they are told. Which verdict is a matter of how busy this machine is, and so is whether one test is enough. */
  async function faultsOf(person: Person | undefined, way: string): Promise<unknown[]> {
    if (!person) throw new Error('Nobody came.');
    const { page, faults } = person;
    const verdict = page.getByText(/Your connection is (good|fair|poor)\./);
    const again = page.getByRole('button', { name: 'Test again' });
    for (let tests = 1; tests < 4 && !(await verdict.isVisible()); tests += 1) {
      await verdict.or(again).first().waitFor();
      if (!(await verdict.isVisible())) await again.click();
    }
    await verdict.waitFor();
    await page.getByText('The figures').click();
    await page.getByText(way).waitFor();
    return [...(await new AxeBuilder({ page }).analyze()).violations, ...faults];
  }

  it('tells in under 15 s, over the media server’s own port, what the line is good for', async () => {
    expect(await faultsOf(overServer, 'direct (UDP)')).toEqual([]);
  }, 90_000);

  relayed(`where browsers talk to each other${mayRunCoturn ? '' : ` (${coturnMissing})`}`, () => {
    it('sends through the relay and back', async () => {
      expect(await faultsOf(overRelay, 'through a relay (TURN)')).toEqual([]);
    }, 90_000);
  });
});
