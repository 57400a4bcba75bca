/** The whole, as two people meet it: two Chromium contexts with fake devices, the real server, the real database. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { chromiumMissing, chromiumPath, liveTracks, seesAndHears } from '../support/browser.ts';
import { portraits } from '../support/portrait.ts';
import { until } from '../support/until.ts';
import { readVisit } from '../support/visit.ts';
import { openVisiting } from '../support/visiting.ts';

/** `UPDATE_IMAGES=1 npm run test:only tests/e2e/consultation` makes the README's picture anew. */
const imagesDir = process.env['UPDATE_IMAGES'] ? path.resolve(import.meta.dirname, '../../docs/images') : undefined;

const looksOf = (person: 'doctor' | 'patient') => (imagesDir ? { portrait: portraits[person] } : {});

const suite = chromiumPath ? describe : describe.skip;

suite.each(['sfu', 'p2p'])(
  `a consultation in two browsers over %s${chromiumPath ? '' : ` (${chromiumMissing})`}`,
  (engine) => {
    const rooms = openVisiting(engine);
    const { pages } = rooms;
    const visit = () =>
      rooms.commonVisit({
        ...(imagesDir && { clinic: { names: { doctor: 'Dr Meera Rao', patient: 'Kamala Iyer' } } }),
        looks: { doctor: looksOf('doctor'), patient: looksOf('patient') },
      });

    it('begins in the waiting room, opens by itself, and carries picture and sound both ways', async () => {
      const { clinic, id: meetingId, doctor } = await visit();
      if (imagesDir && engine === 'sfu') {
        mkdirSync(imagesDir, { recursive: true });
        await doctor.screenshot({ path: path.join(imagesDir, 'call-doctor.png') });
      }
      expect((await readVisit(pages.server.url, clinic, meetingId)).status).toBe('active');
    }, 90_000);

    it('comes back by itself, without a page reload, after the patient’s network was gone', async () => {
      const { clinic, id: meetingId, doctor, patient } = await visit();
      await patient.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
      rooms.proxy.cut();
      await doctor
        .getByText(/lost the connection|dropped|away/i)
        .first()
        .waitFor();
      await patient
        .getByText(/Reconnecting/)
        .first()
        .waitFor();
      expect((await readVisit(pages.server.url, clinic, meetingId)).reconnectDeadline).not.toBeNull();
      rooms.proxy.mend();
      // Peer to peer, media flows on without the server: being back is a fact of the meeting.
      await until(
        'the patient is back',
        async () => (await readVisit(pages.server.url, clinic, meetingId)).reconnectDeadline === null,
        20_000,
      );
      await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);
      expect(await patient.evaluate(() => 'sameDocument' in globalThis)).toBe(true);
      expect((await readVisit(pages.server.url, clinic, meetingId)).status).toBe('active');
    }, 90_000);

    it('is still there after the patient’s reload', async () => {
      const { patient, doctor } = await visit();
      await patient.reload();
      await patient
        .getByRole('button', { name: /Join|Go to the waiting room/ })
        .or(patient.getByRole('button', { name: 'Mute' }))
        .first()
        .waitFor();
      const join = patient.getByRole('button', { name: /Join/ });
      if (await join.isVisible()) await join.click();
      await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);
    }, 90_000);

    if (engine === 'sfu') {
      it('has picture and sound again within 3 s after a media worker was killed', async () => {
        const { clinic, id: meetingId, doctor, patient } = await visit();
        for (const pid of workersOf(pages.server.process.pid ?? 0)) process.kill(pid, 'SIGKILL');
        await Promise.all([seesAndHears(doctor, 'the doctor’s', 3_000), seesAndHears(patient, 'the patient’s', 3_000)]);
        expect((await readVisit(pages.server.url, clinic, meetingId)).status).toBe('active');
      }, 90_000);
    }

    it('ends for both, and leaves no camera on', async () => {
      const { clinic, id: meetingId, doctor, patient } = await visit();
      await doctor.getByRole('button', { name: 'Finish visit' }).click();
      await doctor.getByRole('button', { name: 'Finish the visit' }).click();
      await patient.getByRole('heading', { name: 'Your visit is over' }).waitFor();
      await doctor.getByRole('heading', { name: /is over/ }).waitFor();
      expect(await readVisit(pages.server.url, clinic, meetingId)).toMatchObject({
        status: 'ended',
        endReason: 'doctor_ended',
      });
      for (const page of [doctor, patient])
        await until('no camera or microphone is on', async () => (await liveTracks(page)) === 0);
    }, 90_000);
  },
);

function workersOf(parent: number): number[] {
  return readdirSync(`/proc/${parent}/task`)
    .flatMap((task) => readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' '))
    .map(Number)
    .filter((pid) => pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('mediasoup-worker'));
}
