/** The second factor: setting it up, signing in with it, losing it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { resetSecondFactor } from '../../src/identity/index.ts';
import type { Role } from '../../src/platform/actor.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import type { Answered } from '../support/serve-app.ts';
import { createTenant, createUser, type TestTenant, type TestUser, testPassword } from '../support/tenant.ts';
import { totp } from '../support/totp.ts';

type Tokens = SignedIn & { refreshToken: string };

let aheadMs = 0;
const now = (): Date => new Date(Date.now() + aheadMs);
/** Into the next time step, where codes of this one were not used yet. */
const nextStep = (): void => {
  aheadMs += 30_000;
};

let app: IdentityApp;
let clinic: TestTenant;
beforeAll(async () => {
  app = await serveIdentity({ clock: { now } });
  clinic = await createTenant(app.db);
});
afterAll(async () => app[Symbol.asyncDispose]());

const login = ({ email }: TestUser, code?: string): Promise<Answered> =>
  app.call('POST', '/auth/login', { body: { email, password: testPassword, ...(code !== undefined && { code }) } });

async function signIn(user: TestUser, code?: string): Promise<Tokens> {
  const answer = await login(user, code);
  expect(answer.status).toBe(200);
  return answer.json as Tokens;
}

const post = (path: string, token: string, body: unknown): Promise<Answered> => app.call('POST', path, { token, body });

interface Enrolled {
  user: TestUser;
  secret: string;
  token: string;
  recoveryCodes: string[];
  code(): string;
}

/** A new user with a second factor, whose next code is unused. */
async function enrolled(role: Role = 'doctor', tenant = clinic): Promise<Enrolled> {
  const user = await tenant.db.run((tx) => createUser(tx, tenant.id, 'holder', role));
  const { accessToken: token } = await signIn(user);
  const { secret } = (await post('/auth/mfa/totp', token, { password: testPassword })).json as { secret: string };
  const code = () => totp(secret, now());
  const confirmed = await post('/auth/mfa/totp/confirm', token, { code: code() });
  expect(confirmed.status).toBe(200);
  nextStep();
  return { user, secret, token, code, ...(confirmed.json as { recoveryCodes: string[] }) };
}

describe('setting up', () => {
  test('needs the password, gives a secret, and counts only when a code of it was shown', async () => {
    const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'new', 'doctor'));
    const { accessToken: token } = await signIn(user);
    const wrong = await post('/auth/mfa/totp', token, { password: 'not it' });
    expect(wrong.status).toBe(422);
    expect(wrong.json).toMatchObject({ errors: [{ path: 'password' }] });
    const begun = await post('/auth/mfa/totp', token, { password: testPassword });
    expect(begun.json).toMatchObject({ secret: expect.stringMatching(/^[A-Z2-7]{32}$/) });
    await signIn(user);
    const refused = await post('/auth/mfa/totp/confirm', token, { code: '000000' });
    expect(refused.json).toMatchObject({ code: 'INVALID_INPUT', errors: [{ path: 'code' }] });
    await signIn(user);
    const { secret } = begun.json as { secret: string };
    const done = await post('/auth/mfa/totp/confirm', token, { code: totp(secret, now()) });
    expect((done.json as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
    expect((await login(user)).json).toMatchObject({ code: 'MFA_REQUIRED', status: 401 });
    const state = await app.call('GET', '/auth/mfa', { token });
    expect(state.json).toEqual({ enabled: true, required: false, recoveryCodesLeft: 10 });
  });

  test('begins anew as often as one likes, until it is confirmed', async () => {
    const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'again', 'doctor'));
    const { accessToken: token } = await signIn(user);
    const begin = () => post('/auth/mfa/totp', token, { password: testPassword });
    const first = (await begin()).json as { secret: string };
    const second = (await begin()).json as { secret: string };
    expect(second.secret).not.toBe(first.secret);
    const confirm = (secret: string) => post('/auth/mfa/totp/confirm', token, { code: totp(secret, now()) });
    expect((await confirm(first.secret)).status).toBe(422);
    expect((await confirm(second.secret)).status).toBe(200);
    expect((await begin()).status).toBe(409);
    expect((await confirm(second.secret)).status).toBe(409);
  });

  test('is nothing to confirm before it is begun', async () => {
    const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'eager', 'doctor'));
    const { accessToken: token } = await signIn(user);
    expect((await post('/auth/mfa/totp/confirm', token, { code: '123456' })).status).toBe(409);
    expect((await post('/auth/mfa/recovery-codes', token, { code: '123456' })).status).toBe(409);
  });

  test('leaves neither the secret nor a recovery code readable in the database', async () => {
    const { secret, recoveryCodes } = await enrolled();
    const rows = await app.db.sql<{ text: string }>(
      'select to_jsonb(f)::text as text from second_factor f union all select to_jsonb(r)::text from recovery_code r',
    );
    expect(rows.length).toBeGreaterThan(10);
    const everything = rows.map((row) => row.text).join('\n');
    for (const plain of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) {
      expect(everything).not.toContain(plain);
    }
    expect(app.logText()).not.toContain(secret);
  });
});

describe('signing in', () => {
  test('takes a code once: neither it nor an earlier one is good again', async () => {
    const { user, secret, code } = await enrolled();
    const early = totp(secret, new Date(now().getTime() - 30_000));
    const used = code();
    const tokens = await signIn(user, used);
    expect(tokens.user.mfa).toEqual({ enabled: true, required: false });
    for (const old of [used, early]) {
      const again = await login(user, old);
      expect(again.status).toBe(401);
      expect(again.json).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    }
    nextStep();
    await signIn(user, code().replace(/^(...)/, '$1 '));
  });

  test('takes one code for one sign-in, however many come at once', async () => {
    const { user, code } = await enrolled();
    const same = code();
    const answers = await Promise.all(Array.from({ length: 6 }, () => login(user, same)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  test('does not tell who has a second factor to somebody who does not know the password', async () => {
    const { user, code } = await enrolled();
    for (const extra of [{}, { code: code() }]) {
      const answer = await app.call('POST', '/auth/login', {
        body: { email: user.email, password: 'wrong', ...extra },
      });
      expect(answer.json).toMatchObject({ code: 'INVALID_CREDENTIALS', detail: 'E-mail or password is wrong' });
    }
    await signIn(user, code());
  });

  test('pauses after five wrong codes, whatever is sent then, and a recovery code still opens', async () => {
    const { user, code, recoveryCodes } = await enrolled();
    const wrong = () => (code() === '000000' ? '000001' : '000000');
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await login(user, wrong())).status).toBe(401);
    const paused = await login(user, code());
    expect(paused.status).toBe(429);
    expect(Number(paused.headers.get('retry-after'))).toBeGreaterThan(0);
    await signIn(user, recoveryCodes[0]);
    await signIn(user, code());
  });

  test('pauses longer with each further wrong code, and lets the owner in when the pause is over', async () => {
    const { user, code } = await enrolled();
    const wrong = () => (code() === '000000' ? '000001' : '000000');
    for (let attempt = 0; attempt < 5; attempt += 1) await login(user, wrong());
    aheadMs += 31_000;
    expect((await login(user, wrong())).status).toBe(401);
    aheadMs += 31_000;
    expect((await login(user, code())).status).toBe(429);
    aheadMs += 30_000;
    await signIn(user, code());
  });

  test('without one ignores a code that is sent', async () => {
    const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'plain', 'patient'));
    expect((await signIn(user, '123456')).user.mfa).toEqual({ enabled: false, required: false });
  });
});

describe('a recovery code', () => {
  test('opens once, however it is typed', async () => {
    const { user, recoveryCodes } = await enrolled();
    const [one = '', two = ''] = recoveryCodes;
    await signIn(user, one.toLowerCase().replaceAll('-', ' '));
    expect((await login(user, one)).json).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    await signIn(user, two.replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l'));
    const { accessToken } = await signIn(user, recoveryCodes[2]);
    const state = await app.call('GET', '/auth/mfa', { token: accessToken });
    expect(state.json).toMatchObject({ recoveryCodesLeft: 7 });
  });

  test('lets one of two in who come with it at the same time', async () => {
    const { user, recoveryCodes } = await enrolled();
    for (const code of recoveryCodes.slice(0, 4)) {
      const statuses = (await Promise.all([login(user, code), login(user, code)])).map((answer) => answer.status);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 401]);
    }
  });

  test('of somebody else opens nothing', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    expect((await login(one.user, other.recoveryCodes[0])).status).toBe(401);
    await signIn(other.user, other.recoveryCodes[0]);
  });

  test('is worth nothing when a new set was made', async () => {
    const { user, token, code, recoveryCodes } = await enrolled();
    expect((await post('/auth/mfa/recovery-codes', token, { code: '999999' })).status).toBe(422);
    const renewed = (await post('/auth/mfa/recovery-codes', token, { code: code() })).json as typeof recoveryCodes & {
      recoveryCodes: string[];
    };
    expect(new Set([...recoveryCodes, ...renewed.recoveryCodes]).size).toBe(20);
    expect((await login(user, recoveryCodes[0])).status).toBe(401);
    await signIn(user, renewed.recoveryCodes[0]);
  });
});

describe('giving it up', () => {
  const give = (token: string, body: unknown) => app.call('DELETE', '/auth/mfa/totp', { token, body });

  test('needs the password and a code; then the password alone signs in', async () => {
    const { user, token, code, recoveryCodes } = await enrolled();
    expect((await give(token, { password: 'wrong', code: code() })).status).toBe(422);
    expect((await give(token, { password: testPassword, code: '000000' })).status).toBe(422);
    expect((await give(token, { password: testPassword })).status).toBe(422);
    expect((await give(token, { password: testPassword, code: recoveryCodes[3] })).status).toBe(204);
    await signIn(user);
  });

  test('an administrator can do for somebody, whose sign-ins all end', async () => {
    const { user, token } = await enrolled();
    const reset = () => clinic.db.run((tx) => resetSecondFactor(tx, { tenantId: clinic.id, userId: user.id }));
    expect(await reset()).toBe(true);
    expect(await reset()).toBe(false);
    expect((await app.call('GET', '/auth/me', { token })).status).toBe(401);
    await signIn(user);
  });
});

test('each step leaves one entry in the audit trail, a success or a refusal, about its owner', async () => {
  const { user, token, code } = await enrolled();
  const [begun, enabled] = [
    { action: 'mfa.begin', result: 'success', code: null },
    { action: 'mfa.enable', result: 'success', code: null },
  ];
  await login(user);
  await login(user, '000000');
  await signIn(user, code());
  nextStep();
  await post('/auth/mfa/recovery-codes', token, { code: '000000' });
  await post('/auth/mfa/recovery-codes', token, { code: code() });
  nextStep();
  await app.call('DELETE', '/auth/mfa/totp', { token, body: { password: testPassword, code: code() } });
  const rows = await app.db.sql(
    `select action, result, code from audit_trail where tenant_id = $1 and entity_type = 'User' and entity_id = $2 order by id`,
    [clinic.id, user.id],
  );
  expect(rows).toEqual([
    { action: 'auth.login', result: 'success', code: null },
    begun,
    enabled,
    { action: 'auth.login', result: 'refused', code: 'MFA_REQUIRED' },
    { action: 'auth.login', result: 'refused', code: 'INVALID_CREDENTIALS' },
    { action: 'auth.login', result: 'success', code: null },
    { action: 'mfa.renew-recovery-codes', result: 'refused', code: 'INVALID_INPUT' },
    { action: 'mfa.renew-recovery-codes', result: 'success', code: null },
    { action: 'mfa.disable', result: 'success', code: null },
  ]);
});

test('asked for twice under one Idempotency-Key, each step gives its one answer', async () => {
  const user = await clinic.db.run((tx) => createUser(tx, clinic.id, 'twice', 'doctor'));
  const { accessToken: token } = await signIn(user);
  const twice = async (method: string, path: string, body: unknown) => {
    const headers = { 'idempotency-key': path };
    const first = await app.call(method, path, { token, body, headers });
    const second = await app.call(method, path, { token, body, headers });
    expect({ status: second.status, text: second.text }).toEqual({ status: first.status, text: first.text });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    return first.json;
  };
  const { secret } = (await twice('POST', '/auth/mfa/totp', { password: testPassword })) as { secret: string };
  const codes = await twice('POST', '/auth/mfa/totp/confirm', { code: totp(secret, now()) });
  nextStep();
  const renewed = await twice('POST', '/auth/mfa/recovery-codes', { code: totp(secret, now()) });
  expect(renewed).not.toEqual(codes);
  expect(app.logText()).not.toContain('not idempotent');
});

describe('where the clinic asks for it', () => {
  test('who has none gets to set it up and nowhere else, and everywhere once it is there', async () => {
    const strict = await createTenant(app.db, { settings: { mfaRequiredFor: ['admin', 'doctor'] } });
    const user = await strict.db.run((tx) => createUser(tx, strict.id, 'boss', 'admin'));
    const first = await signIn(user);
    expect(first.user).toMatchObject({
      mfa: { enabled: false, required: true },
      scopes: ['profile:read', 'profile:write', 'session:refresh'],
    });
    const token = first.accessToken;
    const held = await app.call('GET', '/admin/tenant', { token });
    expect(held.status).toBe(403);
    expect(held.json).toMatchObject({ code: 'MFA_ENROLMENT_REQUIRED' });
    expect((await app.call('GET', '/auth/me', { token })).json).toMatchObject({ mfa: { required: true } });
    const { secret } = (await post('/auth/mfa/totp', token, { password: testPassword })).json as { secret: string };
    await post('/auth/mfa/totp/confirm', token, { code: totp(secret, now()) });
    const { refreshToken } = first;
    const next = (await app.call('POST', '/auth/refresh', { body: { refreshToken } })).json as Tokens;
    expect((await app.call('GET', '/admin/tenant', { token: next.accessToken })).status).toBe(200);
    const body = { password: testPassword, code: totp(secret, new Date(now().getTime() + 30_000)) };
    expect((await app.call('DELETE', '/auth/mfa/totp', { token: next.accessToken, body })).status).toBe(204);
    expect((await app.call('GET', '/admin/tenant', { token: next.accessToken })).status).toBe(401);
    const last = await app.call('POST', '/auth/refresh', { body: { refreshToken: next.refreshToken } });
    const held2 = await app.call('GET', '/admin/tenant', { token: (last.json as Tokens).accessToken });
    expect(held2.json).toMatchObject({ code: 'MFA_ENROLMENT_REQUIRED' });
  });

  test('nobody of another role is held up', async () => {
    const strict = await createTenant(app.db, { settings: { mfaRequiredFor: ['admin', 'doctor'] } });
    const { user } = await signIn(strict.users.patient);
    expect(user.mfa).toEqual({ enabled: false, required: false });
    expect(user.scopes).toContain('meetings:join');
  });
});
