/**
 * Paying in a real browser: a patient pays where no money moves, after a failure; the desk sees it and gives a part back; and
 * where the clinic asks for payment first, the door opens the moment it is paid in Razorpay's window (a double of its script).
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Appointment } from '../../../src/scheduling/appointments/schema.ts';
import { type Bookable, makeBookable, timeAhead } from '../../support/bookable.ts';
import { chromiumMissing, chromiumPath, launchBrowser } from '../../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { isFit as isFitForAll } from '../../support/fit.ts';
import type { ServerProcess } from '../../support/process.ts';
import { type RazorpayServer, startRazorpay } from '../../support/razorpay.ts';
import { withCheckout } from '../../support/razorpay-checkout.ts';
import { call } from '../../support/serve-app.ts';
import { createTenant } from '../../support/tenant.ts';
import { until } from '../../support/until.ts';
import { arrive, goToWaitingRoom, readVisit, spawnForBrowsers, startFromQueue } from '../../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;
const names = { doctor: 'Dr Meera Rao', patient: 'Kamala Iyer' } as const;
const phone = { size: { width: 360, height: 740 } };

async function book({ url }: ServerProcess, clinic: Bookable, startsAt: Date): Promise<Appointment> {
  const { doctorId: practitionerId, serviceId } = clinic;
  const { json, status, text } = await call(`${url}/api/v1/appointments`, 'POST', {
    token: await clinic.token('patient'),
    body: { practitionerId, serviceId, modality: 'video', startsAt: startsAt.toISOString() },
  });
  if (status !== 201) throw new Error(`It was not booked: ${status} ${text}`);
  return json as Appointment;
}

/** Looked at in both schemes, at three widths, where somebody wants to see it. */
async function isFit(page: Page, what: string): Promise<void> {
  await isFitForAll(page, what);
  const folder = process.env['HOUSECALL_PORTRAITS'];
  if (folder !== undefined) await portray(page, `${folder}/pay-${what}`);
}

async function portray(page: Page, path: string): Promise<void> {
  const before = page.viewportSize();
  for (const [width, height] of [
    [360, 740],
    [768, 1_024],
    [1_440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${path}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  if (before) await page.setViewportSize(before);
}

suite(`paying${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let db: TestDatabase;
  let razorpay: RazorpayServer;
  let sandboxed: ServerProcess;
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    [db, razorpay] = await Promise.all([createTestDatabase(), startRazorpay()]);
    [sandboxed, server, browser] = await Promise.all([
      spawnForBrowsers(db),
      spawnForBrowsers(db, razorpay.env),
      launchBrowser(),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([sandboxed, server, razorpay].map((one) => one?.[Symbol.asyncDispose]()));
    await db?.[Symbol.asyncDispose]();
  });

  it('fails once, then pays; the desk gives a part back, and the patient sees all of it', async () => {
    const clinic = await makeBookable(await createTenant(db, { names }));
    const { id } = await book(sandboxed, clinic, timeAhead(new Date(), 3));
    const patient = await arrive(browser, sandboxed.url, clinic, 'patient', phone);
    const { page } = patient;
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto(`${sandboxed.url}/appointments/${id}`);
    await page.getByRole('heading', { name: 'Payment' }).waitFor();
    await isFit(page, 'appointment');
    await page.getByRole('link', { name: /^Pay .*500\.00/ }).click();
    await page.getByRole('button', { name: 'Let the payment fail' }).click();
    await page.getByText('The payment did not go through.').waitFor();
    await page.getByRole('button', { name: /^Pay .*500\.00/ }).click();
    await page.getByText('Your receipt has the number 1.').waitFor();
    await isFit(page, 'paid');

    const desk = await arrive(browser, sandboxed.url, clinic, 'admin');
    await desk.page.getByRole('link', { name: 'Payments', exact: true }).click();
    await desk.page.getByRole('link', { name: /^Payment of Kamala Iyer/ }).waitFor();
    await isFit(desk.page, 'books');
    await desk.page.getByRole('link', { name: /^Payment of Kamala Iyer/ }).click();
    await desk.page.getByText('Asked to pay').waitFor();
    await desk.page.getByRole('button', { name: 'Give money back' }).click();
    await desk.page.getByLabel('A part').check();
    await desk.page.getByLabel('How much (INR)').fill('600');
    await desk.page.getByLabel('Why').fill('The doctor was called away.');
    await desk.page.getByRole('button', { name: 'Give it back' }).click();
    await desk.page.getByText('Please enter an amount up to ₹500.00.').waitFor();
    await isFit(desk.page, 'refund');
    await desk.page.getByLabel('How much (INR)').fill('120.50');
    await desk.page.getByRole('button', { name: 'Give ₹120.50 back' }).click();
    await desk.page.getByText('The doctor was called away.').waitFor();
    await desk.page.getByText('Given back: ₹120.50.').waitFor();
    await isFit(desk.page, 'one');
    await desk.page.getByRole('link', { name: 'Daily comparison' }).click();
    await desk.page.getByRole('button', { name: 'Compare' }).click();
    await desk.page.getByText('Here and there are the same.').waitFor();
    await isFit(desk.page, 'days');

    await page.goto(`${sandboxed.url}/payments`);
    await page.getByText('Given back: ₹120.50.').waitFor();
    await isFit(page, 'own');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save receipt 1' }).click();
    expect((await saving).suggestedFilename()).toBe('receipt-1.pdf');
    expect([...patient.faults, ...desk.faults]).toEqual([]);
    await Promise.all([patient.context.close(), desk.context.close()]);
  }, 300_000);

  it('opens the door the moment it is paid in the provider’s window', async () => {
    const settings = { paymentBeforeJoin: true, earlyStartMinutes: 1_440 };
    const clinic = await makeBookable(await createTenant(db, { names, settings }));
    const { meetingId } = await book(server, clinic, timeAhead(new Date(), 0, 1));
    if (meetingId === null) throw new Error('It is no visit by video.');
    const [patient, doctor] = await Promise.all([
      arrive(browser, server.url, clinic, 'patient', phone),
      arrive(browser, server.url, clinic, 'doctor'),
    ]);
    const { page } = patient;
    await goToWaitingRoom(page);
    await page.getByText('This visit has to be paid before it can begin.').waitFor();
    await isFit(page, 'waiting');
    await startFromQueue(doctor.page, clinic.users.patient.displayName);
    await doctor.page.getByRole('heading', { name: 'Not paid yet' }).waitFor();
    await isFit(doctor.page, 'doctor');

    await withCheckout(page, razorpay, { failing: 1 });
    await page.getByRole('link', { name: 'Pay for your visit' }).click();
    const pay = page.getByRole('button', { name: /^Pay ₹500\.00/ });
    await pay.click();
    await page.getByText('The payment window could not be opened.').waitFor();
    await pay.click();
    await page.getByRole('button', { name: 'Be turned down' }).click();
    await page.getByRole('button', { name: 'Close the window' }).click();
    await page.getByText(/Nothing was taken\./).waitFor();
    await pay.click();
    await page.getByRole('button', { name: 'Pay in the window' }).click();
    await page.getByText('Paid. Thank you.').waitFor();
    await until('the doctor’s visit begins by itself', async () => {
      return (await readVisit(server.url, clinic, meetingId)).status === 'active';
    });
    await doctor.page.getByRole('heading', { name: 'Not paid yet' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Go to the waiting room' }).click();
    await page.getByRole('heading', { name: 'Check your camera and sound' }).waitFor();
    expect([...patient.faults, ...doctor.faults]).toEqual([]);
    await Promise.all([patient.context.close(), doctor.context.close()]);
  }, 300_000);
});
