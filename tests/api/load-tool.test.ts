/** `npm run load`: what it does to a server, and what it says of it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOptions } from '../../load/options.ts';
import { toHtml } from '../../load/report.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { createTenant, type TestTenant, testJwt, testPassword } from '../support/tenant.ts';

const root = path.resolve(import.meta.dirname, '../..');

let db: TestDatabase;
let server: ServerProcess;
let clinic: TestTenant;
let out: string;
beforeAll(async () => {
  db = await createTestDatabase();
  const env = { DATABASE_URL: db.appUrl, DATABASE_OWNER_URL: db.ownerUrl, JWT_SECRET: testJwt.secret };
  server = await spawnServer({ ...env, RATE_LIMITS: 'off', MEDIA_ENGINE: 'auto', MEDIA_PORT: '0' });
  clinic = await createTenant(db);
  out = await mkdtemp(path.join(tmpdir(), 'housecall-load-'));
}, 90_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
  await rm(out, { recursive: true, force: true });
});

const load = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', 'load/main.ts', ...args], {
    cwd: root,
  });

it('holds scripted consultations with chat, lost connections and media calls, and reports them as JSON and as a page', async () => {
  const { email } = clinic.users.admin;
  const who = ['--clinic', clinic.slug, '--email', email, '--password', testPassword];
  const what = ['--meetings', '2', '--minutes', '0.02', '--seconds', '2', '--drops', '100', '--chat', '60'];
  await load('--url', server.url, ...who, ...what, '--out', out);
  const report = JSON.parse(await readFile(path.join(out, 'report.json'), 'utf8')) as Parameters<typeof toHtml>[0];
  expect(report.failures).toEqual({});
  expect(report.counts.finished).toBe(report.counts.begun);
  expect(report.counts.begun).toBeGreaterThanOrEqual(2);
  expect(report.returned).toBe(1);
  expect(Object.keys(report.latencies).toSorted()).toEqual(
    expect.arrayContaining(['end', 'join', 'media', 'return', 'start', 'wait']),
  );
  const rows = await db.sql<{ status: string; end_reason: string }>(
    'select distinct status, end_reason from meeting where tenant_id = $1',
    [clinic.id],
  );
  expect(rows).toEqual([{ status: 'ended', end_reason: 'doctor_ended' }]);
  const page = await readFile(path.join(out, 'report.html'), 'utf8');
  expect(page).toBe(toHtml(report));
  expect(page).toContain('<polyline');
  expect(JSON.stringify(report) + page).not.toContain(testPassword);
  expect(JSON.stringify(report) + page).not.toContain(email);
}, 120_000);

describe('asked for nonsense', () => {
  it('says of each option what is wrong with it, and does nothing', async () => {
    expect(() => readOptions(['--meetings', '0', '--minutes', 'long', '--url', 'ftp://here'])).toThrow(
      /--url: .*\n--meetings: .*\n--minutes: /,
    );
    await expect(load('--meetings', '0')).rejects.toMatchObject({ code: 2 });
  });
});
