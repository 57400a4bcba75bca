/** Access tokens of a portal that the clinic trusts, at both doors. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { portalKeys } from '../../src/identity/portals/keys.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import { type Answered, call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { createTenant, type TestTenant, testPassword, testTokens } from '../support/tenant.ts';

let database: TestDatabase;
let live: LiveServer;
/** Links only. */
let portal: Portal;
/** Makes accounts. */
let open: Portal;
/** For patients alone, who are named by a claim of its own. */
let narrow: Portal;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  database = await createTestDatabase();
  [tenant, other] = [await createTenant(database), await createTenant(database)];
  [portal, open, narrow] = [await startPortal(), await startPortal('RS256'), await startPortal('EdDSA')];
  const trusted = [
    portal.trusted(tenant.slug),
    open.trusted(tenant.slug, { provision: 'patient' }),
    narrow.trusted(tenant.slug, { userClaim: 'member', roles: ['patient'] }),
  ];
  live = await startLive({ db: database, env: { TRUSTED_ISSUERS: JSON.stringify(trusted) } });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  for (const one of [portal, open, narrow, database]) await one[Symbol.asyncDispose]();
});

const me = (token: string) => call(`${live.url}/api/v1/auth/me`, 'GET', { token });
const codeOf = ({ status, json }: Answered) => `${status} ${(json as { code?: string }).code ?? ''}`.trim();

async function handshake(token: string): Promise<string> {
  try {
    await using client = await SocketClient.connect(live.url, token);
    return client.socket.connected ? 'in' : 'out';
  } catch (error) {
    return (error as { data?: { code?: string } }).data?.code ?? String(error);
  }
}

async function link(at: Portal, subject: string, userId: string): Promise<Answered> {
  return live.rest(tenant, 'admin', 'POST', `/admin/users/${userId}/external-identities`, {
    issuer: at.issuer,
    subject,
  });
}

describe('somebody who is linked', () => {
  test('is our user, with their scopes, over REST and on a socket', async () => {
    const subject = randomUUID();
    const { patient } = tenant.users;
    const token = await portal.token({ sub: subject });
    expect(codeOf(await me(token))).toBe('403 FORBIDDEN');
    expect(await link(portal, subject, patient.id)).toMatchObject({ status: 201 });
    const answer = await me(token);
    expect(answer.json).toMatchObject({ id: patient.id, tenantId: tenant.id, roles: ['patient'] });
    expect((answer.json as { scopes: string[] }).scopes).toContain('meetings:join');
    expect(await handshake(token)).toBe('in');
  });

  test.each(['sub', 'user_id', 'uid', 'userId'])('is named by %s, as text or as a number', async (claim) => {
    const number = Math.floor(Math.random() * 1e9);
    await link(portal, String(number), tenant.users.patient2.id);
    for (const value of [number, String(number)]) {
      const answer = await me(await portal.token({ [claim]: value }));
      expect(answer.json).toMatchObject({ id: tenant.users.patient2.id });
    }
  });

  test('is named by the claim that the configuration says and by no other', async () => {
    const subject = randomUUID();
    await link(narrow, subject, tenant.users.patient.id);
    expect((await me(await narrow.token({ sub: 'x', member: subject }))).status).toBe(200);
    expect(codeOf(await me(await narrow.token({ sub: subject })))).toBe('401 UNAUTHENTICATED');
  });

  test('with more roles than the portal may speak for stays outside', async () => {
    const subject = randomUUID();
    expect((await link(narrow, subject, tenant.users.doctor2.id)).status).toBe(201);
    expect(codeOf(await me(await narrow.token({ member: subject })))).toBe('403 FORBIDDEN');
  });

  test('nor is somebody who has a role of the clinic’s own besides', async () => {
    const subject = randomUUID();
    const { id } = tenant.users.patient2;
    await link(narrow, subject, id);
    const wanted = { key: 'auditor', name: 'Auditor', scopes: ['audit:read'] };
    const role = (await live.rest(tenant, 'admin', 'POST', '/admin/roles', wanted)).json as { id: string };
    const token = await narrow.token({ member: subject });
    expect((await me(token)).status).toBe(200);
    await live.rest(tenant, 'admin', 'PATCH', `/admin/users/${id}`, { clinicRoleIds: [role.id] });
    expect(codeOf(await me(token))).toBe('403 FORBIDDEN');
    await live.rest(tenant, 'admin', 'PATCH', `/admin/users/${id}`, { roles: [], clinicRoleIds: [role.id] });
    expect(codeOf(await me(token))).toBe('403 FORBIDDEN');
  });

  test('who is switched off is out at once, although the portal still vouches for them', async () => {
    const subject = randomUUID();
    await link(portal, subject, tenant.users.lab.id);
    const token = await portal.token({ sub: subject });
    expect((await me(token)).status).toBe(200);
    const { status } = await live.rest(tenant, 'admin', 'PATCH', `/admin/users/${tenant.users.lab.id}`, {
      isActive: false,
    });
    expect(status).toBe(200);
    expect(codeOf(await me(token))).toBe('401 UNAUTHENTICATED');
    expect(await handshake(token)).toBe('UNAUTHENTICATED');
  });

  test('whose link is taken away is out, their socket as well', async () => {
    const subject = randomUUID();
    const { json } = await link(portal, subject, tenant.users.staff.id);
    const token = await portal.token({ sub: subject });
    const list = await live.rest(tenant, 'admin', 'GET', `/admin/users/${tenant.users.staff.id}/external-identities`);
    expect(list.json).toEqual({ items: [json], nextCursor: null });
    const path = `/admin/external-identities/${(json as { id: string }).id}`;
    expect((await live.rest(other, 'admin', 'DELETE', path)).status).toBe(404);
    expect((await live.rest(tenant, 'admin', 'DELETE', path)).status).toBe(204);
    expect(codeOf(await me(token))).toBe('403 FORBIDDEN');
    expect(await handshake(token)).toBe('FORBIDDEN');
  });
});

describe('linking', () => {
  test('is for an issuer that is trusted for this clinic, and for one account', async () => {
    const subject = randomUUID();
    const path = `/admin/users/${tenant.users.patient.id}/external-identities`;
    const wrong = await live.rest(tenant, 'admin', 'POST', path, { issuer: 'https://nobody.example', subject });
    expect(wrong.json).toMatchObject({ code: 'INVALID_INPUT', errors: [{ path: 'issuer' }] });
    const elsewhere = `/admin/users/${other.users.patient.id}/external-identities`;
    expect((await live.rest(other, 'admin', 'POST', elsewhere, { issuer: portal.issuer, subject })).status).toBe(422);
    expect((await live.rest(tenant, 'admin', 'POST', elsewhere, { issuer: portal.issuer, subject })).status).toBe(404);
    expect((await link(portal, subject, tenant.users.patient.id)).status).toBe(201);
    expect((await link(portal, subject, tenant.users.patient2.id)).status).toBe(409);
  });
});

describe('signing out', () => {
  const out = (token: string) => call(`${live.url}/api/v1/auth/logout`, 'POST', { token });
  const lastEnd = async () => {
    const [row] = await database.sql<{ ms: number }>(
      `select (extract(epoch from max(until)) * 1000)::float8 as ms from revocation where tenant_id = $1 and kind = 'session'`,
      [tenant.id],
    );
    return row?.ms ?? 0;
  };

  test('holds for as long as the portal’s token would, and not for the next sign-in', async () => {
    const subject = randomUUID();
    await link(portal, subject, tenant.users.doctor2.id);
    const exp = Math.floor(Date.now() / 1_000) + 24 * 3_600;
    const [first, next] = [
      { sub: subject, jti: randomUUID(), exp },
      { sub: subject, jti: randomUUID(), exp },
    ];
    const token = await portal.token(first);
    expect((await out(token)).status).toBe(204);
    expect((await me(token)).status).toBe(401);
    expect(await lastEnd()).toBeGreaterThanOrEqual(exp * 1_000);
    expect((await me(await portal.token(next))).status).toBe(200);
  });

  test('ends all tokens of the session that the portal names', async () => {
    const [subject, sid] = [randomUUID(), randomUUID()];
    await link(portal, subject, tenant.users.doctor2.id);
    const [one, other, later] = [
      await portal.token({ sub: subject, sid, jti: '1' }),
      await portal.token({ sub: subject, sid, jti: '2' }),
      await portal.token({ sub: subject, sid: randomUUID() }),
    ];
    expect((await out(one)).status).toBe(204);
    expect((await me(other)).status).toBe(401);
    expect((await me(later)).status).toBe(200);
  });
});

test('who may change accounts and no more cannot become an administrator by a portal of their own', async () => {
  const { staff, admin } = tenant.users;
  const issued = await testTokens.issueAccess({
    userId: staff.id,
    tenantId: tenant.id,
    roles: ['staff'],
    scopes: ['users:write'],
    patientId: null,
    practitionerId: null,
    sessionId: randomUUID(),
  });
  const answer = await call(`${live.url}/api/v1/admin/users/${admin.id}/external-identities`, 'POST', {
    token: issued.token,
    body: { issuer: portal.issuer, subject: randomUUID() },
  });
  expect(codeOf(answer)).toBe('403 FORBIDDEN');
});

describe('somebody who is new', () => {
  const profile = () => ({ sub: randomUUID(), email: `new-${randomUUID()}@portal.example`, name: 'Nila Das' });

  test('gets an account as a patient, once, however many requests come at the same time', async () => {
    const who = { ...profile(), email_verified: true };
    const token = await open.token(who);
    const answers = await Promise.all(Array.from({ length: 6 }, () => me(token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ json }) => (json as { id: string }).id)).size).toBe(1);
    const made = answers.map(({ json }) => json as { id: string })[0];
    const account = { email: who.email, displayName: 'Nila Das', roles: ['patient'] };
    expect(made).toMatchObject({ ...account, patientId: expect.any(String) });
    const entries = await database.sql(
      `select result, entity_id from audit_trail where tenant_id = $1 and action = 'account.provision' and entity_id = $2`,
      [tenant.id, made?.id],
    );
    expect(entries).toMatchObject([{ result: 'success' }]);
  });

  test('cannot sign in with a password', async () => {
    const who = profile();
    await me(await open.token(who));
    const body = { email: who.email, password: testPassword, tenant: tenant.slug };
    expect((await call(`${live.url}/api/v1/auth/login`, 'POST', { body })).status).toBe(401);
  });

  test('does not become somebody whose e-mail address the portal claims', async () => {
    const answer = await me(await open.token({ ...profile(), email: tenant.users.admin.email, email_verified: true }));
    expect(codeOf(answer)).toBe('403 FORBIDDEN');
  });

  test('stays outside without an e-mail address, or where the portal may not make accounts', async () => {
    const { email: _, ...nameless } = profile();
    expect(codeOf(await me(await open.token(nameless)))).toBe('403 FORBIDDEN');
    expect(codeOf(await me(await open.token({ ...nameless, email: 'no address' })))).toBe('403 FORBIDDEN');
    expect(codeOf(await me(await portal.token(profile())))).toBe('403 FORBIDDEN');
  });
});

describe('what is refused', () => {
  let subject: string;
  beforeAll(async () => {
    subject = randomUUID();
    await link(portal, subject, tenant.users.patient.id);
  });
  const past = Math.floor(Date.now() / 1_000) - 120;

  test.each<[string, Record<string, unknown>]>([
    ['run out', { exp: past }],
    ['without an end', { exp: undefined }],
    ['not good yet', { nbf: past + 600 }],
    ['for another audience', { aud: 'another' }],
    ['of another issuer', { iss: 'https://other.example' }],
    ['of us', { iss: 'housecall' }],
  ])('a token that is %s', async (_what, change) => {
    const token = await portal.token({ sub: subject, ...change });
    expect(codeOf(await me(token))).toBe('401 UNAUTHENTICATED');
    expect(await handshake(token)).toBe('UNAUTHENTICATED');
  });

  test.each(['logout+jwt', 'secevent+jwt', 'dpop+jwt'])(
    'a signed statement that is no access token: %s',
    async (typ) => {
      expect(codeOf(await me(await portal.token({ sub: subject }, { typ })))).toBe('401 UNAUTHENTICATED');
      expect((await me(await portal.token({ sub: subject }, { typ: 'at+jwt' }))).status).toBe(200);
    },
  );

  test.each<[string, unknown]>([
    ['empty', ''],
    ['too long', 'x'.repeat(256)],
    ['a list', ['a']],
    ['an object', { a: 1 }],
    ['null', null],
    ['text that cannot be kept', 'a\0b'],
  ])('a name that is %s', async (_what, sub) => {
    expect(codeOf(await me(await portal.token({ sub } as JWTPayload)))).toBe('401 UNAUTHENTICATED');
  });

  test('a signature by another portal, by a secret, or none', async () => {
    const claims = { iss: portal.issuer, aud: portal.audience, sub: subject, exp: past + 600 };
    const key = new TextEncoder().encode(JSON.stringify((await (await fetch(portal.jwksUri)).json()) as unknown));
    for (const token of [
      await open.token({ ...claims }),
      await open.token({ ...claims }, { kid: 'portal-1' }),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'portal-1' }).sign(key),
      new UnsecuredJWT(claims).encode(),
    ])
      expect(codeOf(await me(token))).toBe('401 UNAUTHENTICATED');
  });
});

describe('the portal’s keys', () => {
  test('are asked for once, not with each token', async () => {
    const subject = randomUUID();
    await link(portal, subject, tenant.users.patient.id);
    await me(await portal.token({ sub: subject }));
    const before = portal.asked();
    for (let round = 0; round < 10; round += 1) await me(await portal.token({ sub: subject }));
    expect(portal.asked()).toBe(before);
  });

  test.each(['broken', 'silent'] as const)('that cannot be had (%s) stop its tokens alone', async (how) => {
    await using down = await startPortal();
    down.behave(how);
    await using server = await startLive({
      db: database,
      env: { TRUSTED_ISSUERS: JSON.stringify([down.trusted(tenant.slug)]) },
    });
    const ask = (token: string) => call(`${server.url}/api/v1/auth/me`, 'GET', { token });
    const token = await down.token({ sub: 'somebody' });
    const refused = await ask(token);
    expect(codeOf(refused)).toBe('503 UNAVAILABLE');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(await tenant.token('doctor'))).status).toBe(200);
    // Nobody asks again in the same moment.
    const asked = down.asked();
    expect(codeOf(await ask(token))).toBe('503 UNAVAILABLE');
    expect(down.asked()).toBe(asked);
  });

  test('are found again once the portal is back and a moment has passed', async () => {
    let now = 0;
    const real = performance.now.bind(performance);
    performance.now = () => real() + now;
    try {
      await using back = await startPortal();
      const key = portalKeys(back.jwksUri);
      const header = { alg: 'ES256', kid: 'portal-1' };
      const none = { payload: '', signature: '' };
      back.behave('broken');
      await expect(key(header, none)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      back.behave('up');
      await expect(key(header, none)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      now = 60_000;
      await expect(key(header, none)).resolves.toBeDefined();
    } finally {
      performance.now = real;
    }
  });
});
