/** Whether everybody can use a page: no barrier that axe finds, in light and dark, and nothing to scroll sideways for. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const phone = { width: 360, height: 740 };
const everything = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
/** All of axe's rules about what colours do; the others say the same in light and dark. */
const aboutColours = ['color-contrast', 'link-in-text-block'];

/** Throws with what is not fit. Leaves the page as it was. */
export async function isFit(page: Page, what: string): Promise<void> {
  const found: string[] = [];
  // Legacy is how axe calls it to look at the page where it is, not by way of a second one: ours have no foreign frames.
  const axe = () => new AxeBuilder({ page }).setLegacyMode();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const look = colorScheme === 'light' ? axe().withTags(everything) : axe().withRules(aboutColours);
    const { violations } = await look.analyze();
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
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
