/** The list of sign-ins, and how they end: at once, for access tokens that have not run out as well. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { outdateAccessTokens, revokeUserSessions } from '../../src/identity/index.ts';
import type { SessionPage } from '../../src/identity/sessions/schema.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { createTenant, createUser, type TestTenant, type TestUser, testPassword } from '../support/tenant.ts';

type Tokens = SignedIn & { refreshToken: string };

let app: IdentityApp;
let clinic: TestTenant;
beforeAll(async () => {
  app = await serveIdentity();
  clinic = await createTenant(app.db);
});
afterAll(async () => app[Symbol.asyncDispose]());

const person = (name = 'person'): Promise<TestUser> =>
  clinic.db.run((tx) => createUser(tx, clinic.id, name, 'patient'));

async function signIn({ email }: TestUser, userAgent = 'Firefox/145.0'): Promise<Tokens> {
  const answer = await app.call('POST', '/auth/login', {
    body: { email, password: testPassword },
    headers: { 'user-agent': userAgent },
  });
  expect(answer.status).toBe(200);
  return answer.json as Tokens;
}

const me = async (token: string): Promise<number> => (await app.call('GET', '/auth/me', { token })).status;
const refresh = async (refreshToken: string): Promise<number> =>
  (await app.call('POST', '/auth/refresh', { body: { refreshToken } })).status;
const list = async (token: string, query = ''): Promise<SessionPage> =>
  (await app.call('GET', `/auth/sessions${query}`, { token })).json as SessionPage;

describe('the list of sign-ins', () => {
  test('shows the own ones that are good still, the latest first, and which of them asks', async () => {
    const user = await person();
    const [phone, desk] = [await signIn(user, 'Mozilla/5.0 Safari/604.1'), await signIn(user)];
    await signIn(await person());
    const { items, nextCursor } = await list(phone.accessToken);
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([
      { userAgent: 'Firefox/145.0', isCurrent: false, address: '127.0.0.1' },
      { userAgent: 'Mozilla/5.0 Safari/604.1', isCurrent: true },
    ]);
    expect((await app.call('POST', '/auth/logout', { token: desk.accessToken })).status).toBe(204);
    expect((await list(phone.accessToken)).items).toHaveLength(1);
  });

  test('comes a page at a time', async () => {
    const user = await person();
    const tokens = [await signIn(user), await signIn(user), await signIn(user)];
    const token = tokens[0]?.accessToken ?? '';
    const first = await list(token, '?limit=2');
    expect(first.items).toHaveLength(2);
    const second = await list(token, `?limit=2&cursor=${first.nextCursor}`);
    expect(second.items).toMatchObject([{ isCurrent: true }]);
    expect(second.nextCursor).toBeNull();
    const strange = await app.call('GET', `/auth/sessions?cursor=${first.nextCursor}`, {
      token: (await signIn(await person())).accessToken,
    });
    expect(strange.status).toBe(422);
  });

  test('tells when a sign-in was used last, and from where', async () => {
    const user = await person();
    const { refreshToken, accessToken } = await signIn(user, 'Firefox/144.0');
    const [before] = (await list(accessToken)).items;
    await app.call('POST', '/auth/refresh', { body: { refreshToken }, headers: { 'user-agent': 'Firefox/145.0' } });
    const [after] = (await list(accessToken)).items;
    expect(after).toMatchObject({ id: before?.id, createdAt: before?.createdAt, userAgent: 'Firefox/145.0' });
    expect(Date.parse(after?.lastUsedAt ?? '')).toBeGreaterThan(Date.parse(before?.lastUsedAt ?? ''));
  });
});

describe('ending one sign-in', () => {
  test('puts that device out at once and no other', async () => {
    const user = await person();
    const [here, there] = [await signIn(user), await signIn(user)];
    const other = (await list(here.accessToken)).items.find((item) => !item.isCurrent);
    const end = () => app.call('DELETE', `/auth/sessions/${other?.id}`, { token: here.accessToken });
    expect((await end()).status).toBe(204);
    expect(await me(there.accessToken)).toBe(401);
    expect(await refresh(there.refreshToken)).toBe(401);
    expect(await me(here.accessToken)).toBe(200);
    expect((await end()).status).toBe(404);
  });

  test('of somebody else is not there', async () => {
    const [mine, theirs] = [await signIn(await person()), await signIn(await person())];
    const [item] = (await list(theirs.accessToken)).items;
    const answer = await app.call('DELETE', `/auth/sessions/${item?.id}`, { token: mine.accessToken });
    expect(answer.status).toBe(404);
    expect(await me(theirs.accessToken)).toBe(200);
  });

  test('by signing out, with either token, takes the access token along', async () => {
    const user = await person();
    const [one, other] = [await signIn(user), await signIn(user)];
    await app.call('POST', '/auth/logout', { token: one.accessToken });
    await app.call('POST', '/auth/logout', { body: { refreshToken: other.refreshToken } });
    expect(await me(one.accessToken)).toBe(401);
    expect(await me(other.accessToken)).toBe(401);
    const refusal = await app.call('GET', '/auth/me', { token: one.accessToken });
    expect(refusal.json).toMatchObject({ code: 'UNAUTHENTICATED', detail: 'This sign-in has ended. Sign in again.' });
  });
});

describe('signing out everywhere', () => {
  test('ends every sign-in, the one that asks too', async () => {
    const user = await person();
    const [here, there] = [await signIn(user), await signIn(user)];
    const answer = await app.call('POST', '/auth/logout-everywhere', { token: here.accessToken });
    expect(answer.status).toBe(204);
    for (const { accessToken, refreshToken } of [here, there]) {
      expect(await me(accessToken)).toBe(401);
      expect(await refresh(refreshToken)).toBe(401);
    }
    expect(await me((await signIn(user)).accessToken)).toBe(200);
  });

  test('may leave the one that asks', async () => {
    const user = await person();
    const [here, there] = [await signIn(user), await signIn(user)];
    const body = { exceptThis: true };
    await app.call('POST', '/auth/logout-everywhere', { token: here.accessToken, body });
    expect(await me(here.accessToken)).toBe(200);
    expect(await refresh(here.refreshToken)).toBe(200);
    expect(await me(there.accessToken)).toBe(401);
    expect(await refresh(there.refreshToken)).toBe(401);
  });

  test('takes the cookie away from a browser', async () => {
    const { accessToken } = await signIn(await person());
    const headers = { 'x-housecall-client': 'web' };
    const answer = await app.call('POST', '/auth/logout-everywhere', { token: accessToken, headers });
    expect(answer.headers.getSetCookie().join()).toMatch(/^housecall_refresh=; .*Max-Age=0/);
  });
});

describe('what others end for a user', () => {
  test('all sign-ins, in the transaction of the change, whoever signs in at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const user = await person();
      await signIn(user);
      const off = clinic.db.run(async (tx) => {
        await tx.user.update({ where: { id: user.id }, data: { isActive: false } });
        await revokeUserSessions(tx, { tenantId: clinic.id, userId: user.id, because: 'deactivated' });
      });
      const body = { email: user.email, password: testPassword };
      const logins = await Promise.all([1, 2, 3, 4].map(() => app.call('POST', '/auth/login', { body })));
      await off;
      for (const { status, json } of logins) {
        if (status !== 200) continue;
        const { accessToken, refreshToken } = json as Tokens;
        expect(await me(accessToken)).toBe(401);
        expect(await refresh(refreshToken)).toBe(401);
      }
      const live = { tenantId: clinic.id, userId: user.id, revokedAt: null };
      expect(await clinic.db.run((tx) => tx.session.count({ where: live }))).toBe(0);
    }
  });

  test('nothing, when their transaction is not kept', async () => {
    const user = await person();
    const { accessToken } = await signIn(user);
    const failing = clinic.db.run(async (tx) => {
      await revokeUserSessions(tx, { tenantId: clinic.id, userId: user.id });
      throw new Error('Not kept.');
    });
    await expect(failing).rejects.toThrow('Not kept.');
    expect(await me(accessToken)).toBe(200);
  });

  test('tokens alone, so that a refresh tells what is true now', async () => {
    const user = await person();
    const { accessToken, refreshToken } = await signIn(user);
    await clinic.db.run((tx) => outdateAccessTokens(tx, { tenantId: clinic.id, userId: user.id }));
    const refusal = await app.call('GET', '/auth/me', { token: accessToken });
    expect(refusal.json).toMatchObject({
      code: 'UNAUTHENTICATED',
      detail: 'The access token is out of date. Refresh it.',
    });
    const next = (await app.call('POST', '/auth/refresh', { body: { refreshToken } })).json as Tokens;
    expect(await me(next.accessToken)).toBe(200);
  });

  test('and never those of another clinic', async () => {
    const other = await createTenant(app.db);
    const { accessToken } = await signIn(await person());
    const [session] = (await list(accessToken)).items;
    const revoked = other.db.run(async (tx) => {
      await revokeUserSessions(tx, { tenantId: other.id, userId: clinic.users.patient.id });
      const at = new Date();
      const until = new Date(at.getTime() + 60_000);
      const foreign = { tenantId: other.id, kind: 'session' as const, subjectId: session?.id ?? '', at, until };
      await tx.revocation.create({ data: { id: crypto.randomUUID(), ...foreign } });
    });
    await revoked;
    expect(await me(accessToken)).toBe(200);
    expect(await me(await clinic.token('patient'))).toBe(200);
  });
});

test('each end of a sign-in leaves one entry in the audit trail, and so does a refusal', async () => {
  const user = await person();
  const [one, two, three] = [await signIn(user), await signIn(user), await signIn(user)];
  const ids = (await list(one.accessToken)).items.map((item) => item.id);
  await app.call('DELETE', `/auth/sessions/${ids[0]}`, { token: one.accessToken });
  await app.call('DELETE', `/auth/sessions/${ids[0]}`, { token: one.accessToken });
  await app.call('POST', '/auth/logout', { token: two.accessToken });
  await refresh(three.refreshToken);
  await app.call('POST', '/auth/logout-everywhere', { token: one.accessToken });
  const rows = await app.db.sql<{ entry: string }>(
    `select action || ' ' || result || coalesce(' ' || code, '') as entry from audit_trail
     where tenant_id = $1 and actor_id = $2 and action <> 'auth.login' order by id`,
    [clinic.id, user.id],
  );
  expect(rows.map((row) => row.entry)).toEqual([
    'auth.session-end success',
    'auth.session-end refused NOT_FOUND',
    'auth.logout success',
    'auth.logout-everywhere success',
  ]);
});

test('everything at once blocks nobody for good, and leaves no sign-in behind that was ended', async () => {
  const user = await person();
  for (let round = 0; round < 3; round += 1) {
    const open = await Promise.all(Array.from({ length: 6 }, () => signIn(user)));
    const ends = open.map(({ accessToken: token, refreshToken }, at) => {
      if (at % 3 === 0) return app.call('POST', '/auth/logout', { body: { refreshToken } });
      if (at % 3 === 1) return app.call('POST', '/auth/logout-everywhere', { token });
      return app.call('POST', '/auth/logout', { token });
    });
    const goesOn = open.map(({ refreshToken }) => app.call('POST', '/auth/refresh', { body: { refreshToken } }));
    const looks = open.map(({ accessToken: token }) => app.call('GET', '/auth/sessions', { token }));
    const answers = await Promise.all([...ends, ...goesOn, ...looks]);
    expect(answers.map((answer) => answer.status).filter((status) => status >= 500 || status === 409)).toEqual([]);
    const refreshed = (await Promise.all(goesOn)).filter(({ status }) => status === 200);
    await app.call('POST', '/auth/logout-everywhere', { token: (await signIn(user)).accessToken });
    for (const { json } of refreshed) {
      expect(await me((json as Tokens).accessToken)).toBe(401);
      expect(await refresh((json as Tokens).refreshToken)).toBe(401);
    }
    const live = { tenantId: clinic.id, userId: user.id, revokedAt: null };
    expect(await clinic.db.run((tx) => tx.session.count({ where: live }))).toBe(0);
  }
});
