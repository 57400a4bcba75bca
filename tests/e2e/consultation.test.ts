/** The whole, as two people meet it: two Chromium contexts with fake devices, the real server, the real database. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  chromiumMissing,
  chromiumPath,
  launchBrowser,
  liveTracks,
  type Person,
  seesAndHears,
} from '../support/browser.ts';
import { type CuttableProxy, startCuttableProxy } from '../support/cuttable-proxy.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { portraits } from '../support/portrait.ts';
import type { ServerProcess } from '../support/process.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { arrive, goToWaitingRoom, planVisit, readVisit, spawnForBrowsers, startFromQueue } from '../support/visit.ts';

/** `UPDATE_IMAGES=1 npm run test:only tests/e2e/consultation` makes the README's picture anew. */
const imagesDir = process.env['UPDATE_IMAGES'] ? path.resolve(import.meta.dirname, '../../docs/images') : undefined;

const looksOf = (person: 'doctor' | 'patient') => (imagesDir ? { portrait: portraits[person] } : {});

const suite = chromiumPath ? describe : describe.skip;

suite.each(['sfu', 'p2p'])(
  `a consultation in two browsers over %s${chromiumPath ? '' : ` (${chromiumMissing})`}`,
  (engine) => {
    let db: TestDatabase;
    let server: ServerProcess;
    let proxy: CuttableProxy;
    let browser: Browser;
    let people: Person[] = [];
    beforeAll(async () => {
      db = await createTestDatabase();
      server = await spawnForBrowsers(db, { MEDIA_ENGINE: engine });
      proxy = await startCuttableProxy(server.url);
      browser = await launchBrowser();
    }, 60_000);
    afterEach(async () => {
      const faults = people.flatMap((person) => person.faults);
      await Promise.all(people.map((person) => person.context.close()));
      people = [];
      proxy.mend();
      expect(faults).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      await proxy?.[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
      await db?.[Symbol.asyncDispose]();
    });

    interface Visit {
      clinic: TestTenant;
      meetingId: string;
      doctor: Person;
      patient: Person;
    }

    /** Patient waits, doctor starts, both see and hear each other. The patient comes through the proxy. */
    async function visit(): Promise<Visit> {
      const clinic = await createTenant(
        db,
        imagesDir ? { names: { doctor: 'Dr Meera Rao', patient: 'Kamala Iyer' } } : {},
      );
      const { id: meetingId } = await planVisit(server.url, clinic);
      const patient = await arrive(browser, proxy.url, clinic, 'patient', looksOf('patient'));
      people.push(patient);
      await goToWaitingRoom(patient.page);
      await patient.page.getByRole('heading', { name: 'Waiting room' }).waitFor();
      const doctor = await arrive(browser, server.url, clinic, 'doctor', looksOf('doctor'));
      people.push(doctor);
      await startFromQueue(doctor.page, clinic.users.patient.displayName);
      await Promise.all([seesAndHears(doctor.page, 'the doctor’s'), seesAndHears(patient.page, 'the patient’s')]);
      return { clinic, meetingId, doctor, patient };
    }

    it('begins in the waiting room, opens by itself, carries picture and sound both ways, and ends for both', async () => {
      const { clinic, meetingId, doctor, patient } = await visit();
      if (imagesDir && engine === 'sfu') {
        mkdirSync(imagesDir, { recursive: true });
        await doctor.page.screenshot({ path: path.join(imagesDir, 'call-doctor.png') });
      }
      await doctor.page.getByRole('button', { name: 'Finish visit' }).click();
      await doctor.page.getByRole('button', { name: 'Finish the visit' }).click();
      await patient.page.getByRole('heading', { name: 'Your visit is over' }).waitFor();
      await doctor.page.getByRole('heading', { name: /is over/ }).waitFor();
      expect(await readVisit(server.url, clinic, meetingId)).toMatchObject({
        status: 'ended',
        endReason: 'doctor_ended',
      });
      for (const { page } of [doctor, patient])
        await until('no camera or microphone is on', async () => (await liveTracks(page)) === 0);
    }, 90_000);

    it('comes back by itself, without a page reload, after the patient’s network was gone', async () => {
      const { clinic, meetingId, doctor, patient } = await visit();
      await patient.page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
      proxy.cut();
      await doctor.page
        .getByText(/lost the connection|dropped|away/i)
        .first()
        .waitFor();
      await patient.page
        .getByText(/Reconnecting/)
        .first()
        .waitFor();
      expect((await readVisit(server.url, clinic, meetingId)).reconnectDeadline).not.toBeNull();
      proxy.mend();
      // Peer to peer, media flows on without the server: being back is a fact of the meeting.
      await until(
        'the patient is back',
        async () => (await readVisit(server.url, clinic, meetingId)).reconnectDeadline === null,
        20_000,
      );
      await Promise.all([seesAndHears(doctor.page, 'the doctor’s'), seesAndHears(patient.page, 'the patient’s')]);
      expect(await patient.page.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
      expect((await readVisit(server.url, clinic, meetingId)).status).toBe('active');
    }, 90_000);

    it('is still there after the patient’s reload', async () => {
      const { patient, doctor } = await visit();
      await patient.page.reload();
      await patient.page
        .getByRole('button', { name: /Join|Go to the waiting room/ })
        .or(patient.page.getByRole('button', { name: 'Mute' }))
        .first()
        .waitFor();
      const join = patient.page.getByRole('button', { name: /Join/ });
      if (await join.isVisible()) await join.click();
      await Promise.all([seesAndHears(doctor.page, 'the doctor’s'), seesAndHears(patient.page, 'the patient’s')]);
    }, 90_000);

    if (engine === 'sfu') {
      it('has picture and sound again within 3 s after a media worker was killed', async () => {
        const { clinic, meetingId, doctor, patient } = await visit();
        for (const pid of workersOf(server.process.pid ?? 0)) process.kill(pid, 'SIGKILL');
        await Promise.all([
          seesAndHears(doctor.page, 'the doctor’s', 3_000),
          seesAndHears(patient.page, 'the patient’s', 3_000),
        ]);
        expect((await readVisit(server.url, clinic, meetingId)).status).toBe('active');
      }, 90_000);
    }
  },
);

function workersOf(parent: number): number[] {
  return readdirSync(`/proc/${parent}/task`)
    .flatMap((task) => readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' '))
    .map(Number)
    .filter((pid) => pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('mediasoup-worker'));
}
