/** Forged and misused access tokens against the whole server, at both doors: REST and the socket's handshake. */
import { createHmac, sign as signBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CompactSign,
  decodeJwt,
  exportJWK,
  GeneralSign,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { createTokens } from '../../src/identity/index.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { testPair } from '../support/rsa-keys.ts';
import { call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { type TestTenant, testJwt, testPassword } from '../support/tenant.ts';

const ours = testPair(0);
const theirs = testPair(1);
const text = new TextEncoder();

let live: LiveServer;
let tenant: TestTenant;
let other: TestTenant;
/** What a good token of the doctor says. */
let claims: JWTPayload;
let kid: string;

beforeAll(async () => {
  // The secret is there as well, as while moving from it: both kinds of key are at work.
  live = await startLive({ env: { JWT_PRIVATE_KEY: ours.pem } });
  [tenant, other] = [await live.tenant(), await live.tenant()];
  claims = decodeJwt(await tenant.token('doctor'));
  const [key] = createTokens({ ...testJwt, privateKey: ours.pem }).jwks.keys;
  kid = key?.kid ?? '';
});
afterAll(() => live[Symbol.asyncDispose]());

type Header = JWTHeaderParameters & Record<string, unknown>;
const header = (change: Partial<Header> = {}): Header => ({ alg: 'RS256', typ: 'at+jwt', kid, ...change });
const sign = (payload: Record<string, unknown>, change: Partial<Header> = {}, key = ours.privateKey) =>
  new SignJWT(payload).setProtectedHeader(header(change)).sign(key);
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Without jose, which would not sign such a thing. */
const byHand = (head: unknown, payload: unknown, sealed: (text: string) => Buffer | string) => {
  const body = `${json(head)}.${json(payload)}`;
  const signature = sealed(body);
  return `${body}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`;
};
const hmac = (key: Buffer | string) => (body: string) => createHmac('sha256', key).update(body).digest();
const rsa = (body: string) => signBytes('sha256', Buffer.from(body), ours.privateKey);
const now = () => Math.floor(Date.now() / 1_000);

const me = (token: string) => call(`${live.url}/api/v1/auth/me`, 'GET', { token });

/** Undefined when the socket was let in. */
async function handshake(token: string): Promise<string | undefined> {
  try {
    const client = await SocketClient.connect(live.url, token);
    client.close();
    return undefined;
  } catch (error) {
    return (error as { data?: { code?: string } }).data?.code ?? String(error);
  }
}

interface Doors {
  rest: string;
  socket: string | undefined;
  repeated: boolean;
}

/** What both doors say to a token, and whether an answer repeats it. */
async function doors(token: string): Promise<Doors> {
  const answer = await me(token);
  const { code = 'let in' } = answer.json as { code?: string };
  return {
    rest: `${answer.status} ${code}`,
    socket: await handshake(token),
    repeated: token.length > 24 && answer.text.includes(token.slice(0, 24)),
  };
}

const shut: Doors = { rest: '401 UNAUTHENTICATED', socket: 'UNAUTHENTICATED', repeated: false };

test('the forger’s own tools make a good token when nothing is wrong with it', async () => {
  for (const token of [
    await sign(claims),
    byHand(header(), claims, rsa),
    byHand({ alg: 'HS256', typ: 'at+jwt' }, claims, hmac(testJwt.secret)),
  ]) {
    expect((await me(token)).status).toBe(200);
    expect(await handshake(token)).toBeUndefined();
  }
});

describe('no signature', () => {
  test.each(['none', 'None', 'NONE', 'nOnE', 'none ', ''])('alg "%s"', async (alg) => {
    for (const head of [header({ alg }), { alg, typ: 'at+jwt' }, { alg }]) {
      expect(await doors(byHand(head, claims, () => ''))).toEqual(shut);
      expect(await doors(byHand(head, claims, rsa))).toEqual(shut);
    }
  });
});

describe('the public key taken for a secret', () => {
  const { publicKey } = ours;
  const jwk = publicKey.export({ format: 'jwk' });
  test.each<[string, Buffer | string]>([
    ['PEM (SPKI)', publicKey.export({ type: 'spki', format: 'pem' })],
    ['PEM without its last line end', (publicKey.export({ type: 'spki', format: 'pem' }) as string).trimEnd()],
    ['PEM (PKCS#1)', publicKey.export({ type: 'pkcs1', format: 'pem' })],
    ['DER (SPKI)', publicKey.export({ type: 'spki', format: 'der' })],
    ['DER (PKCS#1)', publicKey.export({ type: 'pkcs1', format: 'der' })],
    ['JWK', JSON.stringify(jwk)],
    ['JWK’s modulus', Buffer.from(jwk.n ?? '', 'base64url')],
    ['nothing', ''],
  ])('%s, with HS256 and every kid', async (_form, key) => {
    for (const named of [{ kid }, {}, { kid: '' }])
      expect(await doors(byHand({ alg: 'HS256', typ: 'at+jwt', ...named }, claims, hmac(key)))).toEqual(shut);
  });

  test('and the secret with the id of the key pair, or the key pair without its id', async () => {
    expect(await doors(byHand({ alg: 'HS256', typ: 'at+jwt', kid }, claims, hmac(testJwt.secret)))).toEqual(shut);
    expect(await doors(byHand({ alg: 'RS256', typ: 'at+jwt' }, claims, rsa))).toEqual(shut);
    expect(await doors(byHand({ alg: 'RS256', typ: 'at+jwt' }, claims, hmac(testJwt.secret)))).toEqual(shut);
  });
});

describe('a key that is not ours', () => {
  test.each([
    'unknown',
    '',
    '../../../../dev/null',
    '/proc/sys/kernel/randomize_va_space',
    "' or '1'='1",
    "x' union select 'key",
    '__proto__',
    'constructor',
    'http://127.0.0.1/key.pem',
    'undefined',
    'null',
  ])('by kid "%s"', async (named) => {
    expect(await doors(await sign(claims, { kid: named }))).toEqual(shut);
    expect(await doors(await sign(claims, { kid: named }, theirs.privateKey))).toEqual(shut);
    expect(await doors(byHand({ alg: 'HS256', typ: 'at+jwt', kid: named }, claims, hmac('')))).toEqual(shut);
  });

  test('under the id of ours', async () => {
    expect(await doors(await sign(claims, {}, theirs.privateKey))).toEqual(shut);
  });

  test('that the token brings along or points to', async () => {
    const jwk = { ...(await exportJWK(theirs.publicKey)), kid };
    const brought: Record<string, unknown>[] = [
      { jwk },
      { jwk, kid: undefined },
      { jku: `${live.url}/.well-known/jwks.json` },
      { jku: 'http://127.0.0.1:9/jwks.json' },
      { x5u: 'http://127.0.0.1:9/cert.pem' },
      { x5c: [theirs.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] },
      { x5t: 'AAAA' },
    ];
    for (const fields of brought)
      expect(
        await doors(
          byHand({ ...header(), ...fields }, claims, (body) =>
            signBytes('sha256', Buffer.from(body), theirs.privateKey),
          ),
        ),
      ).toEqual(shut);
  });

  test.each(['RS384', 'RS512', 'PS256', 'HS384', 'HS512', 'rs256', 'RS256 ', 'ES256', 'EdDSA', 'dir'])(
    'or ours with another algorithm: %s',
    async (alg) => {
      expect(await doors(byHand(header({ alg }), claims, rsa))).toEqual(shut);
      expect(await doors(byHand({ alg, typ: 'at+jwt' }, claims, hmac(testJwt.secret)))).toEqual(shut);
    },
  );

  test('of another kind altogether', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, jwk: await exportJWK(publicKey) })
      .sign(privateKey);
    expect(await doors(token)).toEqual(shut);
  });
});

describe('another use, time or place', () => {
  test.each<[string, () => Record<string, unknown>]>([
    ['run out', () => ({ exp: now() - 1 })],
    ['run out long ago', () => ({ exp: 0 })],
    ['without an end', () => ({ exp: undefined })],
    ['with an end that is no number', () => ({ exp: '9999999999' })],
    ['from the future', () => ({ nbf: now() + 60 })],
    ['without a beginning', () => ({ nbf: undefined })],
    ['for somebody else', () => ({ aud: 'somebody-else' })],
    ['for several others', () => ({ aud: ['a', 'b'] })],
    ['for nobody', () => ({ aud: undefined })],
    ['of another issuer', () => ({ iss: 'https://housecall.example' })],
    ['of no issuer', () => ({ iss: undefined })],
    ['without an id', () => ({ jti: undefined })],
    ['about nobody', () => ({ sub: undefined })],
    ['about somebody by name', () => ({ sub: 'admin' })],
    ['of no tenant', () => ({ tid: undefined })],
    ['of a tenant that is SQL', () => ({ tid: "' or true --" })],
  ])('%s', async (_what, change) => {
    expect(await doors(await sign({ ...claims, ...change() }))).toEqual(shut);
  });

  test.each([undefined, 'JWT', 'jwt', 'at+jwt2', 'logout+jwt', 'secevent+jwt', 'dpop+jwt', ''])(
    'of type %s',
    async (typ) => {
      expect(await doors(byHand({ alg: 'RS256', kid, ...(typ !== undefined && { typ }) }, claims, rsa))).toEqual(shut);
    },
  );

  test('a refresh token', async () => {
    const answer = await call(`${live.url}/api/v1/auth/login`, 'POST', {
      body: { email: tenant.users.doctor.email, password: testPassword, tenant: tenant.slug },
    });
    const { accessToken, refreshToken } = answer.json as { accessToken: string; refreshToken: string };
    expect((await me(accessToken)).status).toBe(200);
    expect(await doors(refreshToken)).toEqual(shut);
  });

  test('a critical header field that we do not know, and the one for payloads that are not encoded', async () => {
    expect(await doors(byHand({ ...header(), crit: ['mfa'], mfa: true }, claims, rsa))).toEqual(shut);
    expect(await doors(byHand({ ...header(), crit: [] }, claims, rsa))).toEqual(shut);
    const detached = await new CompactSign(text.encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt', b64: false, crit: ['b64'] })
      .sign(ours.privateKey)
      .catch(() => byHand({ ...header(), b64: false, crit: ['b64'] }, claims, rsa));
    expect(await doors(detached)).toEqual(shut);
  });
});

describe('a good token that was changed', () => {
  test.each<[string, () => Record<string, unknown>]>([
    ['to be an administrator', () => ({ roles: ['admin'], scope: `${String(claims['scope'])} users:write` })],
    ['to last', () => ({ exp: now() + 10 * 365 * 24 * 3_600 })],
    ['to be somebody else', () => ({ sub: tenant.users.admin.id })],
    ['to be of another clinic', () => ({ tid: other.id })],
  ])('%s', async (_what, change) => {
    const [head = '', , signature = ''] = (await sign(claims)).split('.');
    expect(await doors(`${head}.${json({ ...claims, ...change() })}.${signature}`)).toEqual(shut);
  });

  test('in its header, its signature or its form', async () => {
    const token = await sign(claims);
    const [head = '', body = '', signature = ''] = token.split('.');
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (const changed of [
      `${json(header({ typ: 'at+jwt', extra: 1 }))}.${body}.${signature}`,
      `${head}.${body}.${flipped}`,
      `${head}.${body}.${signature.slice(0, -4)}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      `${token}.${signature}`,
      `${head}.${body}.${signature}.${signature}`,
      `${head}..${signature}`,
      `.${body}.${signature}`,
      `${head}.${body}.${signature}=`.replaceAll('=', '=='),
      '..',
      '.',
      'a.b.c',
    ])
      expect(await doors(changed)).toEqual(shut);
  });

  test('into one with two signatures', async () => {
    const twice = await new GeneralSign(text.encode(JSON.stringify(claims)))
      .addSignature(ours.privateKey)
      .setProtectedHeader(header())
      .addSignature(theirs.privateKey)
      .setProtectedHeader({ alg: 'RS256' })
      .sign();
    expect(await doors(JSON.stringify(twice))).toEqual(shut);
    expect(await doors(Buffer.from(JSON.stringify(twice)).toString('base64url'))).toEqual(shut);
  });
});

test('claims that are well signed and cross tenants reach nothing of the other clinic', async () => {
  const crossed = await sign({ ...claims, tid: other.id });
  expect((await me(crossed)).status).toBe(401);
  const meeting = await live.meeting(other);
  const read = await call(`${live.url}/api/v1/meetings/${meeting.id}`, 'GET', { token: await sign(claims) });
  expect(read).toMatchObject({ status: 404 });
});

test('a huge token costs nobody anything', async () => {
  const huge = await sign({ ...claims, more: 'x'.repeat(9_000) });
  expect(await doors(huge)).toEqual(shut);
  const tooBig = await fetch(`${live.url}/api/v1/auth/me`, {
    headers: { authorization: `Bearer ${'x'.repeat(60_000)}` },
  });
  expect(tooBig.status).toBe(431);
  expect((await me(await sign(claims))).status).toBe(200);
});

test('the public keys are there for everybody, cached, and nothing else of them', async () => {
  const answer = await fetch(`${live.url}/.well-known/jwks.json`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/jwk-set\+json/);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  const { keys } = (await answer.json()) as { keys: Record<string, unknown>[] };
  expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  expect(keys[0]).toMatchObject({ kid, alg: 'RS256', use: 'sig' });
});
