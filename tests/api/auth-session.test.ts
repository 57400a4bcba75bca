import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRefreshToken } from '../../src/identity/auth/refresh-tokens.ts';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { createTenant, createUser, type TestTenant, testPassword } from '../support/tenant.ts';

const day = 24 * 3_600_000;
let aheadMs = 0;
let app: IdentityApp;
let clinic: TestTenant;
beforeAll(async () => {
  app = await serveIdentity({ clock: { now: () => new Date(Date.now() + aheadMs) } });
  clinic = await createTenant(app.db);
});
afterAll(async () => app[Symbol.asyncDispose]());

const web = { 'x-housecall-client': 'web' };

async function signIn(): Promise<SignedIn & { refreshToken: string }> {
  const { json } = await app.call('POST', '/auth/login', {
    body: { email: clinic.users.patient.email, password: testPassword },
  });
  return json as SignedIn & { refreshToken: string };
}

/** The next pair of tokens. */
async function renewed({ refreshToken }: { refreshToken: string }): Promise<SignedIn & { refreshToken: string }> {
  const { status, json } = await refresh(refreshToken);
  expect(status).toBe(200);
  return json as SignedIn & { refreshToken: string };
}

const refresh = (refreshToken: unknown) => app.call('POST', '/auth/refresh', { body: { refreshToken } });

describe('refresh', () => {
  test('gives a new pair of tokens for the same sign-in, and the old one is used up', async () => {
    const first = await signIn();
    const { status, json } = await refresh(first.refreshToken);
    expect(status).toBe(200);
    const second = json as typeof first;
    expect(second.user).toEqual(first.user);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect((await app.call('GET', '/auth/me', { token: second.accessToken })).status).toBe(200);
    expect((await refresh(second.refreshToken)).status).toBe(200);
  });

  test('a token used twice ends the whole sign-in: somebody has copied it', async () => {
    const first = await signIn();
    const untouched = await signIn();
    const second = await renewed(first);
    const third = await renewed(second);
    const reused = await refresh(first.refreshToken);
    expect(reused.status).toBe(401);
    expect(reused.json).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await refresh(third.refreshToken)).status).toBe(401);
    expect((await app.call('GET', '/auth/me', { token: third.accessToken })).status).toBe(401);
    expect((await refresh(untouched.refreshToken)).status).toBe(200);
  });

  test('of many uses at the same time two succeed, and the next one ends the sign-in', async () => {
    const { refreshToken } = await signIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    const good = answers.filter((answer) => answer.status === 200);
    expect(good).toHaveLength(2);
    for (const { json } of good) expect((await refresh((json as SignedIn).refreshToken)).status).toBe(401);
  });

  test('a token is good for seven days and no longer', async () => {
    const { refreshToken } = await signIn();
    const young = await signIn();
    try {
      aheadMs = 7 * day + 1_000;
      expect((await refresh(refreshToken)).status).toBe(401);
      aheadMs = 7 * day - 60_000;
      expect((await refresh(young.refreshToken)).status).toBe(200);
    } finally {
      aheadMs = 0;
    }
  });

  test('a user who was switched off meanwhile gets nothing', async () => {
    const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'leaver', 'patient'));
    const { json } = await app.call('POST', '/auth/login', { body: { email: user.email, password: testPassword } });
    await clinic.db.run((tx) => tx.user.update({ where: { id: user.id }, data: { isActive: false } }));
    expect((await refresh((json as SignedIn).refreshToken)).status).toBe(401);
  });

  test('a role that was given meanwhile is in the next access token', async () => {
    const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'riser', 'staff'));
    const { json } = await app.call('POST', '/auth/login', { body: { email: user.email, password: testPassword } });
    await clinic.db.run((tx) => tx.user.update({ where: { id: user.id }, data: { roles: ['staff', 'admin'] } }));
    const next = (await refresh((json as SignedIn).refreshToken)).json as SignedIn;
    expect((await app.call('GET', '/admin/tenant', { token: next.accessToken })).status).toBe(200);
  });

  test('a token with anything changed in it is refused, and ends nothing', async () => {
    const { refreshToken, accessToken } = await signIn();
    const other = await createTenant(app.db);
    const bytes = Buffer.from(refreshToken.slice(4), 'base64url');
    const changed = (at: number, value: Uint8Array | number) => {
      const copy = Buffer.from(bytes);
      copy.set(typeof value === 'number' ? [value] : value, at);
      return `hcr_${copy.toString('base64url')}`;
    };
    const elsewhere = changed(0, Buffer.from(other.id.replaceAll('-', ''), 'hex'));
    const wrong = [
      changed(63, (bytes[63] ?? 0) ^ 1),
      changed(40, (bytes[40] ?? 0) ^ 1),
      changed(31, (bytes[31] ?? 0) ^ 1),
      elsewhere,
      refreshToken.slice(4),
      `${refreshToken}AA`,
      accessToken,
      'hcr_',
      "' or 1=1 --",
    ];
    for (const token of wrong) expect((await refresh(token)).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  test('without any token: 401; with something else than a text: 422', async () => {
    expect((await app.call('POST', '/auth/refresh')).status).toBe(401);
    expect((await app.call('POST', '/auth/refresh', { body: {} })).status).toBe(401);
    expect((await refresh(1)).status).toBe(422);
    expect((await refresh(['a'])).status).toBe(422);
  });

  test('only a hash is kept', async () => {
    const { refreshToken } = await signIn();
    const ref = readRefreshToken(refreshToken);
    const [row] = await app.db.sql<{ hash: Buffer }>('select hash from refresh_token where id = $1', [ref?.id]);
    expect(row?.hash.equals(Buffer.from(ref?.hash ?? []))).toBe(true);
    const everything = await app.db.sql<{ text: string }>('select to_jsonb(t)::text as text from refresh_token t');
    const secret = Buffer.from(refreshToken.slice(4), 'base64url').subarray(32).toString('hex');
    for (const { text } of everything) expect(text).not.toContain(secret);
  });
});

describe('a refresh whose answer was lost', () => {
  test('may be asked for once more within ten seconds, and goes on with either answer', async () => {
    for (const which of [0, 1]) {
      const first = await signIn();
      const answers = [await renewed(first), await renewed(first)];
      const chosen = answers[which] ?? first;
      const next = await renewed(chosen);
      expect((await app.call('GET', '/auth/me', { token: next.accessToken })).status).toBe(200);
      expect((await refresh(next.refreshToken)).status).toBe(200);
    }
  });

  test('ends the sign-in when both answers are used: one of the two askers is a thief', async () => {
    const first = await signIn();
    const [one, other] = [await renewed(first), await renewed(first)];
    const next = await renewed(one);
    expect((await refresh(other.refreshToken)).status).toBe(401);
    expect((await refresh(next.refreshToken)).status).toBe(401);
  });

  test('is not given a third time', async () => {
    const first = await signIn();
    const [one, other] = [await renewed(first), await renewed(first)];
    expect((await refresh(first.refreshToken)).status).toBe(401);
    for (const { refreshToken } of [one, other]) expect((await refresh(refreshToken)).status).toBe(401);
  });

  test('is not given later than ten seconds, nor to another program', async () => {
    try {
      const late = await signIn();
      await renewed(late);
      aheadMs = 10_500;
      expect((await refresh(late.refreshToken)).status).toBe(401);
    } finally {
      aheadMs = 0;
    }
    const elsewhere = await signIn();
    await renewed(elsewhere);
    const headers = { 'user-agent': 'Thief/1.0' };
    const body = { refreshToken: elsewhere.refreshToken };
    expect((await app.call('POST', '/auth/refresh', { body, headers })).status).toBe(401);
  });
});

describe('logout', () => {
  test('by refresh token ends that sign-in and no other', async () => {
    const [one, other] = [await signIn(), await signIn()];
    expect((await app.call('POST', '/auth/logout', { body: { refreshToken: one.refreshToken } })).status).toBe(204);
    expect((await refresh(one.refreshToken)).status).toBe(401);
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });

  test('by access token ends the sign-in that it descends from', async () => {
    const [one, other] = [await signIn(), await signIn()];
    expect((await app.call('POST', '/auth/logout', { token: one.accessToken })).status).toBe(204);
    expect((await refresh(one.refreshToken)).status).toBe(401);
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });

  test('twice is no error, and neither is an unknown token', async () => {
    const { refreshToken } = await signIn();
    for (const token of [refreshToken, refreshToken, 'hcr_unknown']) {
      expect((await app.call('POST', '/auth/logout', { body: { refreshToken: token } })).status).toBe(204);
    }
  });

  test('with no token at all: 401', async () => {
    expect((await app.call('POST', '/auth/logout')).status).toBe(401);
    expect((await app.call('POST', '/auth/logout', { token: 'a.b.c' })).status).toBe(401);
  });
});

const credentials = () => ({ email: clinic.users.patient.email, password: testPassword });
const cookieOf = (headers: Headers) =>
  headers.getSetCookie().find((cookie) => cookie.startsWith('housecall_refresh=')) ?? '';

describe('a browser', () => {
  test('gets the refresh token where no script can read it, and not in the body', async () => {
    const { json, headers } = await app.call('POST', '/auth/login', { body: credentials(), headers: web });
    expect(json).not.toHaveProperty('refreshToken');
    expect(cookieOf(headers)).toMatch(
      /^housecall_refresh=hcr_[\w-]+; Path=\/api\/v1\/auth; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    );
  });

  test('refreshes by the cookie, which is replaced each time', async () => {
    const first =
      cookieOf((await app.call('POST', '/auth/login', { body: credentials(), headers: web })).headers).split(';')[0] ??
      '';
    const answer = await app.call('POST', '/auth/refresh', {
      body: {},
      headers: { ...web, cookie: `theme=dark; ${first}` },
    });
    expect(answer.status).toBe(200);
    const second = cookieOf(answer.headers).split(';')[0] ?? '';
    expect(second).not.toBe(first);
    expect((await app.call('POST', '/auth/refresh', { headers: { ...web, cookie: second } })).status).toBe(200);
  });

  test('a cookie without the header that foreign pages cannot send is worth nothing', async () => {
    const cookie =
      cookieOf((await app.call('POST', '/auth/login', { body: credentials(), headers: web })).headers).split(';')[0] ??
      '';
    expect((await app.call('POST', '/auth/refresh', { headers: { cookie } })).status).toBe(401);
    expect((await app.call('POST', '/auth/logout', { headers: { cookie } })).status).toBe(401);
    expect((await app.call('POST', '/auth/refresh', { headers: { cookie, ...web } })).status).toBe(200);
  });

  test('signing out ends the sign-in and removes the cookie', async () => {
    const cookie =
      cookieOf((await app.call('POST', '/auth/login', { body: credentials(), headers: web })).headers).split(';')[0] ??
      '';
    const out = await app.call('POST', '/auth/logout', { headers: { ...web, cookie } });
    expect(out.status).toBe(204);
    expect(cookieOf(out.headers)).toMatch(/^housecall_refresh=; .*Max-Age=0/);
    expect((await app.call('POST', '/auth/refresh', { headers: { ...web, cookie } })).status).toBe(401);
  });

  test('behind TLS the cookie is Secure', async () => {
    const config = { production: true, http: { host: '', port: 0, corsOrigins: [], trustProxy: 1, rateLimits: false } };
    await using behind = await serveIdentity({}, { config });
    const tenant = await createTenant(behind.db);
    const body = { email: tenant.users.patient.email, password: testPassword };
    const { headers } = await behind.call('POST', '/auth/login', {
      body,
      headers: { ...web, 'x-forwarded-proto': 'https' },
    });
    expect(cookieOf(headers)).toMatch(/; Secure$/);
  });

  test('everybody else gets no cookie', async () => {
    expect(cookieOf((await app.call('POST', '/auth/login', { body: credentials() })).headers)).toBe('');
  });
});
