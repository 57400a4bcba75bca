import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, loadConfig, variableNames } from '../../src/platform/config.ts';

const secret = 'a secret that is long enough, surely';
const production = { NODE_ENV: 'production', JWT_SECRET: secret };

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

test('with nothing set, everything has its default', () => {
  expect(loadConfig({})).toEqual({
    production: false,
    http: { host: '127.0.0.1', port: 3000, corsOrigins: [], trustProxy: 0, rateLimits: true },
    dataDir: path.resolve('data'),
    database: { url: undefined, ownerUrl: undefined },
    roles: new Set(['api', 'signaling', 'worker']),
    media: {
      engine: 'auto',
      listenAddress: '127.0.0.1',
      announcedAddress: undefined,
      port: 44_400,
      turnUrls: [],
      turnSecret: undefined,
    },
    logLevel: 'info',
    demo: true,
    jwt: {
      secret: undefined,
      privateKey: undefined,
      issuer: 'housecall',
      audience: 'housecall',
      trustedIssuers: undefined,
      bypass: false,
    },
    encryptionKey: undefined,
    publicUrl: undefined,
    redisUrl: undefined,
    mail: { smtpUrl: undefined, from: undefined },
    metricsToken: undefined,
    internalToken: undefined,
    otlpEndpoint: undefined,
  });
});

test('an empty value counts as not set', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '', JWT_SECRET: '' }).http.port).toBe(3000);
});

test('lists are split at commas', () => {
  const config = loadConfig({
    CORS_ORIGINS: 'https://a.example, https://b.example',
    TURN_URLS: 'turn:t.example:3478,stun:s.example',
    TURN_SECRET: secret,
  });
  expect(config.http.corsOrigins).toEqual(['https://a.example', 'https://b.example']);
  expect(config.media.turnUrls).toEqual(['turn:t.example:3478', 'stun:s.example']);
});

describe('a bad value stops the start with one line that names the variable and does not repeat the value', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://root:hunter2@host/db'],
    ['ROLES', 'api,cook'],
    ['MEDIA_ENGINE', 'magic'],
    ['MEDIA_LISTEN_ADDRESS', 'not-an-address'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO', 'perhaps'],
    ['JWT_SECRET', 'hunter2-short'],
    ['CORS_ORIGINS', '*'],
    ['TRUST_PROXY', 'all'],
    ['TURN_URLS', 'http://turn.example'],
    ['TURN_SECRET', 'hunter2'],
    ['RATE_LIMITS', 'sometimes'],
    ['NODE_ENV', 'staging'],
  ])('%s', (name, value) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: \\S`));
    expect(lines[0]).not.toContain(value);
  });
});

test('all bad variables are named at once', () => {
  expect(linesOf({ PORT: 'x', LOG_LEVEL: 'x', CLAMD_HOST: 'h' }).map((line) => line.split(':')[0])).toEqual([
    'CLAMD_HOST',
    'PORT',
    'LOG_LEVEL',
  ]);
});

test.each(['CLAMD_HOST', 'LLM_MODEL', 'RAZORPAY_KEY_ID', 'S3_BUCKET'])('%s is refused rather than ignored', (name) => {
  expect(linesOf({ [name]: 'x' })).toEqual([`${name}: this version does not support it yet`]);
});

describe('production', () => {
  test('wants its secret, no demo clinic and rate limits', () => {
    expect(linesOf({ NODE_ENV: 'production' })).toEqual(['JWT_SECRET: must be set in production']);
    expect(linesOf({ ...production, DEMO: 'on' })).toEqual(['DEMO: must be off in production']);
    expect(linesOf({ ...production, RATE_LIMITS: 'off' })).toEqual(['RATE_LIMITS: must be on in production']);
  });

  test('has no demo clinic by default', () => {
    expect(loadConfig(production)).toMatchObject({ production: true, demo: false, jwt: { secret } });
  });
});

test('variables that need each other say so', () => {
  expect(linesOf({ TURN_URLS: 'turns:t.example' })).toEqual([
    'TURN_SECRET: must be set when TURN_URLS names a TURN server',
  ]);
  expect(linesOf({ TURN_URLS: 'stun:t.example' })).toEqual([]);
  expect(linesOf({ DATABASE_OWNER_URL: 'postgresql://o@h/d' })).toEqual([
    'DATABASE_OWNER_URL: needs DATABASE_URL beside it',
  ]);
  expect(linesOf({ ROLES: 'api,api,api' })[0]).toMatch(/^ROLES: .* needs DATABASE_URL/);
  expect(linesOf({ ROLES: 'api', DATABASE_URL: 'postgresql://a@h/d' })).toEqual([]);
});

test('.env.example has every variable once, each with a comment, and as it stands changes nothing', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8');
  const set = text.split('\n').filter((line) => /^[A-Z]/.test(line));
  expect(set.map((line) => line.replace(/=.*/, '')).toSorted()).toEqual([...variableNames].toSorted());
  for (const block of text.split('\n\n').slice(1)) expect(block).toMatch(/^# /);
  const env = Object.fromEntries(set.map((line) => line.split(/=(.*)/s, 2) as [string, string]));
  expect(loadConfig(env)).toEqual(loadConfig({}));
});
