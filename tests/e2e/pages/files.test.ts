/** Files in a real browser: a patient sends, opens and deletes their own, a laboratory brings a result, the line breaks off. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chromiumMissing, chromiumPath, launchBrowser, type Person } from '../../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { isFit } from '../../support/fit.ts';
import { noisyJpeg, pdf, pdfWith, png } from '../../support/hostile-files.ts';
import type { ServerProcess } from '../../support/process.ts';
import { createTenant, type TestTenant } from '../../support/tenant.ts';
import { until } from '../../support/until.ts';
import { arrive, spawnForBrowsers } from '../../support/visit.ts';

/** Whether anything is drawn on it but white. Runs in the page. */
function hasInk(canvas: Element): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  return data.some((value, index) => index % 4 !== 3 && value < 128);
}

/** Drops or pastes a file on the page. Runs in the page. */
function bring({ how, name, base64 }: { how: 'drop' | 'paste'; name: string; base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type: 'application/pdf' }));
  const event =
    how === 'drop'
      ? new DragEvent('drop', { dataTransfer: data, cancelable: true })
      : new ClipboardEvent('paste', { clipboardData: data });
  window.dispatchEvent(event);
}

const suite = chromiumPath ? describe : describe.skip;
const names = { patient: 'Kamala Iyer', doctor: 'Dr Meera Rao', lab: 'City Laboratory' };

suite(`files in the browser${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  let clinic: TestTenant;
  beforeAll(async () => {
    db = await createTestDatabase();
    server = await spawnForBrowsers(db, { MEDIA_ENGINE: 'p2p' });
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    clinic = await createTenant(db, { names });
  });

  const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
  const chooser = (page: Page) => page.locator('input[type=file][multiple]');
  const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });
  const rows = () =>
    db.sql<{ name: string; deleted: boolean }>(
      'select file_name as name, deleted_at is not null as deleted from upload where tenant_id = $1 order by id',
      [clinic.id],
    );

  async function portrait(page: Page, name: string): Promise<void> {
    const folder = process.env['HOUSECALL_PORTRAITS'];
    if (folder === undefined) return;
    const before = page.viewportSize();
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${folder}/files-${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
    if (before) await page.setViewportSize(before);
  }

  async function atFiles(who: 'patient' | 'lab'): Promise<Person> {
    const person = await arrive(browser, server.url, clinic, who);
    // It is all that a laboratory has to do here: they are there already.
    if (who === 'patient') await person.page.getByRole('link', { name: 'Files', exact: true }).click();
    await says(person.page, 'Files, the newest first');
    return person;
  }

  it('several are sent in a row, each accepted or refused in plain words, opened, traced and deleted with second thoughts', async () => {
    const { page, context, faults } = await atFiles('patient');
    await says(page, 'There are no files yet');
    await portrait(page, 'empty');
    await chooser(page).setInputFiles([
      file('<img src=x onerror=alert(1)>.pdf', 'application/pdf', await pdf()),
      file('skin.png', 'image/png', await png({ width: 640, height: 480 })),
      file('form.pdf', 'application/pdf', pdfWith('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')),
      file('letter.docx', 'application/msword', Buffer.alloc(500)),
    ]);
    await says(page, 'There is a small program inside');
    await says(page, 'Only PDF, JPEG and PNG files are taken.');
    await page.getByRole('button', { name: 'Open skin.png' }).waitFor();
    // Its name is text, whatever stands in it.
    const nasty = '_img src=x onerror=alert(1)_.pdf';
    expect(await page.locator('img').count()).toBe(0);
    await isFit(page, 'the page with files');
    await portrait(page, 'list');

    await press(page, `Open ${nasty}`);
    const dialog = page.getByRole('dialog', { name: nasty });
    await dialog.getByText('Haemoglobin 13.5 g/dl').waitFor({ state: 'attached' });
    await dialog.getByText('Page 1 of 1').waitFor();
    expect(await dialog.locator('canvas').evaluate(hasInk)).toBe(true);
    await portrait(page, 'pdf');
    await dialog.getByText('Who has opened this file').click();
    await dialog.getByText('Kamala Iyer added it').waitFor();
    await dialog.getByText('Kamala Iyer opened it').waitFor();
    await isFit(page, 'an opened PDF');
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /^Save/ }).click();
    expect((await saved).suggestedFilename()).toContain('.pdf');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await press(page, 'Open skin.png');
    const picture = page.getByRole('img', { name: 'Picture: skin.png' });
    await until('the picture is drawn', async () =>
      picture.evaluate((image) => (image as HTMLImageElement).naturalWidth === 640),
    );
    await portrait(page, 'picture');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await press(page, 'Delete skin.png');
    await press(page, 'Keep skin.png');
    await page.getByRole('button', { name: 'Open skin.png' }).waitFor();
    await press(page, 'Delete skin.png');
    await says(page, 'skin.png will be deleted in a few seconds.');
    await portrait(page, 'undo');
    // Whoever goes on has made up their mind.
    await page.getByRole('link', { name: 'Your visits' }).click();
    await until('the picture is deleted', async () => (await rows()).some(({ deleted }) => deleted));
    expect(await rows()).toEqual([
      { name: nasty, deleted: false },
      { name: 'skin.png', deleted: true },
    ]);
    expect(faults).toEqual([]);
    await context.close();
  }, 90_000);

  it('what the line breaks off is sent again by itself and kept once, a large photo fits, and the same file is noticed', async () => {
    const { page, context } = await atFiles('patient');
    let tries = 0;
    await page.route('**/api/v1/uploads', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      tries += 1;
      // All of it arrives, and the answer is lost on the way back.
      if (tries > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    const photo = await noisyJpeg(2_400, 1_800, 100);
    expect(photo.length).toBeGreaterThan(5 * 1_048_576);
    await page.getByLabel('What is it?').selectOption('Photo');
    await chooser(page).setInputFiles(file('phone.jpg', 'image/jpeg', photo));
    await says(page, 'The connection was lost.');
    await press(page, 'Try now');
    await page.getByRole('button', { name: 'Open phone.jpg' }).waitFor();
    expect(await rows()).toEqual([{ name: 'phone.jpg', deleted: false }]);
    const bytes = await pdf();
    await page.evaluate(bring, { how: 'drop', name: 'a.pdf', base64: bytes.toString('base64') } as const);
    await page.getByRole('button', { name: 'Open a.pdf' }).waitFor();
    await page.evaluate(bring, { how: 'paste', name: 'b.pdf', base64: bytes.toString('base64') } as const);
    await says(page, 'You had sent the very same file before');
    await page.getByLabel('Show').selectOption('Laboratory report');
    await says(page, 'There are no files of this kind');
    await page.reload();
    await says(page, 'There are no files of this kind');
    await context.close();
  }, 90_000);

  it('a laboratory finds the patient, sends a result, and the patient opens it and sees who brought it', async () => {
    const lab = await atFiles('lab');
    await lab.page.getByRole('link', { name: 'Send a file about a patient' }).click();
    await lab.page.getByLabel('Name of the patient').fill('kamala');
    await portrait(lab.page, 'find');
    await lab.page.getByRole('link', { name: /Kamala Iyer/ }).click();
    await lab.page.getByRole('heading', { name: 'Files of Kamala Iyer' }).waitFor();
    await chooser(lab.page).setInputFiles(file('blood.pdf', 'application/pdf', await pdf()));
    await lab.page.getByRole('button', { name: 'Open blood.pdf' }).waitFor();
    await says(lab.page, 'Date of birth not known');
    await portrait(lab.page, 'lab');
    const patient = await atFiles('patient');
    await says(patient.page, /by the laboratory/);
    await press(patient.page, 'Open blood.pdf');
    await patient.page.getByText('Who has opened this file').click();
    await says(patient.page, 'City Laboratory added it');
    expect(await patient.page.getByRole('button', { name: 'Delete blood.pdf' }).count()).toBe(0);
    await patient.page.keyboard.press('Escape');

    // Signatures have changed since: what is held back says so, cannot be opened, and is let go by itself.
    const scanned = (status: string) =>
      db.sql(
        `update upload set status = $2::upload_status, scanned_at = now(), signatures = 'of today' where tenant_id = $1`,
        [clinic.id, status],
      );
    await scanned('quarantined');
    await patient.page.clock.install();
    await patient.page.reload();
    await says(patient.page, 'Nobody can open it.');
    expect(await patient.page.getByRole('button', { name: /blood\.pdf/ }).count()).toBe(0);
    await portrait(patient.page, 'held');
    await scanned('clean');
    await patient.page.clock.fastForward(11_000);
    await patient.page.getByRole('button', { name: 'Open blood.pdf' }).waitFor();
    await says(patient.page, 'Checked for viruses');
    expect([...lab.faults, ...patient.faults]).toEqual([]);
    await lab.context.close();
    await patient.context.close();
  }, 90_000);
});
