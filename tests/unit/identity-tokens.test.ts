import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { scopesOf } from '../../src/identity/auth/scopes.ts';
import { createTokens } from '../../src/identity/auth/tokens.ts';

const config = { secret: 'a secret that is long enough, surely', issuer: 'us', audience: 'ours' };
const key = new TextEncoder().encode(config.secret);
const now = () => Math.floor(Date.now() / 1_000);
const subject = {
  userId: crypto.randomUUID(),
  tenantId: crypto.randomUUID(),
  sessionId: crypto.randomUUID(),
  roles: ['doctor', 'admin'] as const,
  scopes: ['meetings:read', 'tenant:write'],
  patientId: null,
  practitionerId: crypto.randomUUID(),
};
const claims = (): JWTPayload => ({
  iss: 'us',
  aud: 'ours',
  sub: subject.userId,
  tid: subject.tenantId,
  sid: subject.sessionId,
  roles: ['admin'],
  scope: 'tenant:read',
  jti: 'x',
  iat: now(),
  nbf: now(),
  exp: now() + 60,
});
const sign = (
  payload: JWTPayload,
  header: { alg: string; typ?: string; crit?: string[] } = { alg: 'HS256', typ: 'at+jwt' },
) => new SignJWT(payload).setProtectedHeader(header).sign(key);

describe('an access token', () => {
  test('says who it was issued to, for half an hour', async () => {
    const at = new Date('2026-11-21T10:00:00.000Z');
    const tokens = createTokens({ ...config, clock: { now: () => at } });
    const { token, expiresIn } = await tokens.issueAccess(subject);
    expect(expiresIn).toBe(1_800);
    const actor = await tokens.verifyAccess(token);
    const { roles: given, scopes, ...ids } = subject;
    expect(actor).toEqual({
      ...ids,
      kind: 'person',
      scopes: new Set(scopes),
      roles: [...given],
      issuedAt: at,
      expiresAt: new Date('2026-11-21T10:30:00.000Z'),
    });
    expect([...actor.scopes]).toEqual([...subject.scopes]);
  });

  test('is good to its last second and refused after, in its own words', async () => {
    let at = Date.now();
    const tokens = createTokens({ ...config, clock: { now: () => new Date(at) } });
    const { token } = await tokens.issueAccess(subject);
    at += 1_799_000;
    await expect(tokens.verifyAccess(token)).resolves.toMatchObject({ userId: subject.userId });
    at += 2_000;
    await expect(tokens.verifyAccess(token)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The access token has run out.',
    });
  });

  test('is another one each time', async () => {
    const tokens = createTokens(config);
    expect((await tokens.issueAccess(subject)).token).not.toBe((await tokens.issueAccess(subject)).token);
  });
});

describe('what is refused', () => {
  const { verifyAccess } = createTokens(config);
  const refused = { name: 'AppError', code: 'UNAUTHENTICATED' };

  test('the forgery itself is good when nothing is wrong with it', async () => {
    await expect(verifyAccess(await sign(claims()))).resolves.toMatchObject({ tenantId: subject.tenantId });
  });

  test.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'them' }],
    ['another audience', { aud: 'theirs' }],
    ['run out', { exp: 1 }],
    ['not yet good', { nbf: Math.floor(Date.now() / 1_000) + 3_600 }],
    ['a subject that is no id', { sub: 'admin' }],
    ['a tenant that is no id', { tid: "' or true --" }],
    ['a role that does not exist', { roles: ['root'] }],
    ['no scope', { scope: undefined }],
    ['roles that are no list', { roles: 'admin' }],
    ['a session that is no id', { sid: 1 }],
    ['a patient that is no id', { pid: 'x' }],
  ])('%s', async (_what, change) => {
    await expect(verifyAccess(await sign({ ...claims(), ...change }))).rejects.toMatchObject(refused);
  });

  test.each(['iss', 'aud', 'sub', 'exp', 'nbf', 'jti', 'tid', 'sid', 'roles'])('a token without %s', async (name) => {
    const { [name]: _, ...rest } = claims();
    await expect(verifyAccess(await sign(rest))).rejects.toMatchObject(refused);
  });

  test('a token of another type, e.g. one that is no access token', async () => {
    await expect(verifyAccess(await sign(claims(), { alg: 'HS256', typ: 'JWT' }))).rejects.toMatchObject(refused);
    await expect(verifyAccess(await sign(claims(), { alg: 'HS256' }))).rejects.toMatchObject(refused);
  });

  test('another algorithm: none, a longer hash of the same secret, or a key pair that the header brings along', async () => {
    expect(new UnsecuredJWT(claims()).encode()).toMatch(/\.$/);
    await expect(verifyAccess(new UnsecuredJWT(claims()).encode())).rejects.toMatchObject(refused);
    await expect(verifyAccess(await sign(claims(), { alg: 'HS512', typ: 'at+jwt' }))).rejects.toMatchObject(refused);
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const own = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: await exportJWK(publicKey) })
      .sign(privateKey);
    await expect(verifyAccess(own)).rejects.toMatchObject(refused);
  });

  test('a signature by another secret, changed claims under the old signature, and an empty secret', async () => {
    const [head = '', body = '', signature = ''] = (await sign(claims())).split('.');
    const changed = Buffer.from(JSON.stringify({ ...claims(), roles: ['admin', 'doctor'] })).toString('base64url');
    const empty = createHmac('sha256', '').update(`${head}.${body}`).digest('base64url');
    for (const token of [
      `${head}.${changed}.${signature}`,
      `${head}.${body}.${empty}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      '',
      'a',
      'a.b.c',
      '..',
    ]) {
      await expect(verifyAccess(token)).rejects.toMatchObject(refused);
    }
  });

  test('a refusal does not repeat the token', async () => {
    const token = await sign({ ...claims(), iss: 'them' });
    const error = await verifyAccess(token).catch((thrown: unknown) => thrown);
    expect(String(error)).not.toContain(token.slice(0, 20));
  });
});

test('a secret that is too short signs nothing', () => {
  expect(() => createTokens({ ...config, secret: 'short' })).toThrow('at least 32 bytes');
});

describe('scopes', () => {
  test('of several roles are all of theirs, each once', () => {
    const both = scopesOf(['doctor', 'admin']);
    expect(both).toContain('meetings:start');
    expect(both).toContain('tenant:write');
    expect(new Set(both).size).toBe(both.length);
  });
});
