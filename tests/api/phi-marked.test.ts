/**
 * Marked words in everything that a person says, sent through every route and every call: they come back to those who may
 * see them and stand nowhere else — no log line, no refusal, no label of a metric, no row of the audit trail.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type CallName, calls } from '../../signaling/protocol/index.ts';
import { compose, type RunningServer } from '../../src/compose.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { JsonSchema } from '../support/fuzz/json-schema.ts';
import { createRestClient } from '../support/fuzz/rest-client.ts';
import { operationsOf, restShot } from '../support/fuzz/rest-shots.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { call, memoryLogger } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { createTenant, type TestPerson, type TestTenant, testJwt } from '../support/tenant.ts';

/** What a person says of themselves or of somebody else, a word for each kind that occurs nowhere by chance. */
const words = {
  patient: 'Zqpatientqz',
  doctor: 'Zqdoctorqz',
  reason: 'Zqreasonqz',
  chat: 'Zqchatqz',
  email: 'zqemailqz',
  phone: '+91900077123123',
  password: 'Zqpassword-1qz',
  location: 'Zqlocationqz',
} as const;
const marked = Object.values(words);
/** Which of them a text shows. */
const shown = (text: string) => marked.filter((word) => text.toLowerCase().includes(word.toLowerCase()));

let database: TestDatabase;
let folder: string;
let server: RunningServer;
let clinic: TestTenant;
const log = memoryLogger();
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'housecall-phi-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: folder,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    JWT_SECRET: testJwt.secret,
    MEDIA_ENGINE: 'p2p',
    RATE_LIMITS: 'off',
    DEMO: 'off',
  });
  server = await compose(config, { logger: log.logger, passwordCost: 4 });
  clinic = await createTenant(database, { names: { patient: words.patient, doctor: words.doctor } });
});
afterAll(async () => {
  await server.close('test over');
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const rest = async (person: TestPerson | null, method: string, at: string, body?: unknown) =>
  call(`${server.url}/api/v1${at}`, method, {
    ...(person && { token: await clinic.token(person) }),
    ...(body !== undefined && { body }),
  });

/** Every text in `value` becomes the word for its field, else one after another. */
function withWords(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withWords(item, field));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withWords(inner, name)]));
  }
  if (typeof value !== 'string' || /Id$|^id$|At$|date|time|from|to|status|modality|kind|cursor/i.test(field))
    return value;
  if (/mail/i.test(field)) return `${words.email}@test.example`;
  if (/phone/i.test(field)) return words.phone;
  if (/password/i.test(field)) return words.password;
  return /reason|note|text/i.test(field) ? words.reason : words.location;
}

async function everythingSaid(): Promise<void> {
  const { doctorId, patientId, slug } = clinic;
  const email = `${words.email}@test.example`;
  await rest(null, 'POST', '/auth/register', {
    tenant: slug,
    email,
    password: words.password,
    displayName: words.patient,
  });
  await rest(null, 'POST', '/auth/login', { tenant: slug, email, password: words.password });
  await rest(null, 'POST', '/auth/login', { tenant: slug, email, password: `${words.password}!` });
  const scheduledAt = new Date().toISOString();
  const made = await rest('staff', 'POST', '/meetings', { doctorId, patientId, scheduledAt, reason: words.reason });
  expect(made.status).toBe(201);
  expect(shown(made.text)).toEqual([words.patient, words.doctor, words.reason]);
  const { id: meetingId } = made.json as { id: string };
  const [doctor, patient] = [
    await SocketClient.connect(server.url, await clinic.token('doctor')),
    await SocketClient.connect(server.url, await clinic.token('patient')),
  ];
  await patient.call('meeting:wait', { meetingId });
  expect(shown(JSON.stringify(await doctor.call('queue:watch', {})))).toEqual([words.patient, words.reason]);
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId });
  await patient.call('chat:send', { text: words.chat, clientId: '1' });
  expect((await doctor.next('chat:sent')).text).toBe(words.chat);
  // Every call there is, with every text in it marked, right and wrong.
  for (const [name, { input }] of Object.entries(calls)) {
    const [sample] = fc.sample(fc.record({ meetingId: fc.constant(words.reason), text: fc.constant(words.chat) }), 1);
    const shape =
      'shape' in input ? Object.fromEntries(Object.keys(input.shape).map((field) => [field, words.chat])) : {};
    for (const sent of [sample, shape, words.chat, { [words.reason]: words.chat }]) {
      const answer = await patient.ask(name as CallName, sent as never);
      const told = answer.ok ? [] : shown(answer.error.message);
      expect({ name, told }).toEqual({ name, told: [] });
    }
  }
  await patient.ask(words.chat as CallName, {});
  await doctor.ask('meeting:end', {});
  for (const client of [doctor, patient]) client.close();
  await rest('admin', 'GET', '/meetings/export.csv');
  await rest('patient', 'POST', `/meetings/${meetingId}/cancel`, { reason: words.reason });
}

/** Every route there is, by its description, with every text marked. */
async function everyRoute(): Promise<number> {
  const { json } = await call(`${server.url}/api/v1/openapi.json`, 'GET');
  const description = json as { components: { schemas: Record<string, JsonSchema> } };
  const people = ['doctor', 'patient', 'staff', 'admin'] as const;
  const operations = operationsOf(json);
  const seed = fuzzSeed();
  const routes = new Set<string>();
  let refusals = 0;
  using client = createRestClient(server.url, 4);
  for (const operation of operations) {
    // Anew, because some of what is thrown signs its sender out everywhere.
    const tokens = await Promise.all(people.map((person) => clinic.token(person)));
    const aims = {
      operations: [operation],
      components: description.components.schemas,
      ids: [clinic.doctorId, clinic.patientId],
      credentials: tokens.map((token) => `Bearer ${token}`),
      bodies: {},
    };
    for (const shot of fc.sample(restShot(aims), { numRuns: 12, seed })) {
      const body = shot.body && markedBody(shot.body);
      const query = `${words.reason}=${words.location}`;
      const target = shot.target.includes('?') ? `${shot.target}&${query}` : shot.target;
      const answer = await client.send({ ...shot, target, body, headers: plain(shot.headers) });
      if (answer === 'lost') continue;
      if (shot.operation) routes.add(`${operation.method} ${operation.path}`);
      if (answer.status < 400) continue;
      refusals += 1;
      const told = {
        status: answer.status,
        told: shown(answer.body.toString()),
        headers: shown(JSON.stringify(answer.headers)),
      };
      expect({ target, ...told }).toEqual({ target, status: answer.status, told: [], headers: [] });
    }
  }
  expect(routes.size).toBe(operations.length);
  return refusals;
}

function markedBody(body: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(withWords(JSON.parse(body.toString()))));
  } catch {
    return body;
  }
}

/** Without what would make the answer another text, or the body another length. */
function plain(headers: Record<string, string>): Record<string, string> {
  const { 'content-encoding': _, expect: __, ...rest } = headers;
  return { ...rest, 'accept-encoding': 'identity' };
}

it('what people say stands in no log line, no refusal, no metric and no row of the trail', async () => {
  await everythingSaid();
  expect(await everyRoute()).toBeGreaterThan(100);
  // The test would find a word if one were there: it is in the tables of the people themselves.
  const [row] = await database.sql<{ said: string }>(`select string_agg(name, ' ') as said from patient`);
  expect(shown(row?.said ?? '')).toContain(words.patient);

  expect(log.lines.length).toBeGreaterThan(500);
  expect(log.lines.filter((line) => shown(JSON.stringify(line)).length > 0)).toEqual([]);
  const metrics = await call(`${server.url}/metrics`, 'GET');
  expect(metrics.status).toBe(200);
  expect(metrics.text).toContain('route=');
  expect(shown(metrics.text)).toEqual([]);
  const trail = await database.sql<{ row: string }>('select e::text as row from audit_trail e');
  expect(trail.length).toBeGreaterThan(500);
  expect(trail.filter(({ row }) => shown(row).length > 0)).toEqual([]);
}, 120_000);
