/** Whether everybody can use a page: no barrier that axe finds, in light and dark, and nothing to scroll sideways for. */
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Axe {
  run(
    what: Document,
    options: { runOnly: readonly string[]; resultTypes: readonly string[] },
  ): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
}

/** What `AxeBuilder` puts into a page four times for each of its looks, and here once is enough: ours have no foreign frames. */
const { source } = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))('axe-core') as {
  source: string;
};

const phone = { width: 360, height: 740 };
const everything = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
/** All of axe's rules about what colours do; the others say the same in light and dark. */
const aboutColours = ['color-contrast', 'link-in-text-block'];

/** Throws with what is not fit. Leaves the page as it was. */
export async function isFit(page: Page, what: string): Promise<void> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const barriers = await barriersOf(page, colorScheme === 'light' ? everything : aboutColours);
    found.push(...barriers.map((barrier) => `${colorScheme}: ${barrier}`));
  }
  const before = page.viewportSize();
  await page.setViewportSize(phone);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) found.push(`at ${phone.width} px it is ${overflow} px too wide`);
  if (before) await page.setViewportSize(before);
  if (found.length > 0) throw new Error(`${what} is not fit for everybody:\n${found.join('\n')}`);
}

/** `runOnly` are names of rules, or tags that rules bear. */
async function barriersOf(page: Page, runOnly: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(document, { runOnly: only, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }, runOnly);
}
