/** Which key signs and which verifies, also while they are being changed. */
import { describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { createTokens, type TokenConfig } from '../../src/identity/auth/tokens.ts';
import { testPair } from '../support/rsa-keys.ts';

const names = { issuer: 'us', audience: 'ours' };
const secret = 'a secret for tests, of no use to anybody';
const [one, other] = [testPair(0), testPair(1)];
const subject = {
  userId: crypto.randomUUID(),
  tenantId: crypto.randomUUID(),
  sessionId: crypto.randomUUID(),
  roles: ['patient'] as const,
  scopes: ['profile:read'],
  patientId: crypto.randomUUID(),
  practitionerId: null,
};
const tokens = (keys: Pick<TokenConfig, 'secret' | 'privateKey'>) => createTokens({ ...names, ...keys });
const issue = async (keys: Parameters<typeof tokens>[0]) => (await tokens(keys).issueAccess(subject)).token;
const refused = { name: 'AppError', code: 'UNAUTHENTICATED' };

describe('a private key', () => {
  test('signs with RS256, and names itself by its thumbprint of RFC 7638', async () => {
    const token = await issue({ privateKey: one.pem });
    const [jwk] = tokens({ privateKey: one.pem }).jwks.keys;
    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'RS256',
      typ: 'at+jwt',
      kid: await calculateJwkThumbprint(jwk ?? {}, 'sha256'),
    });
    await expect(tokens({ privateKey: one.pem }).verifyAccess(token)).resolves.toMatchObject({
      userId: subject.userId,
    });
  });

  test('is published with its public half alone, enough for anybody to verify', async () => {
    const { jwks } = tokens({ privateKey: `${one.pem}\n${other.pem}`, secret });
    expect(jwks.keys).toHaveLength(2);
    for (const key of jwks.keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(JSON.stringify(jwks)).not.toContain(secret);
    const token = await issue({ privateKey: other.pem });
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), names);
    expect(payload.sub).toBe(subject.userId);
  });

  test('is not needed: the secret alone signs with HS256, names no key and publishes none', async () => {
    expect(decodeProtectedHeader(await issue({ secret }))).toEqual({ alg: 'HS256', typ: 'at+jwt' });
    expect(tokens({ secret }).jwks).toEqual({ keys: [] });
  });
});

describe('changing keys', () => {
  test('logs nobody out: the new key verifies before it signs, the old one after', async () => {
    const before = await issue({ privateKey: one.pem });
    const announced = tokens({ privateKey: `${one.pem}\n${other.pem}` });
    const changed = tokens({ privateKey: `${other.pem}\n${one.pem}` });
    const after = (await changed.issueAccess(subject)).token;
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    for (const { verifyAccess } of [announced, changed])
      for (const token of [before, after])
        await expect(verifyAccess(token)).resolves.toMatchObject({ roles: ['patient'] });
  });

  test('ends with the old key gone, and its tokens with it', async () => {
    const { verifyAccess } = tokens({ privateKey: other.pem });
    await expect(verifyAccess(await issue({ privateKey: one.pem }))).rejects.toMatchObject(refused);
  });

  test('from the secret to a key pair logs nobody out as long as the secret stays', async () => {
    const before = await issue({ secret });
    await expect(tokens({ secret, privateKey: one.pem }).verifyAccess(before)).resolves.toBeDefined();
    await expect(tokens({ privateKey: one.pem }).verifyAccess(before)).rejects.toMatchObject(refused);
    expect(decodeProtectedHeader(await issue({ secret, privateKey: one.pem })).alg).toBe('RS256');
  });
});

test('without any key there are no tokens', () => {
  expect(() => tokens({})).toThrow('need a secret or a private key');
});
