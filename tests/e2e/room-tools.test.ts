/** The room as people use it beside talking: by keyboard alone, with a screen beside the camera, lines that wait for the network. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { hears, listen } from '../support/announced.ts';
import { chromiumMissing, chromiumPath, inbound, seesAndHears } from '../support/browser.ts';
import { denyDevices } from '../support/fake-denial.ts';
import { fakeScreenShare } from '../support/fake-screen.ts';
import { isFit } from '../support/fit.ts';
import { createTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { planVisit, readVisit } from '../support/visit.ts';
import { openVisiting } from '../support/visiting.ts';

const suite = chromiumPath ? describe : describe.skip;
/** `SHOTS=folder` keeps pictures of the states, to be looked at. */
const shots = process.env['SHOTS'];

async function look(page: Page, name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  for (const [width, height] of [
    [360, 740],
    [768, 900],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(shots, `${name}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** What has the focus, as a screen reader would call it; empty when it is lost. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    return element.getAttribute('aria-label') ?? element.textContent ?? element.tagName;
  });

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(
  page: Page,
  name: RegExp,
  role: 'button' | 'link' | 'textbox' | 'checkbox' | 'radio' = 'button',
): Promise<void> {
  const target = page.getByRole(role, { name }).first();
  await target.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Sixty presses of Tab do not reach ${String(name)}; the focus is on “${await focused(page)}”.`);
}

async function pressOn(page: Page, name: RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  await tabTo(page, name, role);
  await page.keyboard.press('Enter');
}

/** What a script of the clinic's own does: hears the other one's sound, and says what it understands of it. */
function giveCaptions(): void {
  type Hear = (caption: { text: string; isFinal: boolean }) => void;
  const open = (stream: MediaStream, hear: Hear) => {
    const tracks = stream.getAudioTracks().filter(({ readyState }) => readyState === 'live').length;
    Object.assign(window, { say: (text: string, isFinal: boolean) => hear({ text: `${text} (${tracks})`, isFinal }) });
    return () => Object.assign(window, { say: null });
  };
  window.dispatchEvent(new CustomEvent('housecall:captions', { detail: { open } }));
}

async function readsCaptions(page: Page): Promise<void> {
  const say = (text: string, isFinal: boolean) =>
    page.evaluate(([words, last]) => (window as never as { say(...x: unknown[]): void }).say(words, last), [
      text,
      isFinal,
    ] as const);
  const listens = () => page.evaluate(() => typeof (window as never as { say: unknown }).say === 'function');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  expect(await page.getByRole('button', { name: /captions/ }).count()).toBe(0);
  await page.evaluate(giveCaptions);
  await page.getByRole('button', { name: 'Hide captions' }).waitFor();
  await until('the source hears the other one', listens, 30_000);
  await say('My head', false);
  await page.getByText('My head (1)').waitFor();
  await say('My head hurts.', true);
  await page.getByText('My head hurts. (1)').waitFor();
  await page.keyboard.press('Escape');
  await isFit(page, 'a call with captions');
  await look(page, 'captions');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Hide captions' }).click();
  await page.getByText('My head hurts.').waitFor({ state: 'detached' });
  await until('nobody listens any more', async () => !(await listens()), 30_000);
}

suite.each(['sfu', 'p2p'])(`the room over %s${chromiumPath ? '' : ` (${chromiumMissing})`}`, (engine) => {
  const rooms = openVisiting(engine);
  const { pages } = rooms;
  const visit = () => rooms.commonVisit({ prepare: (page) => page.evaluate(fakeScreenShare) });

  it('[MD10] shows a shared screen beside the camera, and takes it away for both when it stops', async () => {
    const { clinic, doctor, patient } = await visit();
    const name = clinic.users.doctor.displayName;
    await doctor.keyboard.press('s');
    await doctor.getByText('You are sharing your screen').waitFor();
    await patient.getByLabel(`Screen of ${name}`).waitFor();
    // Chromium's fake camera has 640 by 480; the screen is wider than that.
    await until(
      'camera and screen both arrive',
      async () => {
        const widths = (await inbound(patient)).map(({ width }) => width);
        return widths.some((width) => width > 700) && widths.some((width) => width > 0 && width <= 640);
      },
      40_000,
      100,
    );
    await isFit(patient, 'a call with a shared screen');
    await look(patient, `${engine}-screen-patient`);
    await look(doctor, `${engine}-screen-doctor`);
    await doctor.getByRole('button', { name: 'Stop sharing' }).first().click();
    await patient.getByLabel(`Screen of ${name}`).waitFor({ state: 'detached' });
    await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);
  }, 120_000);

  if (engine === 'p2p') return;

  it('[MD13] brings no larger picture than is shown', async () => {
    const { doctor } = await visit();
    const comesWith = (lines: number) =>
      until(`the picture comes with ${lines} lines`, async () =>
        (await inbound(doctor)).some(({ kind, height }) => kind === 'video' && height === lines),
      );
    await comesWith(480);
    await doctor.setViewportSize({ width: 300, height: 500 });
    await comesWith(240);
    await doctor.setViewportSize({ width: 1280, height: 800 });
    await comesWith(480);
  }, 120_000);

  it('goes on in a small window over other programs, with the picture, the mute button and the way back', async () => {
    const { clinic, doctor, patient } = await visit();
    const opening = doctor.context().waitForEvent('page');
    await doctor.keyboard.press('p');
    const small = await opening;
    await until('the small window shows the picture', () =>
      small.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth > 0 && !video.paused),
    );
    await small.getByRole('button', { name: 'Mute' }).click();
    await patient.getByText(`${clinic.users.doctor.displayName} is muted`).first().waitFor();
    await small.getByRole('button', { name: 'Back to the visit' }).click();
    await until('the small window is closed', async () => small.isClosed());
    await doctor.getByRole('button', { name: 'Unmute' }).click();
    await readsCaptions(doctor);
    await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);
  }, 120_000);

  it('is used by keyboard alone from the sign-in to the end, and the focus is never lost', async () => {
    const clinic = await createTenant(pages.db);
    const { id } = await planVisit(pages.server.url, clinic);
    const patient = await rooms.come(clinic, 'patient');
    await pressOn(patient, /Go to the waiting room/, 'link');
    await patient.getByRole('heading', { name: 'Check your camera and sound' }).waitFor();
    await pressOn(patient, /^Go to the waiting room$/);
    await patient.getByRole('heading', { name: 'Waiting room' }).waitFor();
    await listen(patient);
    const doctor = await rooms.come(clinic, 'doctor');
    await listen(doctor);
    await pressOn(doctor, new RegExp(`Start visit: ${clinic.users.patient.displayName}`), 'link');
    await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);
    expect(await focused(doctor)).not.toBe('');
    const { doctor: ofDoctor, patient: ofPatient } = clinic.users;
    await hears(patient, /Your visit has started\./);
    await hears(doctor, new RegExp(`${ofPatient.displayName} is here\\.`));

    await doctor.keyboard.press('m');
    await patient.getByText(`${ofDoctor.displayName} is muted`).first().waitFor();
    await hears(patient, new RegExp(`${ofDoctor.displayName} is muted\\.`));
    await doctor.keyboard.press('m');

    await pressOn(doctor, /^Chat$/);
    await tabTo(doctor, /Your message/, 'textbox');
    await doctor.keyboard.type('How much do you smoke?');
    await doctor.keyboard.press('Enter');
    await patient.getByRole('button', { name: /1 new/ }).waitFor();
    await hears(patient, /New message from/);
    await doctor.keyboard.press('Escape');
    expect(await focused(doctor)).toContain('Chat');

    await pressOn(doctor, /^More$/);
    await pressOn(doctor, /Keyboard shortcuts/);
    await doctor.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await isFit(doctor, 'the list of shortcuts');
    await look(doctor, 'shortcuts');
    await doctor.keyboard.press('Escape');
    expect(await focused(doctor)).toContain('More');

    await pressOn(doctor, /^More$/);
    await look(doctor, 'more');
    await pressOn(doctor, /Camera and sound/);
    await doctor.getByRole('heading', { name: 'Camera and sound' }).waitFor();
    await isFit(doctor, 'the devices');
    await look(doctor, 'devices');
    await tabTo(doctor, /Send the whole sound/, 'checkbox');
    await doctor.keyboard.press('Space');
    await pressOn(doctor, /^Close$/);
    expect(await focused(doctor)).toContain('More');
    await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);

    // Leaving says what it does, and what to choose instead; only the doctor finishes.
    await doctor.keyboard.press('l');
    await doctor.getByText('Your clinic keeps no place for the doctor.').waitFor();
    await isFit(doctor, 'the question before leaving');
    await look(doctor, 'leave');
    await doctor.keyboard.press('Escape');
    expect(await focused(doctor)).toContain('More');
    expect(await patient.getByRole('button', { name: /finish/i }).count()).toBe(0);
    await pressOn(patient, /^Leave$/);
    await patient.getByRole('heading', { name: 'You left the visit' }).waitFor();
    await hears(doctor, new RegExp(`${ofPatient.displayName} dropped out\\. The place is kept until`));
    await pressOn(patient, /Go back into the visit/);
    await seesAndHears(patient, 'the patient’s');
    await hears(doctor, new RegExp(`${ofPatient.displayName} is back\\.`));

    await doctor.keyboard.press('e');
    await doctor.getByRole('heading', { name: 'Finish the visit?' }).waitFor();
    await look(doctor, 'finish');
    await pressOn(doctor, /^Finish the visit$/);
    await patient.getByRole('heading', { name: 'Your visit is over' }).waitFor();
    await hears(patient, /Your visit is over/);
    await hears(doctor, /is over/);
    const note = doctor.getByLabel('Note of this visit');
    await until(
      'the note is what comes next',
      () => note.evaluate((field) => field === document.activeElement),
      30_000,
    );
    await doctor.keyboard.type('Rest.');
    await doctor.getByText(/Saved at/).waitFor();
    await tabTo(doctor, /^Sign$/);
    await look(doctor, 'after');
    expect((await readVisit(pages.server.url, clinic, id)).status).toBe('ended');
    for (const page of [doctor, patient]) expect(await focused(page)).not.toBe('');
    await tabTo(patient, /1 star of 5/, 'radio');
    await patient.keyboard.press('ArrowLeft');
    await pressOn(patient, /^Send$/);
    await patient.getByText(/You can change this until/).waitFor();
    expect(await patient.getByRole('radio', { name: '5 stars of 5' }).isChecked()).toBe(true);
    await doctor.goto(`${pages.server.url}/history/${id}`);
    await doctor.getByRole('region', { name: /Table of the connections/ }).waitFor();
    await isFit(doctor, 'a visit with its connections');
    await look(doctor, 'connections');
  }, 240_000);

  it('keeps a line that was written without a connection, says so, and sends it once when it is back', async () => {
    const { doctor, patient } = await visit();
    await patient.getByRole('button', { name: 'Chat' }).click();
    rooms.proxy.cut();
    await patient
      .getByText(/Reconnecting/)
      .first()
      .waitFor();
    await patient.getByLabel('Your message').fill('I take two tablets a day.');
    await patient.keyboard.press('Enter');
    await patient.getByText('Sending…').waitFor();
    rooms.proxy.mend();
    await doctor.getByRole('button', { name: /1 new/ }).click();
    await doctor.getByText('I take two tablets a day.').waitFor();
    await patient.getByText('Sent', { exact: true }).waitFor();
    expect(await doctor.getByText('I take two tablets a day.').count()).toBe(1);
    await isFit(patient, 'the chat');
    await look(patient, 'chat');
  }, 120_000);

  it('checks the devices before: what is blocked is explained in this browser’s words, no camera is no obstacle', async () => {
    const clinic = await createTenant(pages.db);
    await planVisit(pages.server.url, clinic);
    const patient = await rooms.come(clinic, 'patient');
    await patient.evaluate(denyDevices, { audio: 'NotAllowedError', video: 'NotAllowedError' });
    await patient.getByRole('link', { name: 'Go to the waiting room' }).click();
    await patient.getByText('How to allow it again').waitFor();
    await patient.getByText('Switch “Camera” and “Microphone” on.').waitFor();
    await isFit(patient, 'the check of a blocked device');
    await look(patient, 'denied');
    await patient.evaluate(() => (window as unknown as { give(): void }).give());
    await patient.getByRole('button', { name: 'Try again' }).click();
    await patient.getByLabel('Your own picture').waitFor();
    await patient.getByRole('button', { name: 'Play a sound' }).click();
    await patient.getByText('You should have heard three soft tones.').waitFor();
    await isFit(patient, 'the device check');
    await look(patient, 'check');

    await patient.goBack();
    await patient.evaluate(denyDevices, { video: 'NotFoundError' });
    await patient.getByRole('link', { name: 'Go to the waiting room' }).click();
    await patient.getByText('Your microphone works, your camera does not').waitFor();
    await patient.getByRole('button', { name: 'Go on with sound only' }).click();
    await patient.getByRole('heading', { name: 'Waiting room' }).waitFor();
  }, 120_000);
});
