/** Results of the laboratory reach the patient and who treats them; and keys are wrapped anew after a rotation. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NewUpload, UploadPage } from '../../src/records/uploads/schema.ts';
import { pdf } from '../support/hostile-files.ts';
import { startLive } from '../support/live.ts';
import { type Mailing, startMailing } from '../support/mailing.ts';
import { download, upload } from '../support/uploading.ts';

const [older, newer] = ['the older key of an installation and long', 'the newer key of an installation and long'];

let live: Mailing;
beforeAll(async () => {
  live = await startMailing({ env: { ENCRYPTION_KEY: older } });
});
afterAll(() => live[Symbol.asyncDispose]());

test('a result of the lab is told to the patient and to who treats them, without a word of what is in it', async () => {
  const clinic = await live.tenant({ settings: { locale: 'es' } });
  await live.meeting(clinic);
  const sent = await upload(live, clinic, 'lab', await pdf(), { patientId: clinic.patientId, name: 'HIV test.pdf' });
  expect(sent.status).toBe(201);
  const { id } = sent.json as NewUpload;
  for (const person of ['patient', 'doctor'] as const) {
    const { mail } = await live.mailTo(clinic.users[person].email);
    expect(mail.subject).toContain('Un resultado nuevo');
    expect(`${mail.subject} ${mail.text}`).not.toMatch(/HIV|report|Haemoglobin/);
    expect(mail.text).not.toContain(id);
    const seen = (await live.rest(clinic, person, 'GET', '/uploads?category=lab_report')).json as UploadPage;
    expect(seen.items.map((item) => item.id)).toEqual([id]);
  }
  expect(await live.mailsTo(clinic.users.doctor2.email)).toEqual([]);
  expect(await live.mailsTo(clinic.users.patient2.email)).toEqual([]);
});

test('a document for the patient is told to them once it is confirmed, without a word of it, unless they want no mail', async () => {
  const clinic = await live.tenant({ settings: { locale: 'es', documentsByModel: false } });
  await live.meeting(clinic);
  const confirmed = async (kind: string) => {
    const told = { patientId: clinic.patientId, age: 30, tier: 'mild', findings: ['Gingivitis'] };
    const { id } = (await live.rest(clinic, 'doctor', 'POST', `/documents/${kind}`, told)).json as { id: string };
    expect(await live.mailsTo(clinic.users.patient.email)).toHaveLength(mails);
    const answer = await live.rest(clinic, 'doctor', 'POST', `/documents/${id}/confirm`, { version: 1 });
    expect(answer.status).toBe(200);
    return id;
  };
  let mails = 0;
  const id = await confirmed('treatment-summary');
  const { mail } = await live.mailTo(clinic.users.patient.email);
  expect(mail.subject).toContain('Un documento para usted');
  expect(mail.text).toContain('/documents');
  expect(`${mail.subject} ${mail.text}`).not.toMatch(new RegExp(`Gingivitis|summary|resumen|${id}`, 'i'));
  mails = 1;
  // What is for an insurer or a colleague is no letter to the patient.
  await confirmed('insurance-summary');
  await confirmed('progress-note');
  await live.db.sql(`update patient set reminder_channel = 'none' where id = $1`, [clinic.patientId]);
  await confirmed('treatment-summary');
  expect(await live.mailsTo(clinic.users.patient.email)).toHaveLength(1);
  expect(await live.mailsTo(clinic.users.patient2.email)).toEqual([]);
});

test('what a patient uploads, and what is held back, is told to nobody', async () => {
  const clinic = await live.tenant();
  await live.meeting(clinic);
  await upload(live, clinic, 'patient', await pdf());
  expect(await live.mailsTo(clinic.users.doctor.email)).toEqual([]);
  expect(await live.mailsTo(clinic.users.patient.email)).toEqual([]);
});

test('after a rotation files open under the new key alone, once their keys were wrapped anew', async () => {
  const clinic = await live.tenant();
  const bytes = await pdf();
  const { id } = (await upload(live, clinic, 'patient', bytes)).json as NewUpload;
  const wrapped = async () => {
    const [row] = await live.db.sql<{ key: Buffer }>('select wrapped_key as key from upload where id = $1', [id]);
    return row?.key.toString('hex');
  };
  const before = await wrapped();
  // On the same files; only the keys differ.
  const env = { DATA_DIR: live.dataDir, ROLES: 'api,signaling' };
  await using both = await startLive({ db: live.db, env: { ...env, ENCRYPTION_KEY: `${newer},${older}` } });
  await both.server.settleUploads();
  expect(await wrapped()).not.toBe(before);
  await using alone = await startLive({ db: live.db, env: { ...env, ENCRYPTION_KEY: newer } });
  const back = await download(alone, clinic, 'patient', id);
  expect(back.bytes.equals(bytes)).toBe(true);
});
