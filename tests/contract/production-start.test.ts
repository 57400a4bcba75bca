/** The server as its own process in production: what it refuses to start with, all at once and without a value. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { refuseDemoAccounts } from '../../prisma/no-demo.ts';
import { openDemoClinic } from '../../prisma/seed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { compileCache, spawnServer } from '../support/process.ts';
import { createTenant, testPassword } from '../support/tenant.ts';

const root = path.resolve(import.meta.dirname, '../..');
const random = () => randomBytes(36).toString('base64');

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'housecall-production-'));
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const good = () => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: folder,
  DATABASE_URL: database.appUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
  JWT_SECRET: random(),
  ENCRYPTION_KEY: random(),
  PUBLIC_URL: 'https://clinic.example',
  MEDIA_ENGINE: 'p2p',
});

interface Refusal {
  code: number | null;
  lines: string[];
  printed: string;
}

/** Starts the server, which is to end by itself. */
function refusal(env: Record<string, string>): Promise<Refusal> {
  return new Promise((resolve) => {
    const options = {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compileCache, ...env },
      timeout: 30_000,
    };
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'src/main.ts'],
      options,
      (_error, stdout, stderr) => {
        const lines = stderr.split('\n').filter(Boolean);
        resolve({
          code: child.exitCode,
          lines: lines.map((line) => line.replace('Housecall cannot start: ', '')),
          printed: stdout + stderr,
        });
      },
    );
  });
}

test('everything that is wrong is said at once, by the names of variables alone', async () => {
  const shared = random();
  const { code, lines, printed } = await refusal({
    NODE_ENV: 'production',
    DATA_DIR: folder,
    JWT_SECRET: 'change-me-change-me-change-me-change-me',
    ENCRYPTION_KEY: shared,
    METRICS_TOKEN: shared,
    INTERNAL_TOKEN: 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    CORS_ORIGINS: 'http://portal.example',
    AUTH_BYPASS: 'on',
    DEMO: 'on',
    RATE_LIMITS: 'off',
    SMTP_URL: 'smtp://user:hunter2@mail.internal',
    LOG_LEVEL: 'loud',
  });
  expect(code).toBe(1);
  expect(lines.map((line) => line.replace(/:.*/, '')).toSorted()).toEqual([
    'AUTH_BYPASS',
    'CORS_ORIGINS',
    'DATABASE_URL',
    'DEMO',
    'INTERNAL_TOKEN',
    'JWT_SECRET',
    'LOG_LEVEL',
    'MAIL_FROM',
    'METRICS_TOKEN',
    'PUBLIC_URL',
    'RATE_LIMITS',
  ]);
  for (const value of [shared, 'change-me-change', 'zzzz', 'portal.example', 'hunter2', 'loud'])
    expect(printed).not.toContain(value);
});

test('with all that it needs it starts, signs with its own key from a file and shows the public half', async () => {
  const file = path.join(folder, 'key.pem');
  const pem = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs1', format: 'pem' });
  await writeFile(file, pem, { mode: 0o600 });
  const { JWT_SECRET: _, PORT: __, ...env } = good();
  const tenant = await createTenant(database);
  await using server = await spawnServer({ ...env, JWT_PRIVATE_KEY: file });
  expect(server.output()).not.toContain('AUTH_BYPASS');
  const { keys } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
  expect(keys).toHaveLength(1);
  const signedIn = await fetch(`${server.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: tenant.users.doctor.email, password: testPassword, tenant: tenant.slug }),
  });
  const { accessToken } = (await signedIn.json()) as { accessToken: string };
  expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'RS256', kid: keys[0]?.kid });
  expect(await server.kill('SIGTERM')).toBe(0);
});

test('a database with demo accounts is refused, until nobody can sign in with the demo’s password', async () => {
  await using tried = await createTestDatabase();
  await openDemoClinic(tried.database);
  const { code, lines, printed } = await refusal({
    ...good(),
    DATABASE_URL: tried.appUrl,
    DATABASE_OWNER_URL: tried.ownerUrl,
    LOG_LEVEL: 'silent',
  });
  expect({ code, lines }).toEqual({
    code: 1,
    lines: [expect.stringMatching(/^DATABASE_URL: its database holds demo accounts/)],
  });
  expect(printed).not.toContain('Housecall-Demo-1');
  await tried.sql(`update app_user set is_active = false where email <> 'doctor2@other.clinic'`);
  await expect(refuseDemoAccounts(tried.database)).rejects.toThrow('demo accounts');
  await tried.sql(`update app_user set password_hash = '$2b$04$Wm0Y.fyUb.AsPO03/5ug9urPE1wuSkVoLodiUoz4BnrbOoUxx9Q2u'`);
  await expect(refuseDemoAccounts(tried.database)).resolves.toBeUndefined();
});
