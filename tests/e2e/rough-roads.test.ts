/**
 * What real links do to a call, and what becomes of it: a working call or a clear sentence, never a page reload. Two real
 * Chromium, and between the patient's and the server two proxies that do what networks do.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumMissing, chromiumPath, newPerson, seesAndHears } from '../support/browser.ts';
import { coturnMissing, mayRunCoturn } from '../support/coturn.ts';
import { freeze } from '../support/renderers.ts';
import {
  connectionsMade,
  isSameDocument,
  markDocument,
  pictureRate,
  type RoughVisit,
  roughVisit,
} from '../support/rough-visit.ts';
import { until } from '../support/until.ts';
import { goToWaitingRoom, signIn } from '../support/visit.ts';

/** How soon is promised, and measured by `npm run bench -- roads`; here only that it happens, on however busy a machine. */
const patienceMs = 45_000;

const suite = chromiumPath && mayRunCoturn ? describe : describe.skip;
const why = chromiumPath && mayRunCoturn ? '' : ` (${chromiumPath ? coturnMissing : chromiumMissing})`;

suite(`a call over rough roads${why}`, () => {
  let visit: RoughVisit;
  beforeAll(async () => {
    visit = await roughVisit({ relay: true, settings: { doctorGraceSeconds: 120, reconnectWindowSeconds: 300 } });
  }, 180_000);
  // Each begins with a good call, whatever the one before has left.
  beforeEach(() => visit.bothSeeAndHear(patienceMs), 180_000);
  afterEach(async () => {
    visit.calm();
    expect((await visit.read()).status).toBe('active');
    expect(visit.patient.faults).toEqual([]);
  });
  afterAll(() => visit?.[Symbol.asyncDispose]());

  const stalled = () => visit.doctor.page.getByText(/Nothing comes through from/).first();
  const droppedOut = () => visit.doctor.page.getByText(/dropped out/).first();

  it('goes on with 5 % loss and 150 ms each way: the sound as it was, the picture with what the network carries', async () => {
    const rate = () => pictureRate(visit.patient.page);
    const enoughForAFace = 600_000;
    const before = await until(
      'the picture has the rate that it may have',
      async () => {
        const now = await rate();
        return now > enoughForAFace ? now : undefined;
      },
      patienceMs,
      200,
    );
    visit.media.weather = { ...visit.media.weather, loss: 0.05, delayMs: 150 };
    await until('the picture takes less', async () => (await rate()) < before * 0.7, patienceMs, 200);
    for (let look = 0; look < 2; look += 1) await expect(visit.bothSeeAndHear(patienceMs)).resolves.toBeUndefined();
    visit.calm();
    await until('the picture takes more again', async () => (await rate()) > before * 0.7, patienceMs, 200);
  }, 180_000);

  it('notices that media flows one way only, says so, and heals it without building again', async () => {
    const before = await connectionsMade(visit.patient.page);
    visit.media.deafenWays();
    await stalled().waitFor({ timeout: patienceMs });
    await seesAndHears(visit.doctor.page, 'the doctor’s', patienceMs);
    await stalled().waitFor({ state: 'detached' });
    expect(await connectionsMade(visit.patient.page)).toBe(before);
  }, 180_000);

  it('finds another way when the address has changed and the socket lives', async () => {
    const before = await connectionsMade(visit.patient.page);
    visit.media.abandonWays();
    await visit.bothSeeAndHear(patienceMs);
    expect(await connectionsMade(visit.patient.page)).toBe(before);
  }, 180_000);

  it('goes on after a change from Wi-Fi to mobile: every connection dead without a word', async () => {
    visit.media.abandonWays();
    visit.link.silence();
    visit.link.mend();
    await visit.bothSeeAndHear(patienceMs);
    await until('the patient is present', async () => (await visit.read()).reconnectDeadline === null);
    expect(await isSameDocument(visit.patient.page)).toBe(true);
  }, 180_000);

  it('goes over TCP where UDP is blocked, and over TURN with TLS where nothing else passes', async () => {
    visit.media.usedWays();
    visit.media.weather = { ...visit.media.weather, udp: 'blocked' };
    // What was under way when it was blocked is still shown for a moment.
    await until('TCP carries something', () => visit.media.usedWays().tcp > 0, patienceMs);
    await visit.bothSeeAndHear(patienceMs);
    visit.media.weather = { ...visit.media.weather, tcp: 'blocked' };
    visit.media.abandonWays();
    await visit.bothSeeAndHear(patienceMs);
    expect(await isSameDocument(visit.patient.page)).toBe(true);
  }, 180_000);

  it('shows a silent loss within 5 s, counts it as a drop within 15 s, and goes on when the lid is opened', async () => {
    const thaw = await freeze(visit.patientBrowser);
    try {
      await stalled().waitFor({ timeout: patienceMs });
      await droppedOut().waitFor({ timeout: patienceMs });
      // What the page says may still be of a moment's absence on the road before.
      await until('it counts as a drop', async () => (await visit.read()).reconnectDeadline !== null, patienceMs);
    } finally {
      thaw();
    }
    await visit.bothSeeAndHear(patienceMs);
    expect(await isSameDocument(visit.patient.page)).toBe(true);
  }, 180_000);

  it('waits behind a captive portal, signs nobody out, and goes on when the network is open', async () => {
    visit.link.capture(401);
    await visit.patient.page
      .getByText(/Reconnecting/)
      .first()
      .waitFor();
    await droppedOut().waitFor();
    visit.link.capture(302);
    await until('the portal was asked', () => visit.link.captured > 2);
    visit.link.mend();
    await until('the patient is present', async () => (await visit.read()).reconnectDeadline === null, patienceMs);
    await visit.bothSeeAndHear(patienceMs);
    expect(await isSameDocument(visit.patient.page)).toBe(true);
  }, 180_000);

  it.each(['patient', 'doctor'] as const)(
    'keeps the pictures going when the socket of the %s alone is cut',
    async (who) => {
      const made = () => Promise.all([visit.patient, visit.doctor].map(({ page }) => connectionsMade(page)));
      const before = await made();
      const doors = { patient: visit.link, doctor: visit.doctorLink };
      doors[who].cut();
      await visit[who].page
        .getByText(/Reconnecting/)
        .first()
        .waitFor();
      await expect(visit.bothSeeAndHear(patienceMs)).resolves.toBeUndefined();
      doors[who].mend();
      await until('both are present', async () => (await visit.read()).reconnectDeadline === null, patienceMs);
      await expect(visit.bothSeeAndHear(patienceMs)).resolves.toBeUndefined();
      expect(await made()).toEqual(before);
    },
    180_000,
  );

  it('is still there for a doctor with grace who reloads', async () => {
    visit.doctor.page.once('dialog', (dialog) => void dialog.accept());
    await visit.doctor.page.reload();
    const mute = visit.doctor.page.getByRole('button', { name: 'Mute' });
    const back = visit.doctor.page.getByRole('button', { name: /Start|Join|back/i }).first();
    await mute.or(back).first().waitFor();
    if (!(await mute.isVisible())) await back.click();
    await expect(visit.bothSeeAndHear(patienceMs)).resolves.toBeUndefined();
    await markDocument(visit.doctor.page);
  }, 180_000);

  it('comes back, media and all, when the server was killed and started again', async () => {
    await visit.restartServer();
    await visit.bothSeeAndHear(patienceMs);
    expect((await visit.read()).reconnectDeadline).toBeNull();
    expect([await isSameDocument(visit.patient.page), await isSameDocument(visit.doctor.page)]).toEqual([true, true]);
  }, 180_000);

  it('moves to the phone when the patient opens the link there, and says so on the laptop', async () => {
    const phone = await newPerson(visit.patientBrowser, visit.link.url, {
      size: { width: 390, height: 844 },
      media: visit.media,
    });
    await signIn(phone.page, visit.clinic, 'patient');
    await goToWaitingRoom(phone.page);
    await visit.patient.page.getByRole('heading', { name: 'The visit goes on elsewhere' }).waitFor();
    visit.patient = phone;
    await visit.bothSeeAndHear(patienceMs);
    expect(phone.faults).toEqual([]);
  }, 180_000);

  // The last one: pictures come back only after a rest.
  it('gives up the pictures before the sound at 30 % loss, and says to both whose connection it is', async () => {
    visit.media.weather = { ...visit.media.weather, loss: 0.3 };
    const { doctor, patient } = visit;
    const own = (page: Page) => page.getByText('Your connection is very weak. Video is paused');
    await Promise.all([
      doctor.page.getByText(/The connection of .+ is very weak\. Video is paused/).waitFor({ timeout: patienceMs }),
      own(patient.page).waitFor({ timeout: patienceMs }),
    ]);
    await doctor.page
      .getByText(/has the camera off/)
      .first()
      .waitFor();
    expect(await own(doctor.page).count()).toBe(0);
  }, 180_000);
});
