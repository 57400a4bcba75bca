/** What a page says to a screen reader, by its live regions for everything that has no place of its own. */
import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Hears from now on, for as long as the document stays. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { housecallSaid: said });
    for (const urgency of ['polite', 'assertive']) {
      const region = document.querySelector(`.visually-hidden > [aria-live="${urgency}"]`);
      if (region === null) throw new Error(`There is no ${urgency} region.`);
      const observer = new MutationObserver(() => said.push(region.textContent));
      observer.observe(region, { childList: true, subtree: true, characterData: true });
    }
  });
}

/** Waits until something like that was said. */
export async function hears(page: Page, what: RegExp): Promise<void> {
  const said = () => page.evaluate(() => (globalThis as unknown as { housecallSaid: string[] }).housecallSaid);
  await until(`“${what.source}” is said`, async () => (await said()).some((text) => what.test(text)), 30_000);
}
