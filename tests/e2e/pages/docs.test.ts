/** The descriptions as people browse them: from this server alone, under the policy that it sends. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { calls, facts } from '../../../signaling/protocol/index.ts';
import { chromiumMissing, chromiumPath, launchBrowser } from '../../support/browser.ts';
import { type LiveServer, startLive } from '../../support/live.ts';

const suite = chromiumPath ? describe : describe.skip;

suite(`the descriptions in a browser${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let live: LiveServer;
  let browser: Browser;
  beforeAll(async () => {
    live = await startLive();
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await live?.[Symbol.asyncDispose]();
  });

  /** With everything that goes wrong while it is open. */
  async function open(path: string): Promise<{ page: Page; faults: string[] }> {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
      // Pictures inside the page itself are no requests to anybody.
      if (!response.url().startsWith('data:') && new URL(response.url()).origin !== live.url)
        faults.push(`from elsewhere: ${response.url()}`);
    });
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    await page.goto(`${live.url}${path}`);
    return { page, faults };
  }

  it('shows every part of the HTTP interface, its operations when it is opened, and the example of one that is opened', async () => {
    const { page, faults } = await open('/docs/');
    await page.locator('.opblock-tag').first().waitFor();
    const tags = new Set(live.server.routes.filter(({ access }) => !('internal' in access)).map(({ tag }) => tag));
    expect(await page.locator('.opblock-tag').count()).toBe(tags.size);
    await page.locator('.opblock-tag[data-tag="meetings"]').click();
    const ofMeetings = live.server.routes.filter(({ tag }) => tag === 'meetings').length;
    await page
      .locator('.opblock')
      .nth(ofMeetings - 1)
      .waitFor();
    expect(await page.locator('.opblock').count()).toBe(ofMeetings);
    await page.locator('#operations-meetings-postMeetings .opblock-summary-control').click();
    await page.locator('#operations-meetings-postMeetings').getByText('Idempotency-Key').first().waitFor();
    await page
      .locator('#operations-meetings-postMeetings')
      .getByText('Follow-up after the blood test')
      .first()
      .waitFor();
    expect(faults).toEqual([]);
    await page.close();
  }, 180_000);

  it('shows every call and fact of the socket protocol', async () => {
    const { page, faults } = await open('/docs/socket');
    const names = await page.locator('h3').allTextContents();
    expect(names.toSorted()).toEqual([...Object.keys(calls), ...Object.keys(facts)].toSorted());
    expect(faults).toEqual([]);
    await page.close();
  }, 180_000);
});
