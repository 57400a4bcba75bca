/** Uploads in front of a real clamd with signatures of our own. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewUpload, Upload } from '../../src/records/uploads/schema.ts';
import { noClamd, startClamd, type TestClamd } from '../support/clamd.ts';
import { infection, jpeg, pdf, pdfWith, withComment } from '../support/hostile-files.ts';
import { type Mailing, startMailing } from '../support/mailing.ts';
import { call } from '../support/serve-app.ts';
import type { TestTenant } from '../support/tenant.ts';
import { download, upload } from '../support/uploading.ts';

(noClamd ? describe.skip : describe)(`uploads before a virus scanner${noClamd ? ` (${noClamd})` : ''}`, () => {
  let clamd: TestClamd;
  let live: Mailing;
  let clinic: TestTenant;
  beforeAll(async () => {
    clamd = await startClamd();
    // Of all roles but the worker's: here the test says when files are looked at again.
    const env = { CLAMD_HOST: '127.0.0.1', CLAMD_PORT: String(clamd.port), ROLES: 'api,signaling' };
    live = await startMailing({ env });
  });
  afterAll(async () => {
    await live[Symbol.asyncDispose]();
    await clamd[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    clinic = await live.tenant();
  });

  const send = async (bytes: Buffer, options?: Parameters<typeof upload>[4]) => {
    const answer = await upload(live, clinic, 'patient', bytes, options);
    expect(answer.status).toBe(201);
    return answer.json as NewUpload;
  };
  const now = async (id: string) => (await live.rest(clinic, 'patient', 'GET', `/uploads/${id}`)).json as Upload;
  const opens = async (id: string) => (await download(live, clinic, 'patient', id)).status;

  test('what is clean is called clean and opens', async () => {
    const { id, status, scannedAt } = await send(await pdf());
    expect({ status, when: typeof scannedAt }).toEqual({ status: 'clean', when: 'string' });
    expect(await opens(id)).toBe(200);
  });

  test('what is infected is held back from everybody, by every way, also where the infection is lost in encoding', async () => {
    const inPdf = await send(pdfWith('', [`(${infection})`]));
    const inPicture = await send(withComment(await jpeg(), infection), { name: 'a.jpg', type: 'image/jpeg' });
    for (const { id, status } of [inPdf, inPicture]) {
      expect(status).toBe('quarantined');
      for (const person of ['patient', 'admin'] as const)
        expect((await download(live, clinic, person, id)).status).toBe(409);
      expect((await live.rest(clinic, 'patient', 'POST', `/uploads/${id}/link`)).status).toBe(409);
    }
  });

  test('when the signatures change all is looked at again: what is bad now is held back, what is not any more opens', async () => {
    const marked = await send(pdfWith('', ['(a mark of tomorrow)']));
    expect(marked.status).toBe('clean');
    const link = (await live.rest(clinic, 'patient', 'POST', `/uploads/${marked.id}/link`)).json as { url: string };
    const followed = async () => {
      const { pathname, search } = new URL(link.url);
      return (await call(`${live.url}${pathname}${search}`, 'GET')).status;
    };
    expect(await followed()).toBe(200);
    await live.server.settleUploads();
    await clamd.learn('Housecall.Test.Tomorrow', 'a mark of tomorrow');
    await live.server.settleUploads();
    expect((await now(marked.id)).status).toBe('quarantined');
    expect(await opens(marked.id)).toBe(409);
    // Nor by a link of before.
    expect(await followed()).toBe(409);
    await clamd.forget();
    await live.server.settleUploads();
    expect((await now(marked.id)).status).toBe('clean');
    expect(await opens(marked.id)).toBe(200);
    expect(await live.server.settleUploads()).toBe(0);
  });

  test('while clamd is down the clinic’s policy decides, and afterwards what was not looked at is', async () => {
    const careful = await live.tenant({ settings: { unscannedFiles: 'refuse' } });
    await clamd.stop();
    const open = await send(await pdf());
    expect(open.status).toBe('not_scanned');
    expect(await opens(open.id)).toBe(200);
    const held = (await upload(live, careful, 'patient', await pdf())).json as NewUpload;
    expect(held.status).toBe('quarantined');
    expect((await download(live, careful, 'patient', held.id)).status).toBe(409);
    const bad = await send(pdfWith('', [`(${infection})`]));
    const result = { patientId: careful.patientId };
    const badResult = pdfWith('', [`(${infection}, of a laboratory)`]);
    for (const bytes of [await pdf(), badResult])
      expect((await upload(live, careful, 'lab', bytes, result)).json).toMatchObject({ status: 'quarantined' });
    expect(await live.mailsTo(careful.users.patient.email)).toEqual([]);
    await live.server.settleUploads();
    expect((await now(open.id)).status).toBe('not_scanned');
    await clamd.start();
    await live.server.settleUploads();
    expect((await now(open.id)).status).toBe('clean');
    expect((await now(bad.id)).status).toBe('quarantined');
    expect((await download(live, careful, 'patient', held.id)).status).toBe(200);
    // A result is told once it can be opened; what a patient sent, and what is bad, is not.
    await live.mailTo(careful.users.patient.email);
    await live.server.settleUploads();
    expect(await live.mailsTo(careful.users.patient.email)).toHaveLength(1);
  });
});
