/** Clinical documents over the whole server: written, edited, confirmed, given out; each refusal as it should be. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DocumentPage, DocumentVersions, DocumentView } from '../../src/records/documents/schema.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { countedUsage, type ModelServer, startModel } from '../support/model-server.ts';
import { pdfText } from '../support/pdf-text.ts';
import type { Answered } from '../support/serve-app.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';

let live: LiveServer;
let model: ModelServer;
let clinic: TestTenant;
beforeAll(async () => {
  model = await startModel();
  live = await startLive({ env: { ...model.env, DOCUMENT_REDACT: 'subjective' } });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
});
beforeEach(async () => {
  clinic = await withVisit({ documentsByModel: false });
});

/** With one visit, so that the doctor treats the patient. */
async function withVisit(settings: NonNullable<Parameters<LiveServer['tenant']>[0]>['settings'] = {}) {
  const tenant = await live.tenant({ settings });
  await live.meeting(tenant);
  return tenant;
}

const ask = (person: TestPerson, method: string, path: string, body?: unknown, tenant = clinic) =>
  live.rest(tenant, person, method, path, body);
const codeOf = ({ json }: Answered) => (json as { code?: string }).code;
const refusal = (answer: Answered) => [answer.status, codeOf(answer)];

const told = (more: object = {}) => ({
  patientId: clinic.patientId,
  age: 15,
  tier: 'moderate',
  findings: ['Crowding of the lower front teeth', 'Deep bite of 6 mm'],
  procedures: ['study models taken'],
  note: 'Pain when chewing.',
  seed: 7,
  ...more,
});

async function made(kind = 'progress-note', more: object = {}): Promise<DocumentView> {
  const answer = await ask('doctor', 'POST', `/documents/${kind}`, told(more));
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return answer.json as DocumentView;
}

async function confirmed(more: object = {}, kind = 'progress-note'): Promise<DocumentView> {
  const { id, version } = await made(kind, more);
  const answer = await ask('doctor', 'POST', `/documents/${id}/confirm`, { version });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return answer.json as DocumentView;
}

async function pdf(
  person: TestPerson,
  id: string,
  query = '',
): Promise<{ status: number; text: string; code?: string }> {
  const answer = await fetch(`${live.url}/api/v1/documents/${id}/pdf${query}`, {
    headers: { authorization: `Bearer ${await clinic.token(person)}` },
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200)
    return { status: answer.status, text: '', code: (JSON.parse(bytes.toString()) as { code: string }).code };
  return { status: 200, text: (await pdfText(bytes)).join('\n') };
}

describe('codes and rules', () => {
  test('choose active codes by tier and age group, and a document keeps the words of then', async () => {
    await ask('admin', 'POST', '/cdt/codes/starter-set');
    const rule = { tier: 'moderate', ageGroup: 'adolescent', codes: ['D8080', 'D0470'] };
    expect(await ask('admin', 'POST', '/cdt/rules', rule)).toMatchObject({ status: 201 });
    const first = await made();
    expect(first.codes.map(({ code }) => code)).toEqual(['D8080', 'D0470']);
    const { json } = await ask('staff', 'GET', '/cdt/codes?isActive=true&limit=200');
    const off = (json as { items: { id: string; code: string }[] }).items.find(({ code }) => code === 'D0470');
    await ask('admin', 'PATCH', `/cdt/codes/${off?.id}`, { isActive: false });
    expect((await made()).codes.map(({ code }) => code)).toEqual(['D8080']);
    expect((await made('progress-note', { age: 30 })).codes).toEqual([]);
    const kept = (await ask('doctor', 'GET', `/documents/${first.id}`)).json as DocumentView;
    expect(kept.codes).toEqual(first.codes);
  });

  test('are refused when a tier, an age group or a code is none, a code is off, or the rule is there', async () => {
    await ask('admin', 'POST', '/cdt/codes/starter-set');
    const good = { tier: 'mild', ageGroup: 'adult', codes: ['D8040'] };
    const { json } = await ask('admin', 'GET', '/cdt/codes?limit=1');
    const [first] = (json as { items: { id: string; code: string }[] }).items;
    await ask('admin', 'PATCH', `/cdt/codes/${first?.id}`, { isActive: false });
    const bad: [object, string][] = [
      [{ ...good, tier: 'catastrophic' }, 'tier'],
      [{ ...good, ageGroup: 'toddler' }, 'ageGroup'],
      [{ ...good, codes: ['D8040', 'D7777'] }, 'codes.1'],
      [{ ...good, codes: [first?.code] }, 'codes.0'],
      [{ ...good, codes: ['8040'] }, 'codes.0'],
      [{ ...good, codes: ['D8040', 'D8040'] }, 'codes'],
    ];
    for (const [body, path] of bad) {
      const answer = await ask('admin', 'POST', '/cdt/rules', body);
      expect([path, ...refusal(answer)]).toEqual([path, 422, 'INVALID_INPUT']);
      expect(answer.json).toMatchObject({ errors: [{ path }] });
    }
    expect((await ask('admin', 'POST', '/cdt/rules', good)).status).toBe(201);
    expect(refusal(await ask('admin', 'POST', '/cdt/rules', good))).toEqual([409, 'ALREADY_EXISTS']);
    expect(refusal(await ask('admin', 'POST', '/cdt/codes', { code: 'D8040', description: 'x' }))).toEqual([
      409,
      'ALREADY_EXISTS',
    ]);
    expect(refusal(await ask('doctor', 'POST', '/cdt/rules', { ...good, tier: 'severe' }))).toEqual([403, 'FORBIDDEN']);
  });
});

describe('a draft', () => {
  test('is written by template where the clinic wants no model, the same for the same seed, and says so', async () => {
    const [one, two] = [await made(), await made()];
    expect(two.payload).toEqual(one.payload);
    expect(Object.keys(one.payload)).toEqual(['title', 'subjective', 'objective', 'assessment', 'plan']);
    expect(one).toMatchObject({ state: 'draft', version: 1, confirmation: null, mayEdit: true });
    const { generationTimeMs, ...metadata } = one.metadata;
    expect(metadata).toEqual({
      tokensUsed: 0,
      audience: 'clinician',
      tone: 'formal',
      seed: 7,
      documentVersion: '1.0',
      language: 'en',
      tier: 'moderate',
      source: 'template',
      fallback: 'not_wanted',
      model: null,
    });
    expect(generationTimeMs).toBeGreaterThanOrEqual(0);
  });

  test('is written by the model, which is told no name, and passes only when it says nothing of its own', async () => {
    clinic = await withVisit();
    const text = {
      title: 'Progress note',
      subjective: 'Pain when chewing.',
      objective: 'Deep bite of 6 mm.',
      assessment: 'A moderate case.',
      plan: 'Study models taken.',
    };
    model.next({ say: [JSON.stringify(text)] });
    const good = await made();
    expect(good.payload).toEqual(text);
    const tokensUsed = countedUsage.inputTokens + countedUsage.outputTokens;
    expect(good.metadata).toMatchObject({ source: 'model', fallback: null, tokensUsed, seed: 7 });
    const sent = model.requests.at(-1)?.text ?? '';
    expect(sent).toContain('Deep bite of 6 mm');
    for (const secret of [clinic.users.patient.displayName, clinic.patientId, clinic.users.doctor.displayName])
      expect(sent).not.toContain(secret);
    model.next({ say: [JSON.stringify({ ...text, plan: 'Take amoxicillin 500 mg, code D8080.' })] });
    const bad = await made();
    expect(bad.metadata).toMatchObject({ source: 'template', fallback: 'not_usable', tokensUsed });
    expect(JSON.stringify(bad.payload)).not.toMatch(/amoxicillin|D8080/);
    model.next({ status: 400 });
    expect((await made()).metadata).toMatchObject({ source: 'template', fallback: 'unavailable' });
  });

  test('is for who treats the patient alone, about their own visit once it has begun', async () => {
    const body = told();
    expect(refusal(await ask('doctor2', 'POST', '/documents/progress-note', body))).toEqual([404, 'NOT_FOUND']);
    expect(refusal(await ask('staff', 'POST', '/documents/progress-note', body))).toEqual([403, 'FORBIDDEN']);
    const visit = await live.meeting(clinic);
    const about = { ...body, meetingId: visit.id };
    expect(refusal(await ask('doctor', 'POST', '/documents/progress-note', about))).toEqual([409, 'CONFLICT']);
    const { age: _age, ...ageless } = body;
    const answer = await ask('doctor', 'POST', '/documents/progress-note', ageless);
    expect([answer.status, (answer.json as { errors: unknown[] }).errors]).toMatchObject([422, [{ path: 'age' }]]);
    await ask('doctor', 'PATCH', `/patients/${clinic.patientId}`, { birthDate: '1990-05-17' });
    const { json } = await ask('doctor', 'POST', '/documents/progress-note', ageless);
    expect((json as DocumentView).payload['assessment']).toMatch(/^The patient is \d\d years old\. /);
  });
});

describe('confirming', () => {
  test('is done once, of the text as it was edited; then there is a PDF that says it, with who signed', async () => {
    await live.db.sql(`update practitioner set registration_number = 'MMC-1234', qualification = 'BDS' where id = $1`, [
      clinic.doctorId,
    ]);
    await ask('admin', 'POST', '/cdt/codes/starter-set');
    await ask('admin', 'POST', '/cdt/rules', { tier: 'moderate', ageGroup: 'adolescent', codes: ['D8080'] });
    const draft = await made();
    expect(await pdf('doctor', draft.id)).toMatchObject({ status: 409, code: 'DOCUMENT_NOT_CONFIRMED' });
    const payload: Record<string, unknown> = {
      ...draft.payload,
      subjective: 'Pain when chewing, on the left.',
      plan: 'Fit braces.\nCome back.',
    };
    const path = `/documents/${draft.id}/confirm`;
    const answer = await ask('doctor', 'POST', path, { version: 1, payload, notes: 'Read twice.' });
    const done = answer.json as DocumentView;
    expect(done).toMatchObject({ state: 'confirmed', version: 2, confirmedVersion: 2, payload });
    expect(done.confirmation).toMatchObject({
      registrationNumber: 'MMC-1234',
      notes: 'Read twice.',
      pdfGeneratedAt: null,
    });
    expect(refusal(await ask('doctor', 'POST', path, { version: 2 }))).toEqual([409, 'DOCUMENT_CONFIRMED']);
    const paper = await pdf('doctor', draft.id);
    const lines = paper.text.replaceAll(/\s+/g, ' ');
    for (const part of [
      payload['title'],
      payload['subjective'],
      payload['objective'],
      payload['assessment'],
      'Fit braces. Come back.',
    ])
      expect(lines).toContain(String(part).replaceAll(/\s+/g, ' '));
    expect(lines).toContain(`Name ${clinic.users.doctor.displayName}, BDS`);
    expect(lines).toContain('Registration number MMC-1234');
    expect(lines).toContain('Version (form) 2 (1.0)');
    expect(lines).toContain('D8080 Full straightening, adolescent');
    expect(lines).toContain(`Document ${draft.id} · page 1 of 1`);
    await pdf('admin', draft.id);
    const { items } = (await ask('doctor', 'GET', `/documents/${draft.id}/versions`)).json as DocumentVersions;
    expect(items.map(({ version, downloads }) => [version, downloads.length])).toEqual([
      [2, 2],
      [1, 0],
    ]);
    expect(items[0]?.confirmation?.pdfGeneratedAt).toBe(items[0]?.downloads[1]?.at);
  });

  test('keeps a copy without what the installation keeps out of it', async () => {
    const { id } = await confirmed();
    const [row] = await live.db.sql<{ payload: Record<string, string> }>(
      'select payload from document_confirmation where document_id = $1',
      [id],
    );
    expect(row?.payload['subjective']).toMatch(/^\[REDACTED:[0-9a-f]{8}\]$/);
    expect(row?.payload['objective']).toContain('Deep bite');
    expect((await pdf('doctor', id)).text).toContain('Pain when chewing.');
  });

  test('is refused to patients, the desk, another doctor and another clinic', async () => {
    const { id } = await made();
    const path = `/documents/${id}/confirm`;
    const other = await live.tenant();
    expect(refusal(await ask('patient', 'POST', path, { version: 1 }))).toEqual([403, 'FORBIDDEN']);
    expect(refusal(await ask('staff', 'POST', path, { version: 1 }))).toEqual([403, 'FORBIDDEN']);
    expect(refusal(await ask('admin', 'POST', path, { version: 1 }))).toEqual([403, 'FORBIDDEN']);
    expect(refusal(await ask('doctor2', 'POST', path, { version: 1 }))).toEqual([404, 'NOT_FOUND']);
    expect(refusal(await ask('doctor', 'POST', path, { version: 1 }, other))).toEqual([404, 'NOT_FOUND']);
    expect(((await ask('doctor', 'GET', `/documents/${id}`)).json as DocumentView).state).toBe('draft');
  });

  test('twice at once is done once', async () => {
    const { id, payload } = await made();
    const confirm = (plan: string) =>
      ask('doctor', 'POST', `/documents/${id}/confirm`, { version: 1, payload: { ...payload, plan } });
    const answers = await Promise.all([confirm('Rest.'), confirm('Rest.'), confirm('Braces.')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(codeOf)).toEqual([
      'DOCUMENT_CONFIRMED',
      'DOCUMENT_CONFIRMED',
    ]);
    const [row] = await live.db.sql<{ n: number }>(
      'select count(*)::int as n from document_confirmation where document_id = $1',
      [id],
    );
    expect(row?.n).toBe(1);
  });

  test('needs the number of a registration in India, and a name that can be printed', async () => {
    clinic = await withVisit({ documentsByModel: false, country: 'IN' });
    const { id } = await made();
    const confirm = () => ask('doctor', 'POST', `/documents/${id}/confirm`, { version: 1 });
    expect(refusal(await confirm())).toEqual([409, 'CONFLICT']);
    const rename = (name: string) =>
      live.db.sql(`update practitioner set registration_number = 'TN-1', name = $2 where id = $1`, [
        clinic.doctorId,
        name,
      ]);
    await rename('டாக்டர்');
    expect(refusal(await confirm())).toEqual([409, 'CONFLICT']);
    await rename('Dr. Kumar');
    await live.db.sql(`update patient set name = 'ஆஷா' where id = $1`, [clinic.patientId]);
    expect((await confirm()).status).toBe(200);
    expect((await pdf('doctor', id)).text).toContain(clinic.patientId);
  });

  test('refuses a text that does not fit, cannot be printed, or was changed in the meantime', async () => {
    const { id, payload } = await made();
    const path = `/documents/${id}/confirm`;
    const bad: [object, string][] = [
      [{ ...payload, plan: '' }, 'payload.plan'],
      [{ ...payload, plan: 'வலி' }, 'payload.plan'],
      [{ ...payload, plan: ['Rest.'] }, 'payload.plan'],
      [{ ...payload, more: 'Rest.' }, 'payload'],
    ];
    for (const [text, at] of bad) {
      const answer = await ask('doctor', 'POST', path, { version: 1, payload: text });
      expect([at, ...refusal(answer)]).toEqual([at, 422, 'INVALID_INPUT']);
      expect(answer.json).toMatchObject({ errors: [{ path: at }] });
    }
    const edit = { version: 1, payload: { ...payload, plan: 'Rest.' } };
    expect(await ask('doctor', 'PUT', `/documents/${id}`, edit)).toMatchObject({ status: 200, json: { version: 2 } });
    expect(refusal(await ask('doctor', 'PUT', `/documents/${id}`, edit))).toEqual([409, 'DOCUMENT_CHANGED']);
    expect(refusal(await ask('doctor', 'POST', path, { version: 1 }))).toEqual([409, 'DOCUMENT_CHANGED']);
  });
});

describe('time', () => {
  test('lets drafts and confirmations expire by the clinic’s settings', async () => {
    clinic = await withVisit({ documentsByModel: false, documentDraftDays: 10, documentConfirmationDays: 3 });
    const { id, payload } = await made();
    live.clock.forward(11 * 86_400);
    const path = `/documents/${id}/confirm`;
    expect(refusal(await ask('doctor', 'POST', path, { version: 1 }))).toEqual([409, 'DOCUMENT_EXPIRED']);
    await ask('doctor', 'PUT', `/documents/${id}`, { version: 1, payload });
    expect(await ask('doctor', 'POST', path, { version: 2 })).toMatchObject({ status: 200 });
    expect((await pdf('doctor', id)).status).toBe(200);
    live.clock.forward(4 * 86_400);
    expect(await pdf('doctor', id)).toMatchObject({ status: 409, code: 'DOCUMENT_EXPIRED' });
    expect(await ask('doctor', 'POST', path, { version: 2 })).toMatchObject({
      json: { state: 'confirmed', version: 3 },
    });
    expect((await pdf('doctor', id)).status).toBe(200);
  });
});

describe('who sees what', () => {
  const list = async (person: TestPerson, query = '') =>
    ((await ask(person, 'GET', `/documents${query}`)).json as DocumentPage).items;

  test('patients see what is confirmed and meant for them, in the version that is; the desk what goes to insurers', async () => {
    const note = await confirmed();
    const summary = await made('treatment-summary');
    expect(await list('patient')).toEqual([]);
    expect(refusal(await ask('patient', 'GET', `/documents/${summary.id}`))).toEqual([404, 'NOT_FOUND']);
    await ask('doctor', 'POST', `/documents/${summary.id}/confirm`, { version: 1, notes: 'Ours.' });
    const claim = await confirmed({}, 'insurance-summary');
    await ask('doctor', 'PUT', `/documents/${summary.id}`, {
      version: 1,
      payload: { ...summary.payload, summary: 'Not yet said.' },
    });
    expect((await list('patient')).map(({ id, version, state }) => [id, version, state])).toEqual([
      [summary.id, 1, 'confirmed'],
    ]);
    const seen = await ask('patient', 'GET', `/documents/${summary.id}`);
    expect(seen.text).not.toMatch(/Not yet said|Ours/);
    expect((await pdf('patient', summary.id)).status).toBe(200);
    expect((await pdf('patient', summary.id, '?version=2')).code).toBe('NOT_FOUND');
    expect(await pdf('doctor', summary.id)).toMatchObject({ code: 'DOCUMENT_NOT_CONFIRMED' });
    expect((await pdf('doctor', summary.id, '?version=1')).status).toBe(200);
    expect(await list('patient2')).toEqual([]);
    expect((await list('staff')).map(({ id }) => id)).toEqual([claim.id]);
    expect(refusal(await ask('staff', 'GET', `/documents/${note.id}`))).toEqual([404, 'NOT_FOUND']);
    expect(refusal(await ask('patient', 'GET', `/documents/${summary.id}/versions`))).toEqual([403, 'FORBIDDEN']);
    expect((await list('doctor')).length).toBe(3);
    expect((await list('doctor', '?state=draft')).map(({ id }) => id)).toEqual([summary.id]);
    expect((await list('doctor', '?state=confirmed&kind=progress_note')).map(({ id }) => id)).toEqual([note.id]);
    expect(await list('doctor2')).toEqual([]);
  });

  test('a draft is its author’s: a colleague who treats the patient sees what was confirmed, and waits while one is open', async () => {
    const { doctor2Id: doctorId, patientId } = clinic;
    await ask('admin', 'POST', '/meetings', { doctorId, patientId, scheduledAt: live.clock.now().toISOString() });
    const list = async (person: TestPerson) => ((await ask(person, 'GET', '/documents')).json as DocumentPage).items;
    const draft = await made('progress-note');
    const path = `/documents/${draft.id}`;
    expect(await list('doctor2')).toEqual([]);
    expect(await list('admin')).toMatchObject([{ id: draft.id, state: 'draft' }]);
    for (const [method, at, body] of [
      ['GET', path],
      ['GET', `${path}/versions`],
      ['PUT', path, { version: 1, payload: draft.payload }],
      ['POST', `${path}/confirm`, { version: 1 }],
    ] as const) {
      expect([at, ...refusal(await ask('doctor2', method, at, body))]).toEqual([at, 404, 'NOT_FOUND']);
    }
    await ask('doctor', 'POST', `${path}/confirm`, { version: 1, notes: 'For the team.' });
    const seen = (await ask('doctor2', 'GET', path)).json as DocumentView;
    expect(seen).toMatchObject({ version: 1, mayEdit: true, confirmation: { notes: 'For the team.' } });
    const later = { ...seen.payload, title: 'Not yet said' };
    expect((await ask('doctor', 'PUT', path, { version: 1, payload: later })).status).toBe(200);
    expect((await ask('doctor2', 'GET', path)).json).toMatchObject({ version: 1, mayEdit: false, state: 'confirmed' });
    const { items } = (await ask('doctor2', 'GET', `${path}/versions`)).json as DocumentVersions;
    expect(items.map(({ version }) => version)).toEqual([1]);
    const edit = await ask('doctor2', 'PUT', path, { version: 1, payload: later });
    expect(refusal(edit)).toEqual([409, 'DOCUMENT_CHANGED']);
    expect(edit.text).not.toContain('Not yet said');
    // Once it is confirmed, the colleague goes on with it; then the draft is theirs and the first author's.
    await ask('doctor', 'POST', `${path}/confirm`, { version: 2 });
    const more = { ...later, title: 'More of it' };
    expect((await ask('doctor2', 'PUT', path, { version: 2, payload: more })).status).toBe(200);
    expect((await ask('doctor2', 'GET', path)).json).toMatchObject({ version: 3, state: 'draft', mayEdit: true });
  });

  test('a draft is discarded by who answers for it: gone, or again as it was confirmed', async () => {
    const discard = (id: string, version: number, person: TestPerson = 'doctor') =>
      ask(person, 'POST', `/documents/${id}/discard`, { version });
    const one = await made();
    expect(refusal(await discard(one.id, 1, 'patient'))).toEqual([403, 'FORBIDDEN']);
    expect(refusal(await discard(one.id, 1, 'doctor2'))).toEqual([404, 'NOT_FOUND']);
    expect(refusal(await discard(one.id, 2))).toEqual([409, 'DOCUMENT_CHANGED']);
    expect((await discard(one.id, 1)).status).toBe(204);
    for (const person of ['doctor', 'admin'] as const) {
      expect(refusal(await ask(person, 'GET', `/documents/${one.id}`))).toEqual([404, 'NOT_FOUND']);
    }
    expect(refusal(await discard(one.id, 1))).toEqual([404, 'NOT_FOUND']);
    const kept = await confirmed();
    expect(refusal(await discard(kept.id, 1))).toEqual([409, 'DOCUMENT_CONFIRMED']);
    const path = `/documents/${kept.id}`;
    const edit = async (version: number, title: string) =>
      (await ask('doctor', 'PUT', path, { version, payload: { ...kept.payload, title } })).json as DocumentView;
    expect(await edit(1, 'Not meant')).toMatchObject({ version: 2, state: 'draft' });
    expect((await discard(kept.id, 2)).status).toBe(204);
    expect((await ask('doctor', 'GET', path)).json).toMatchObject({
      version: 1,
      state: 'confirmed',
      payload: kept.payload,
    });
    expect((await pdf('doctor', kept.id)).status).toBe(200);
    // Whoever still has the discarded one before them finds out, and no number is given twice.
    expect(refusal(await ask('doctor', 'PUT', path, { version: 2, payload: kept.payload }))).toEqual([
      409,
      'DOCUMENT_CHANGED',
    ]);
    expect(await edit(1, 'Meant')).toMatchObject({ version: 3, state: 'draft' });
    expect((await ask('doctor', 'POST', `${path}/confirm`, { version: 3 })).json).toMatchObject({ state: 'confirmed' });
  });
});
