/** Files about patients: taken, found, given out, laid on the table, deleted, over the whole server. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { NewUpload, SharedFiles, UploadHistory, UploadPage } from '../../src/records/uploads/schema.ts';
import { jpeg, noisyJpeg, pdf, pdfOfSize, png } from '../support/hostile-files.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { call } from '../support/serve-app.ts';
import type { TestTenant } from '../support/tenant.ts';
import { download, filesBelow, leftOf, upload } from '../support/uploading.ts';

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live[Symbol.asyncDispose]());
beforeEach(async () => {
  clinic = await live.tenant();
});

const list = async (person: Parameters<TestTenant['token']>[0], query = '') =>
  (await live.rest(clinic, person, 'GET', `/uploads${query}`)).json as UploadPage;

const made = async (...args: Parameters<typeof upload> extends [unknown, ...infer R] ? R : never) => {
  const answer = await upload(live, ...args);
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return answer.json as NewUpload;
};

describe('taking a file', () => {
  test('a PDF is kept as it came, and nowhere on the disk in the clear', async () => {
    const bytes = await pdf();
    const file = await made(clinic, 'patient', bytes, { name: 'Blood test.pdf' });
    expect(file).toMatchObject({
      patientId: clinic.patientId,
      fileName: 'Blood test.pdf',
      contentType: 'application/pdf',
      size: bytes.length,
      status: 'not_scanned',
      category: 'lab_report',
      uploadedByRole: 'patient',
      duplicateOf: null,
    });
    const back = await download(live, clinic, 'patient', file.id);
    expect(back.bytes.equals(bytes)).toBe(true);
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="Blood_test.pdf"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-length': String(bytes.length),
    });
    const folder = path.join(live.dataDir, 'files');
    const stored = (await filesBelow(folder)).filter((name) => name.includes(clinic.patientId));
    expect(stored).toHaveLength(1);
    const raw = await readFile(path.join(folder, stored[0] ?? ''));
    expect(raw.includes('%PDF')).toBe(false);
    expect(stored[0]).not.toContain('Blood');
  });

  test('a picture loses everything but the picture, and stands upright', async () => {
    const tall = await sharp(await jpeg({ width: 60, height: 40 }))
      .withExif({ IFD0: { Make: 'Camera of somebody', Orientation: '6' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(tall.includes('Exif')).toBe(true);
    const { id } = await made(clinic, 'patient', tall, { name: 'me.JPG', type: 'image/jpeg', category: 'photo' });
    const { bytes } = await download(live, clinic, 'patient', id);
    const { width, height, orientation, exif } = await sharp(bytes).metadata();
    expect({ width, height, orientation, exif }).toEqual({
      width: 40,
      height: 60,
      orientation: undefined,
      exif: undefined,
    });
    const drawn = await made(clinic, 'patient', await png(), { name: 'a.png', type: 'image/png' });
    expect(drawn).toMatchObject({ contentType: 'image/png', fileName: 'a.png' });
  });

  test('the same bytes for the same patient are noticed and taken all the same', async () => {
    const bytes = await pdf();
    const first = await made(clinic, 'patient', bytes);
    const second = await made(clinic, 'patient', bytes);
    expect(second.duplicateOf).toBe(first.id);
    const other = await made(clinic, 'patient2', bytes);
    expect(other.duplicateOf).toBeNull();
  });

  test('under one Idempotency-Key it is kept once', async () => {
    const bytes = await pdf();
    const before = await leftOf(live);
    const headers = { 'idempotency-key': 'only-once' };
    const first = await upload(live, clinic, 'patient', bytes, { headers });
    const again = await upload(live, clinic, 'patient', bytes, { headers });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json).toEqual(first.json);
    expect(await leftOf(live)).toEqual({ ...before, files: before.files + 1, rows: before.rows + 1 });
  });

  test('5 MB are taken, also of one that comes in many small pieces, and a range of it is what it was', async () => {
    const bytes = pdfOfSize(5 * 1_048_576);
    const { id } = await made(clinic, 'patient', bytes);
    for (const [range, from, to] of [
      ['bytes=65530-131080', 65_530, 131_081],
      ['bytes=0-0', 0, 1],
      ['bytes=-10', bytes.length - 10, bytes.length],
      ['bytes=5242879-', 5_242_879, 5_242_880],
    ] as const) {
      const part = await download(live, clinic, 'patient', id, { range });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${bytes.length}`);
      expect(part.bytes.equals(bytes.subarray(from, to))).toBe(true);
    }
    for (const range of ['bytes=5242880-', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-'])
      expect((await download(live, clinic, 'patient', id, { range })).status).toBe(200);
  });

  test('a clinic that refuses what is not scanned takes nothing without a scanner, and says so', async () => {
    clinic = await live.tenant({ settings: { unscannedFiles: 'refuse' } });
    const { status, json } = await upload(live, clinic, 'patient', await pdf());
    expect({ status, json }).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
  });
});

describe('who reaches a file', () => {
  test('the patient, who treats them, the lab that made it and the desk; nobody else', async () => {
    const { id } = await made(clinic, 'lab', await pdf(), { patientId: clinic.patientId });
    const may = async () => {
      const people = ['patient', 'patient2', 'doctor', 'doctor2', 'lab', 'staff', 'admin'] as const;
      const answers: string[] = [];
      for (const person of people) {
        const { status } = await download(live, clinic, person, id);
        const seen = (await list(person)).items.some((item) => item.id === id);
        expect(seen).toBe(status === 200);
        if (status === 200) answers.push(person);
      }
      return answers;
    };
    expect(await may()).toEqual(['patient', 'lab', 'staff', 'admin']);
    const meeting = await live.meeting(clinic);
    expect(await may()).toEqual(['patient', 'doctor', 'lab', 'staff', 'admin']);
    await live.rest(clinic, 'staff', 'POST', `/meetings/${meeting.id}/cancel`, { reason: 'Moved.' });
    expect(await may()).toEqual(['patient', 'lab', 'staff', 'admin']);
    const elsewhere = await live.tenant();
    expect((await live.rest(elsewhere, 'admin', 'GET', `/uploads/${id}`)).status).toBe(404);
  });

  test('a doctor adds to the files of whom they treat, a patient to their own, a lab and the desk to anybody’s', async () => {
    const bytes = await pdf();
    const status = async (person: Parameters<TestTenant['token']>[0], patientId?: string) =>
      (await upload(live, clinic, person, bytes, patientId === undefined ? {} : { patientId })).status;
    expect(await status('doctor', clinic.patientId)).toBe(403);
    await live.meeting(clinic);
    expect(await status('doctor', clinic.patientId)).toBe(201);
    expect(await status('doctor', clinic.patient2Id)).toBe(403);
    expect(await status('patient', clinic.patient2Id)).toBe(404);
    expect(await status('lab', clinic.patient2Id)).toBe(201);
    expect(await status('staff', clinic.patient2Id)).toBe(201);
    expect(await status('lab')).toBe(422);
    expect(await status('staff', (await live.tenant()).patientId)).toBe(404);
  });

  test('a link opens it for five minutes to whoever holds it, under the name of who made it', async () => {
    const bytes = await pdf();
    const { id } = await made(clinic, 'patient', bytes);
    const { json } = await live.rest(clinic, 'patient', 'POST', `/uploads/${id}/link`);
    const { url } = json as { url: string };
    const opened = await call(url, 'GET');
    expect(opened.status).toBe(200);
    const part = await fetch(url, { headers: { range: 'bytes=1-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PDF']);
    const [entry] = await live.db.sql(
      `select actor_id as "actorId", action, patient_ids as "patientIds" from audit_trail where request_id = $1`,
      [opened.headers.get('x-request-id')],
    );
    expect(entry).toEqual({
      actorId: clinic.users.patient.id,
      action: 'upload.download',
      patientIds: [clinic.patientId],
    });
    const last = url.at(-10) === 'A' ? 'B' : 'A';
    expect((await call(`${url.slice(0, -10)}${last}${url.slice(-9)}`, 'GET')).status).toBe(404);
    await live.db.sql('update app_user set is_active = false where id = $1', [clinic.users.patient.id]);
    expect((await call(url, 'GET')).status).toBe(404);
    await live.db.sql('update app_user set is_active = true where id = $1', [clinic.users.patient.id]);
    live.clock.forward(301);
    expect((await call(url, 'GET')).status).toBe(404);
    live.clock.forward(-301);
  });

  test('it is laid on the table of the own consultation, about the same patient', async () => {
    const { id } = await made(clinic, 'patient', await pdf());
    const other = await made(clinic, 'patient2', await pdf());
    const meeting = await live.meeting(clinic);
    const share = (person: Parameters<TestTenant['token']>[0], upload: string) =>
      live.rest(clinic, person, 'POST', `/uploads/${upload}/share`, { meetingId: meeting.id });
    expect(await share('patient', id)).toMatchObject({ status: 201, json: { uploadId: id, meetingId: meeting.id } });
    expect((await share('doctor', id)).status).toBe(201);
    expect((await share('staff', id)).status).toBe(404);
    expect((await share('patient2', other.id)).status).toBe(404);
    const table = await list('doctor', `?meetingId=${meeting.id}`);
    expect(table.items.map((item) => item.id)).toEqual([id]);
  });

  test('FI1 both sides hear at once of what is laid there, and find it there later with who laid it', async () => {
    const mine = await made(clinic, 'patient', await pdf(), { name: 'Mine.pdf' });
    const meeting = await live.meeting(clinic);
    const theirs = await made(clinic, 'doctor', await pdf(), { patientId: clinic.patientId, name: 'Theirs.pdf' });
    await using patient = await live.socket(clinic, 'patient');
    await using doctor = await live.socket(clinic, 'doctor');
    await using other = await live.socket(clinic, 'patient2');
    const share = (person: Parameters<TestTenant['token']>[0], upload: string) =>
      live.rest(clinic, person, 'POST', `/uploads/${upload}/share`, { meetingId: meeting.id });
    await share('patient', mine.id);
    await share('patient', mine.id);
    await share('doctor', theirs.id);
    for (const socket of [patient, doctor]) {
      const told = [await socket.next('file:shared'), await socket.next('file:shared')];
      expect(told.map(({ meetingId, uploadId, from }) => ({ meetingId, uploadId, from }))).toEqual([
        { meetingId: meeting.id, uploadId: mine.id, from: clinic.patientId },
        { meetingId: meeting.id, uploadId: theirs.id, from: clinic.doctorId },
      ]);
      expect(JSON.stringify(told)).not.toMatch(/pdf/i);
    }
    expect(other.heard('file:shared')).toEqual([]);
    const shared = async (person: Parameters<TestTenant['token']>[0]) =>
      (await live.rest(clinic, person, 'GET', `/uploads/shared?meetingId=${meeting.id}`)).json as SharedFiles;
    for (const person of ['patient', 'doctor'] as const) {
      const { items } = await shared(person);
      expect(items.map(({ upload: { fileName }, sharedBy }) => [fileName, sharedBy])).toEqual([
        ['Mine.pdf', clinic.patientId],
        ['Theirs.pdf', clinic.doctorId],
      ]);
    }
    expect((await shared('patient2')).items).toEqual([]);
  });

  test('the patient, who brought it and the desk see who has opened it; a doctor who only treats does not', async () => {
    const { id } = await made(clinic, 'lab', await pdf(), { patientId: clinic.patientId });
    await live.meeting(clinic);
    await download(live, clinic, 'doctor', id);
    await download(live, clinic, 'doctor2', id);
    const ask = (person: Parameters<TestTenant['token']>[0]) =>
      live.rest(clinic, person, 'GET', `/uploads/${id}/history`);
    for (const person of ['patient', 'lab', 'staff'] as const) {
      const { items } = (await ask(person)).json as UploadHistory;
      expect(items.map(({ what, by, roles }) => [what, by, roles])).toEqual([
        ['opened', clinic.users.doctor.displayName, ['doctor']],
        ['uploaded', clinic.users.lab.displayName, ['lab']],
      ]);
    }
    expect((await ask('doctor')).status).toBe(403);
    expect((await ask('patient2')).status).toBe(404);
  });
});

describe('in the course of time', () => {
  test('who brought it and the desk delete it: gone at once, and purged with its bytes after 30 days', async () => {
    const { id } = await made(clinic, 'lab', await pdf(), { patientId: clinic.patientId });
    expect((await live.rest(clinic, 'patient', 'DELETE', `/uploads/${id}`)).status).toBe(403);
    expect((await live.rest(clinic, 'lab', 'DELETE', `/uploads/${id}`)).status).toBe(204);
    expect((await live.rest(clinic, 'admin', 'GET', `/uploads/${id}`)).status).toBe(404);
    const count = async () =>
      (await filesBelow(path.join(live.dataDir, 'files'))).filter((name) => name.includes(clinic.patientId));
    await live.server.settleUploads();
    expect(await count()).toHaveLength(1);
    live.clock.forward(30 * 86_400 + 1);
    await live.server.settleUploads();
    expect(await count()).toEqual([]);
    const rows = await live.db.sql(
      'select id from upload where tenant_id = $1 union select id from stored_leftover where tenant_id = $1',
      [clinic.id],
    );
    expect(rows).toEqual([]);
    live.clock.forward(-30 * 86_400 - 1);
  });

  test('a clinic that keeps files for a year has none that is older', async () => {
    clinic = await live.tenant({ settings: { uploadRetentionDays: 365 } });
    const { id } = await made(clinic, 'patient', await noisyJpeg(100, 100), { name: 'a.jpg', type: 'image/jpeg' });
    live.clock.forward(364 * 86_400);
    await live.server.settleUploads();
    expect((await live.rest(clinic, 'patient', 'GET', `/uploads/${id}`)).status).toBe(200);
    live.clock.forward(86_400 + 1);
    await live.server.settleUploads();
    expect((await live.rest(clinic, 'patient', 'GET', `/uploads/${id}`)).status).toBe(404);
    live.clock.forward(-365 * 86_400 - 1);
  });
});
