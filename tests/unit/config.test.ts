import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, loadConfig, variableNames } from '../../src/platform/config.ts';

const secret = 'a secret that is long enough, surely';
const random = () => randomBytes(36).toString('base64');
const production = {
  NODE_ENV: 'production',
  JWT_SECRET: random(),
  ENCRYPTION_KEY: random(),
  PUBLIC_URL: 'https://clinic.example',
  DATABASE_URL: 'postgresql://app@db.internal/housecall',
};

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
    logRedact: [],
    documentRedact: [],
    demo: true,
    jwt: {
      secret: undefined,
      privateKey: undefined,
      issuer: 'housecall',
      audience: 'housecall',
      trustedIssuers: [],
      bypass: false,
    },
    encryptionKey: undefined,
    publicUrl: undefined,
    redis: undefined,
    mail: { smtpUrl: undefined, from: undefined },
    files: { clamd: undefined, s3: undefined },
    metricsToken: undefined,
    model: undefined,
    modelPrices: { input: 0, output: 0 },
    secondOpinion: false,
    internalToken: undefined,
    otlpEndpoint: undefined,
    payments: { razorpay: undefined, sandbox: true },
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

test('a large machine may have as many media workers as its owner says', () => {
  expect(loadConfig({ MEDIA_WORKERS: '7' }).media.workers).toBe(7);
  expect(loadConfig({}).media.workers).toBeUndefined();
});

describe('a bad value stops the start with one line that names the variable and does not repeat the value', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://root:hunter2@host/db'],
    ['ROLES', 'api,cook'],
    ['MEDIA_ENGINE', 'magic'],
    ['MEDIA_LISTEN_ADDRESS', 'not-an-address'],
    ['MEDIA_WORKERS', '0'],
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
  expect(linesOf({ PORT: 'x', LOG_LEVEL: 'x', LLM_MODEL: 'm' }).map((line) => line.split(':')[0])).toEqual([
    'PORT',
    'LOG_LEVEL',
    'LLM_MODEL',
  ]);
});

test.each([
  ['LLM_BASE_URL without a model', { LLM_BASE_URL: 'http://localhost:11434/v1' }, 'LLM_MODEL'],
  ['LLM_MODEL alone', { LLM_MODEL: 'm' }, 'LLM_MODEL'],
  ['LLM_API_KEY alone', { LLM_API_KEY: 'k' }, 'LLM_API_KEY'],
  [
    'two models',
    { LLM_BASE_URL: 'http://localhost:11434/v1', LLM_MODEL: 'm', GOOGLE_GENERATIVE_AI_API_KEY: 'a-long-key' },
    'LLM_BASE_URL',
  ],
])('%s is refused rather than ignored', (_what, set, name) => {
  expect(linesOf(set).map((line) => line.split(':')[0])).toEqual([name]);
});

test('the language model is Gemini by its key, or any other by its address', () => {
  expect(loadConfig({}).model).toBeUndefined();
  expect(loadConfig({ GOOGLE_GENERATIVE_AI_API_KEY: 'a-long-key' }).model).toMatchObject({ kind: 'google' });
  const own = { LLM_BASE_URL: 'http://localhost:11434/v1', LLM_MODEL: 'm' };
  expect(loadConfig(own).model).toMatchObject({ kind: 'compatible', model: 'm', baseUrl: own.LLM_BASE_URL });
});

test.each([
  ['http://model.example.org/v1', ['LLM_BASE_URL']],
  ['http://10.0.0.7/v1', ['LLM_BASE_URL']],
  ['https://model.example.org/v1', []],
  ['http://localhost:11434/v1', []],
  ['http://ollama:11434/v1', []],
])('in production what people write goes to %s only where nobody reads along', (address, named) => {
  const lines = linesOf({ ...production, LLM_BASE_URL: address, LLM_MODEL: 'm' });
  expect(lines.map((line) => line.split(':')[0])).toEqual(named);
});

describe('payments', () => {
  const keys = { RAZORPAY_KEY_ID: 'rzp_test_abc', RAZORPAY_KEY_SECRET: 'seventeen letters' };

  test('are in the sandbox where no keys are, and by Razorpay where they are', () => {
    expect(loadConfig({}).payments).toEqual({ razorpay: undefined, sandbox: true });
    expect(loadConfig(keys).payments).toMatchObject({ razorpay: { keyId: 'rzp_test_abc' }, sandbox: false });
    expect(loadConfig(production).payments).toEqual({ razorpay: undefined, sandbox: false });
  });

  test.each([
    [{ RAZORPAY_KEY_ID: keys.RAZORPAY_KEY_ID }, 'RAZORPAY_KEY_SECRET'],
    [{ RAZORPAY_WEBHOOK_SECRET: 'seventeen letters' }, 'RAZORPAY_WEBHOOK_SECRET'],
    [{ ...keys, PAYMENT_SANDBOX: 'on' }, 'PAYMENT_SANDBOX'],
    [{ ...production, ...keys }, 'RAZORPAY_WEBHOOK_SECRET'],
    [{ ...production, PAYMENT_SANDBOX: 'on' }, 'PAYMENT_SANDBOX'],
  ])('%j is refused with one line', (env, name) => {
    expect(linesOf(env).map((line) => line.split(':')[0])).toEqual([name]);
  });
});

describe('production', () => {
  test('starts with secrets of its own, its address and its database', () => {
    expect(linesOf(production)).toEqual([]);
    expect(loadConfig(production)).toMatchObject({
      production: true,
      demo: false,
      jwt: { secret: production.JWT_SECRET },
    });
  });

  test('names all that it lacks at once', () => {
    expect(linesOf({ NODE_ENV: 'production', PORT: 'x' })).toEqual([
      'PORT: Invalid input: expected number, received NaN',
      'JWT_SECRET: must be set in production, or JWT_PRIVATE_KEY',
      'ENCRYPTION_KEY: must be set in production',
      'PUBLIC_URL: must be set in production',
      'DATABASE_URL: must be set in production, unless EMBEDDED_DATABASE_IN_PRODUCTION is on',
    ]);
  });

  test.each([
    [{ DEMO: 'on' }, 'DEMO: must be off in production'],
    [{ RATE_LIMITS: 'off' }, 'RATE_LIMITS: must be on in production'],
    [{ AUTH_BYPASS: 'on' }, 'AUTH_BYPASS: must be off in production'],
    [{ PUBLIC_URL: 'http://clinic.example' }, 'PUBLIC_URL: must begin with https:// in production'],
    [
      { CORS_ORIGINS: 'https://a.example,HTTP://b.example' },
      'CORS_ORIGINS: must name only https:// pages in production',
    ],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS: 0: must be https://…, never everybody'],
    [{ SMTP_URL: 'smtp://mail.internal' }, 'MAIL_FROM: must be set in production when SMTP_URL is'],
    [{ METRICS_TOKEN: production.JWT_SECRET }, 'METRICS_TOKEN: must not be the same as JWT_SECRET'],
    [{ TURN_SECRET: production.ENCRYPTION_KEY }, 'TURN_SECRET: must not be the same as ENCRYPTION_KEY'],
    [
      { JWT_PRIVATE_KEY: '/nowhere/key.pem' },
      'JWT_PRIVATE_KEY: is neither a private key in PEM nor the name of a file that can be read',
    ],
  ])('refuses %j', (change, line) => {
    const lines = linesOf({ ...production, ...change });
    expect(lines).toEqual([line]);
  });

  test('takes the embedded database only when it is told to', () => {
    const { DATABASE_URL: _, ...rest } = production;
    expect(linesOf({ ...rest, EMBEDDED_DATABASE_IN_PRODUCTION: 'on' })).toEqual([]);
  });

  test.each(['JWT_SECRET', 'ENCRYPTION_KEY', 'METRICS_TOKEN', 'INTERNAL_TOKEN'])(
    'refuses a %s that is published, a placeholder or easily guessed, and does not repeat it',
    (name) => {
      for (const [value, why] of [
        [secret, 'is published with Housecall'],
        ['please-change-me-please-change-me-0192', 'is a placeholder'],
        ['your-256-bit-secret-goes-here-7f3a9c', 'is a placeholder'],
        ['dummy-7f3a9c1e5b2d8046-0192-xqzv-kp', 'is a placeholder'],
        ['a key for tests that is of no use to anybody', 'is a placeholder'],
        ['a'.repeat(48), 'is too easily guessed'],
        ['abc123'.repeat(8), 'is too easily guessed'],
        ['abcdefghijklmnopqrstuvwxyz0123456789', 'is too easily guessed'],
        ['00000000000000000000000000000000000001', 'is too easily guessed'],
      ] as const) {
        const lines = linesOf({ ...production, [name]: value });
        expect(lines).toEqual([`${name}: ${why}; make another with \`openssl rand -base64 48\``]);
        expect(lines.join()).not.toContain(value);
      }
    },
  );

  test('takes any secret that was made at random', () => {
    // Random letters spell a short word now and then.
    for (const value of [
      '7+S5XzQdCWG+Hwo6dNYf/FgHDUmmykPKyAFkSV1lYrT5wD0jOPo=',
      'q8-xYour-3pVnD0kLs7-ZtR2wQm5bXe9Gh1Jc4Fa',
    ])
      expect(linesOf({ ...production, INTERNAL_TOKEN: value })).toEqual([]);
    for (let round = 0; round < 2_000; round += 1) {
      const bytes = randomBytes(24 + (round % 40));
      for (const value of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])
        expect({ value, lines: linesOf({ ...production, INTERNAL_TOKEN: value }) }).toEqual({ value, lines: [] });
    }
  });

  test('refuses every secret that an example in the repository shows', () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const shown = ['.env.example', 'README.md', 'docs/OPERATIONS.md', 'tests/support/tenant.ts', 'bench/clinic.ts']
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .flatMap((text) => [...text.matchAll(/(?:SECRET|TOKEN|_KEY|secret)\s*[=:]\s*'?([^\s'#][^'\n]*)/g)])
      .flatMap(([, value = '']) => (value.length >= 32 && !value.includes('…') && !/[;(]/.test(value) ? [value] : []));
    expect(shown).toContain('a secret for tests, of no use to anybody');
    expect(shown.filter((value) => linesOf({ ...production, INTERNAL_TOKEN: value }).length === 0)).toEqual([]);
  });
});

describe('a private key', () => {
  const pem = (modulusLength: number, type: 'pkcs1' | 'pkcs8' = 'pkcs8') =>
    generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type, format: 'pem' }) as string;

  test('is taken in both forms, with real or written-out line ends, and several at once; no JWT_SECRET is needed then', () => {
    const { JWT_SECRET: _, ...rest } = production;
    const [one, other] = [pem(2048), pem(2048, 'pkcs1')];
    for (const setting of [one, other, one.replaceAll('\n', '\\n'), `${one}\n${other}`])
      expect(linesOf({ ...rest, JWT_PRIVATE_KEY: setting })).toEqual([]);
  });

  test.each([
    ['too short', () => pem(1024), 'must have at least 2048 bits'],
    [
      'of another kind',
      () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      'must be an RSA key',
    ],
    [
      'encrypted',
      () =>
        generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
          type: 'pkcs8',
          format: 'pem',
          cipher: 'aes-256-cbc',
          passphrase: 'x',
        }) as string,
      'must not be encrypted with a passphrase',
    ],
    [
      'public',
      () =>
        generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }) as string,
      'may hold nothing but private keys in PKCS#8 or PKCS#1',
    ],
    [
      'damaged',
      () => '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
      'holds a PEM block that cannot be read as a private key',
    ],
    ['cut off', () => '-----BEGIN PRIVATE KEY-----\nAAAA', 'holds no PEM block of a private key'],
  ])('that is %s stops the start', (_what, make, why) => {
    expect(linesOf({ JWT_PRIVATE_KEY: make() })).toEqual([`JWT_PRIVATE_KEY: ${why}`]);
  });
});

describe('trusted issuers', () => {
  const portal = { issuer: 'https://p.example', audience: 'us', jwksUri: 'https://p.example/jwks', tenant: 'demo' };
  const line = (...issuers: unknown[]) => linesOf({ TRUSTED_ISSUERS: JSON.stringify(issuers) });

  test('are read from JSON', () => {
    const full = { ...portal, userClaim: 'uid', roles: ['patient'], provision: 'patient' };
    expect(loadConfig({ TRUSTED_ISSUERS: JSON.stringify([full]) }).jwt.trustedIssuers).toEqual([full]);
  });

  test('that are wrong are named by entry and field', () => {
    expect(linesOf({ TRUSTED_ISSUERS: '{not json' })).toEqual(['TRUSTED_ISSUERS: must be a JSON list']);
    expect(line({ ...portal, jwksUri: 'ftp://x' })).toEqual([
      'TRUSTED_ISSUERS: 0.jwksUri: must be an https:// address',
    ]);
    expect(line({ ...portal, jwks: '' })[0]).toMatch(/^TRUSTED_ISSUERS: 0: Unrecognized key/);
    expect(line(portal, portal)).toEqual(['TRUSTED_ISSUERS: names one issuer with one audience twice']);
    expect(line({ ...portal, issuer: 'housecall' })).toEqual([
      'TRUSTED_ISSUERS: must not name JWT_ISSUER, which is us',
    ]);
  });

  test('give their keys over https, or while developing on this machine', () => {
    const local = { ...portal, jwksUri: 'http://127.0.0.1:9/jwks' };
    expect(line(local)).toEqual([]);
    expect(line({ ...portal, jwksUri: 'http://p.example/jwks' })[0]).toMatch(/^TRUSTED_ISSUERS: every jwksUri/);
    expect(linesOf({ ...production, TRUSTED_ISSUERS: JSON.stringify([local]) })).toEqual([
      'TRUSTED_ISSUERS: every jwksUri must begin with https://',
    ]);
  });
});

test('the bypass needs a host that only this machine reaches', () => {
  expect(linesOf({ AUTH_BYPASS: 'on' })).toEqual([]);
  expect(linesOf({ AUTH_BYPASS: 'on', HOST: '0.0.0.0' })).toEqual([
    'AUTH_BYPASS: needs a HOST that only this machine reaches',
  ]);
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

test('files go to a bucket only with its keys, and a virus scanner has its usual port', () => {
  const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };
  expect(linesOf({ S3_BUCKET: 'files' })).toEqual([
    'S3_BUCKET: needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it',
  ]);
  expect(linesOf(keys)).toEqual(['S3_BUCKET: must be set when another S3_ variable is']);
  const { files } = loadConfig({ S3_BUCKET: 'files', ...keys, CLAMD_HOST: 'scanner' });
  expect(files).toEqual({
    clamd: { host: 'scanner', port: 3310 },
    s3: {
      bucket: 'files',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      region: 'us-east-1',
      endpoint: undefined,
      pathStyle: false,
    },
  });
});
