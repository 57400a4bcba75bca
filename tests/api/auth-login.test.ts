import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { createLoginGuard, scopesOf } from '../../src/identity/index.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { createTenant, createUser, type TestTenant, testPassword } from '../support/tenant.ts';

let app: IdentityApp;
let clinic: TestTenant;
beforeAll(async () => {
  app = await serveIdentity();
  clinic = await createTenant(app.db, { settings: { timeZone: 'Asia/Kolkata', locale: 'en-IN' } });
});
afterAll(async () => app[Symbol.asyncDispose]());

const login = (body: Record<string, unknown>) => app.call('POST', '/auth/login', { body });

describe('login', () => {
  test('answers tokens and the user as the contract says', async () => {
    const { email, id, displayName, patientId } = clinic.users.patient;
    const { status, json } = await login({ email, password: testPassword });
    expect(status).toBe(200);
    expect(json).toEqual({
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.stringMatching(/^hcr_/),
      tokenType: 'Bearer',
      expiresIn: 1800,
      user: {
        id,
        email,
        displayName,
        tenantId: clinic.id,
        clinicRoles: [],
        emailVerified: true,
        mustChangePassword: false,
        mfa: { enabled: false, required: false },
        roles: ['patient'],
        scopes: scopesOf(['patient']),
        patientId,
        practitionerId: null,
        tenant: {
          slug: clinic.slug,
          name: `Clinic ${clinic.slug}`,
          timeZone: 'Asia/Kolkata',
          locale: 'en-IN',
          cancelFreeHours: 2,
        },
      },
    });
  });

  test('gives an access token of the profile, and no more about the person than ids and roles', async () => {
    const { id, email, practitionerId } = clinic.users.doctor;
    const { accessToken } = (await login({ email, password: testPassword })).json as SignedIn;
    expect(decodeProtectedHeader(accessToken)).toEqual({ alg: 'HS256', typ: 'at+jwt' });
    const claims = decodeJwt(accessToken);
    expect(Object.keys(claims).toSorted()).toEqual([
      'aud',
      'exp',
      'iat',
      'iss',
      'jti',
      'nbf',
      'prid',
      'roles',
      'scope',
      'sid',
      'sub',
      'tid',
    ]);
    expect(claims).toMatchObject({
      iss: 'housecall',
      aud: 'housecall',
      sub: id,
      tid: clinic.id,
      prid: practitionerId,
      roles: ['doctor'],
    });
    expect(claims.exp).toBe(Math.floor(Number(claims.iat)) + 1800);
  });

  test('me answers the same user', async () => {
    const { email } = clinic.users.staff;
    const { accessToken, user } = (await login({ email, password: testPassword })).json as SignedIn;
    const me = await app.call('GET', '/auth/me', { token: accessToken });
    expect(me.status).toBe(200);
    expect(me.json).toEqual(user);
  });

  test('the case of the e-mail address does not matter', async () => {
    expect((await login({ email: clinic.users.lab.email.toUpperCase(), password: testPassword })).status).toBe(200);
  });

  test('a wrong password and an unknown account are answered alike, after one bcrypt each', async () => {
    const answers: { json: unknown; compared: number }[] = [];
    for (const body of [
      { email: clinic.users.patient.email, password: 'Wrong-Password-1' },
      { email: 'nobody@test.example', password: testPassword },
      { email: clinic.users.patient.email, password: 'Wrong-Password-1', tenant: clinic.slug },
      { email: 'nobody@test.example', password: testPassword, tenant: clinic.slug },
      { email: clinic.users.patient.email, password: testPassword, tenant: 'no-such-clinic' },
      { email: clinic.users.patient.email, password: testPassword + 'x'.repeat(80) },
      { email: 'not even an address', password: testPassword },
    ]) {
      const before = app.comparisons();
      const { status, json } = await login(body);
      expect(status).toBe(401);
      answers.push({ json: { ...(json as object), requestId: '' }, compared: app.comparisons() - before });
    }
    const [first, ...others] = answers;
    expect(first).toMatchObject({ json: { code: 'INVALID_CREDENTIALS' }, compared: 1 });
    for (const other of others) expect(other).toEqual(first);
  });

  test('a user who is switched off cannot sign in, and their token opens nothing of theirs', async () => {
    const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'gone', 'patient'));
    const { accessToken } = (await login({ email: user.email, password: testPassword })).json as SignedIn;
    await clinic.db.run((tx) => tx.user.update({ where: { id: user.id }, data: { isActive: false } }));
    expect((await login({ email: user.email, password: testPassword })).status).toBe(401);
    expect((await app.call('GET', '/auth/me', { token: accessToken })).status).toBe(401);
  });

  test('an e-mail address in two clinics signs in where the password fits, and asks which one where both do', async () => {
    const other = await createTenant(app.db);
    const { email } = clinic.users.doctor2;
    await other.db.run((tx) => tx.user.update({ where: { id: other.users.doctor2.id }, data: { email } }));
    const both = await login({ email, password: testPassword });
    expect(both.status).toBe(422);
    expect(both.json).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ path: 'tenant', message: 'Say which clinic you mean' }],
    });
    const named = await login({ email, password: testPassword, tenant: other.slug });
    expect(named.json).toMatchObject({ user: { tenantId: other.id } });
    const stored = await clinic.db.run((tx) => tx.user.findFirstOrThrow({ where: { email: clinic.users.lab.email } }));
    const otherHash = `${stored.passwordHash.slice(0, -1)}.`;
    await other.db.run((tx) =>
      tx.user.update({ where: { id: other.users.doctor2.id }, data: { passwordHash: otherHash } }),
    );
    expect((await login({ email, password: testPassword })).json).toMatchObject({ user: { tenantId: clinic.id } });
    expect((await login({ email, password: 'Wrong-Password-1' })).status).toBe(401);
  });

  test.each([
    [{}, ['email', 'password']],
    [{ email: 'a@b.example' }, ['password']],
    [{ email: ['a@b.example'], password: { $ne: '' } }, ['email', 'password']],
    [{ email: 'a@b.example', password: 'x', tenant: "x' or 1=1" }, ['tenant']],
    [{ email: 'a@b.example', password: 'x', role: 'admin' }, ['']],
    [{ email: 'a@b.example', password: 'nul\0' }, ['password']],
  ])('the input %j is refused at %j', async (body, paths) => {
    const { status, json } = await login(body);
    expect(status).toBe(422);
    expect((json as { errors: { path: string }[] }).errors.map((fault) => fault.path)).toEqual(paths);
  });

  test('neither e-mail address nor password is in the log', async () => {
    await login({ email: clinic.users.patient.email, password: 'Very-Secret-77' });
    expect(app.logText()).not.toContain(clinic.users.patient.email);
    expect(app.logText()).not.toContain('Very-Secret-77');
  });
});

describe('guessing', () => {
  test('is stopped after so many failures for one account from one address, before bcrypt runs', async () => {
    await using guarded = await serveIdentity({ guard: createLoginGuard({ failures: 3, firstPause: 900 }) });
    const tenant = await createTenant(guarded.db);
    const attempt = (email: string, password: string) =>
      guarded.call('POST', '/auth/login', { body: { email, password } });
    const { email } = tenant.users.patient;
    for (let n = 0; n < 3; n += 1) expect((await attempt(email, 'Wrong-Password-1')).status).toBe(401);
    const before = guarded.comparisons();
    const stopped = await attempt(email.toUpperCase(), testPassword);
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(guarded.comparisons()).toBe(before);
    expect((await attempt(tenant.users.patient2.email, testPassword)).status).toBe(200);
  });

  test('many attempts at once do not get past it', async () => {
    await using guarded = await serveIdentity({ guard: createLoginGuard({ failures: 3, firstPause: 900 }) });
    const attempts = Array.from({ length: 10 }, () =>
      guarded.call('POST', '/auth/login', { body: { email: 'a@b.example', password: 'x' } }),
    );
    const statuses = (await Promise.all(attempts)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  test('a right password forgets the failures before it', async () => {
    await using guarded = await serveIdentity({ guard: createLoginGuard({ failures: 2, firstPause: 900 }) });
    const { email } = (await createTenant(guarded.db)).users.patient;
    const attempt = async (password: string) =>
      (await guarded.call('POST', '/auth/login', { body: { email, password } })).status;
    expect([
      await attempt('no'),
      await attempt(testPassword),
      await attempt('no'),
      await attempt(testPassword),
    ]).toEqual([401, 200, 401, 200]);
  });
});
