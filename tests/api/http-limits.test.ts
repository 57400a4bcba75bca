import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { scopesOf } from '../../src/identity/index.ts';
import { AppError } from '../../src/platform/errors.ts';
import { addressBlock } from '../../src/platform/http/address.ts';
import { createRateLimits, policies } from '../../src/platform/http/rate-limit.ts';
import { route } from '../../src/platform/http/route.ts';
import { serveApp } from '../support/serve-app.ts';
import { testTokens } from '../support/tenant.ts';

const reply = z.object({ ok: z.boolean() });
const body = z.object({ text: z.string() }).optional();
const handler = async () => ({ ok: true });
const declaration = { audit: { none: 'A test.' }, summary: 'A test', tag: 'test', reply, handler } as const;
const routes = [
  route({ ...declaration, method: 'get', path: '/open', access: { public: 'A test.' } }),
  route({ ...declaration, method: 'post', path: '/door', access: { public: 'A test.' }, limit: 'auth', body }),
  route({ ...declaration, method: 'post', path: '/hall', access: { public: 'A test.' }, body }),
  route({ ...declaration, method: 'get', path: '/mine', access: { scopes: ['profile:read'] } }),
];

async function tokenOfNewUser(tenantId: string = crypto.randomUUID()): Promise<string> {
  const subject = { userId: crypto.randomUUID(), tenantId, sessionId: crypto.randomUUID() };
  return (
    await testTokens.issueAccess({
      ...subject,
      roles: ['patient'],
      scopes: scopesOf(['patient']),
      patientId: null,
      practitionerId: null,
    })
  ).token;
}

const oneRequest = () => createRateLimits({ address: { name: 'address', quota: 1, window: 60 } });
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

describe('rate limits', () => {
  test('an address has its quota, is told the rest, and is refused with Retry-After beyond it', async () => {
    const limits = createRateLimits({ address: { name: 'address', quota: 3, window: 60 } });
    await using app = await serveApp({ routes, limits });
    for (const left of [2, 1, 0]) {
      const { status, headers } = await app.call('GET', '/open');
      expect(status).toBe(200);
      expect(headers.get('ratelimit-policy')).toBe('"address";q=3;w=60');
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"address";r=${left};t=(60|59)$`));
    }
    const { status, headers, json } = await app.call('GET', '/open');
    expect(status).toBe(429);
    expect(json).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect(headers.get('ratelimit')).toMatch(/^"address";r=0;t=/);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  test('an unknown address counts as well', async () => {
    await using app = await serveApp({
      routes,
      limits: createRateLimits({ address: { name: 'address', quota: 1, window: 60 } }),
    });
    expect((await app.call('GET', '/nowhere')).status).toBe(404);
    expect((await app.call('GET', '/nowhere')).status).toBe(429);
  });

  test('a user has a quota of their own, whatever the address', async () => {
    await using app = await serveApp({
      routes,
      limits: createRateLimits({ user: { name: 'user', quota: 2, window: 60 } }),
    });
    const [one, other] = [await tokenOfNewUser(), await tokenOfNewUser()];
    const first = await app.call('GET', '/mine', { token: one });
    expect(first.headers.get('ratelimit-policy')).toBe('"user";q=2;w=60');
    await app.call('GET', '/mine', { token: one });
    expect((await app.call('GET', '/mine', { token: one })).status).toBe(429);
    expect((await app.call('GET', '/mine', { token: other })).status).toBe(200);
  });

  test('a clinic has a quota for all its users together, and another clinic has its own', async () => {
    await using app = await serveApp({
      routes,
      limits: createRateLimits({ tenant: { name: 'tenant', quota: 2, window: 60 } }),
    });
    const [tenantId, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const ask = async (tenant: string) => app.call('GET', '/mine', { token: await tokenOfNewUser(tenant) });
    expect((await ask(tenantId)).headers.get('ratelimit-policy')).toBe('"tenant";q=2;w=60');
    expect([(await ask(tenantId)).status, (await ask(tenantId)).status, (await ask(other)).status]).toEqual([
      200, 429, 200,
    ]);
  });

  test('who shows one wrong key after another is stopped before the next is looked up; signed tokens go on', async () => {
    let looked = 0;
    const verifyKey = async () => {
      looked += 1;
      throw new AppError('UNAUTHENTICATED');
    };
    await using app = await serveApp({
      routes,
      verifyKey,
      limits: createRateLimits({ refused: { name: 'credentials', quota: 3, window: 60 } }),
    });
    const guess = async (headers: Record<string, string>) => (await app.call('GET', '/mine', { headers })).status;
    expect(await guess({ 'x-api-key': 'hck_1' })).toBe(401);
    expect(await guess({ authorization: 'Bearer hck_2' })).toBe(401);
    expect(await guess({ authorization: 'Basic YTpi' })).toBe(401);
    expect(await guess({ 'x-api-key': 'hck_3' })).toBe(429);
    expect(await guess({ authorization: 'Bearer hck_4' })).toBe(429);
    expect(looked).toBe(2);
    expect((await app.call('GET', '/mine', { token: await tokenOfNewUser() })).status).toBe(200);
    expect((await app.call('GET', '/open')).status).toBe(200);
  });

  test('the sign-in routes take small bodies only', async () => {
    await using app = await serveApp({ routes });
    const send = async (path: string, length: number) =>
      (await app.call('POST', path, { body: { text: 'x'.repeat(length) } })).status;
    expect([await send('/door', 15_000), await send('/door', 17_000), await send('/hall', 900_000)]).toEqual([
      200, 413, 200,
    ]);
  });

  test('the sign-in routes are stricter than the others', async () => {
    expect(policies.auth.quota / policies.auth.window).toBeLessThan(policies.address.quota / policies.address.window);
    await using app = await serveApp({
      routes,
      limits: createRateLimits({ auth: { name: 'auth', quota: 1, window: 60 } }),
    });
    expect((await app.call('POST', '/door')).headers.get('ratelimit-policy')).toBe('"auth";q=1;w=60');
    expect((await app.call('POST', '/door')).status).toBe(429);
    expect((await app.call('GET', '/open')).status).toBe(200);
  });

  test('what there is no room for is refused before its body is read, and counts as no try', async () => {
    let isFull = true;
    const room = () => {
      if (isFull) throw new AppError('RATE_LIMITED', 'There is no room.', { retryAfter: 2 });
    };
    const full = { ...declaration, method: 'post', path: '/full', access: { public: 'A test.' } } as const;
    await using app = await serveApp({
      routes: [route({ ...full, limit: 'auth', body, room })],
      limits: createRateLimits({ auth: { name: 'auth', quota: 1, window: 60 } }),
    });
    for (const text of ['x', 'x'.repeat(20_000)]) {
      const { status, headers, json } = await app.call('POST', '/full', { body: { text } });
      expect([status, headers.get('retry-after')]).toEqual([429, '2']);
      expect(json).toMatchObject({ detail: 'There is no room.' });
    }
    isFull = false;
    expect((await app.call('POST', '/full', { body: { text: 'x' } })).status).toBe(200);
    expect((await app.call('POST', '/full', { body: { text: 'x' } })).json).not.toMatchObject({
      detail: 'There is no room.',
    });
  });

  test('a proxy that we trust speaks for its callers, another one does not', async () => {
    const http = { host: '127.0.0.1', port: 0, corsOrigins: [], rateLimits: true };
    await using behind = await serveApp({
      routes,
      limits: oneRequest(),
      config: { production: false, http: { ...http, trustProxy: 1 } },
    });
    await using open = await serveApp({
      routes,
      limits: oneRequest(),
      config: { production: false, http: { ...http, trustProxy: 0 } },
    });
    expect((await behind.call('GET', '/open', from('198.51.100.1'))).status).toBe(200);
    expect((await behind.call('GET', '/open', from('198.51.100.2'))).status).toBe(200);
    expect((await behind.call('GET', '/open', from('198.51.100.1'))).status).toBe(429);
    expect((await open.call('GET', '/open', from('198.51.100.1'))).status).toBe(200);
    expect((await open.call('GET', '/open', from('198.51.100.2'))).status).toBe(429);
  });

  test('switched off, nothing is counted', async () => {
    await using app = await serveApp({ routes });
    expect((await app.call('GET', '/open')).headers.get('ratelimit')).toBeNull();
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
  ['2001:0DB8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('the address %s counts as %s', (address, block) => {
  expect(addressBlock(address)).toBe(block);
});
