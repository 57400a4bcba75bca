/** A patient pays for a visit, after a failure, and is offered the receipt; in a real browser, where no money moves. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Appointment } from '../../../src/scheduling/appointments/schema.ts';
import { makeBookable, timeAhead } from '../../support/bookable.ts';
import { chromiumMissing, chromiumPath, launchBrowser } from '../../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { ServerProcess } from '../../support/process.ts';
import { call } from '../../support/serve-app.ts';
import { createTenant } from '../../support/tenant.ts';
import { arrive, spawnForBrowsers } from '../../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;

suite(`paying${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    db = await createTestDatabase();
    server = await spawnForBrowsers(db);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
  });

  async function isFit(page: Page, what: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect({ what, colorScheme, found: violations.map(({ id }) => id) }).toEqual({ what, colorScheme, found: [] });
      const folder = process.env['HOUSECALL_PORTRAITS'];
      if (folder !== undefined)
        await page.screenshot({ path: `${folder}/pay-${what}-${colorScheme}.png`, fullPage: true });
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ what, overflow }).toEqual({ what, overflow: 0 });
  }

  it('fails once, then pays, and is offered the receipt', async () => {
    const clinic = await makeBookable(
      await createTenant(db, { names: { doctor: 'Dr Meera Rao', patient: 'Kamala Iyer' } }),
    );
    const { json } = await call(`${server.url}/api/v1/appointments`, 'POST', {
      token: await clinic.token('patient'),
      body: {
        practitionerId: clinic.doctorId,
        serviceId: clinic.serviceId,
        modality: 'video',
        startsAt: timeAhead(new Date(), 3).toISOString(),
      },
    });
    const person = await arrive(browser, server.url, clinic, 'patient', { size: { width: 360, height: 740 } });
    const { page } = person;
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto(`${server.url}/appointments/${(json as Appointment).id}`);
    await page.getByRole('link', { name: 'Payment and receipt' }).click();
    await page.getByRole('button', { name: /^Pay .*500\.00/ }).waitFor();
    await isFit(page, 'open');
    await page.getByRole('button', { name: 'Let the payment fail' }).click();
    await page.getByText('The payment did not go through.').waitFor();
    await isFit(page, 'failed');
    await page.getByRole('button', { name: /^Pay .*500\.00/ }).click();
    await page.getByText('Your receipt has the number 1.').waitFor();
    await isFit(page, 'paid');
    expect(await page.getByRole('button', { name: 'Save the receipt' }).isEnabled()).toBe(true);
    expect(person.faults).toEqual([]);
    await person.context.close();
  }, 120_000);
});
