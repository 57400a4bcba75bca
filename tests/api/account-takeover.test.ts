/** Ways into somebody else's account that lead around its password, and writing to strangers through ours. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { tokenIn } from '../support/mail-server.ts';
import { type Mailing, startMailing } from '../support/mailing.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import { call } from '../support/serve-app.ts';
import { createTenant, createUser, type TestTenant, testPassword } from '../support/tenant.ts';
import { totp } from '../support/totp.ts';

const slug = `takeover-${crypto.randomUUID().slice(0, 8)}`;
let live: Mailing;
let clinic: TestTenant;
let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
  live = await startMailing({
    env: { TRUSTED_ISSUERS: JSON.stringify([portal.trusted(slug, { provision: 'patient' })]) },
  });
  clinic = await createTenant(live.db, { slug });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await portal[Symbol.asyncDispose]();
});

const password = 'Seven-Green-Boats-7';
const ownersPassword = 'Nine-Yellow-Lamps-9';
const stranger = () => `stranger-${crypto.randomUUID()}@mail.example`;
const send = (method: string, path: string, token: string, body: unknown) =>
  call(`${live.url}/api/v1${path}`, method, { token, body });
const signIn = (email: string, secret: string) => live.ask('/auth/login', { email, password: secret, tenant: slug });

async function tokenOf(email: string, secret: string): Promise<string> {
  const answer = await signIn(email, secret);
  expect(answer.status).toBe(200);
  return (answer.json as SignedIn).accessToken;
}

/** Makes an account with an address that somebody else reads; gives an access token. */
async function squat(email: string, displayName = 'Nobody'): Promise<string> {
  const made = await live.ask('/auth/register', { tenant: slug, email, password, displayName });
  expect(made.status).toBe(202);
  return tokenOf(email, password);
}

describe('a link that whoever knew the password asked for', () => {
  const change = async (email: string) => {
    const evil = stranger();
    const asked = await send('POST', '/auth/change-email', await tokenOf(email, testPassword), {
      email: evil,
      password: testPassword,
    });
    expect(asked.status).toBe(202);
    return tokenIn(await live.mailTo(evil));
  };

  test('does not give the account away after an administrator has set another password', async () => {
    const { id, email } = await clinic.db.run((tx) => createUser(tx, clinic.id, 'asha', 'doctor'));
    const token = await change(email);
    const set = await live.rest(clinic, 'admin', 'PATCH', `/admin/users/${id}`, { password: ownersPassword });
    expect(set.status).toBe(200);
    expect((await live.ask('/auth/verify-email', { token })).status).toBe(422);
    expect((await signIn(email, ownersPassword)).status).toBe(200);
  });

  test.each(['PATCH', 'DELETE'])('nor after the account was off and on again (%s)', async (method) => {
    const { id, email } = await clinic.db.run((tx) => createUser(tx, clinic.id, 'asha', 'doctor'));
    const token = await change(email);
    const off = await live.rest(
      clinic,
      'admin',
      method,
      `/admin/users/${id}`,
      method === 'PATCH' ? { isActive: false } : undefined,
    );
    expect(off.status).toBeLessThan(300);
    await live.rest(clinic, 'admin', 'PATCH', `/admin/users/${id}`, { isActive: true });
    expect((await live.ask('/auth/verify-email', { token })).status).toBe(422);
    expect((await signIn(email, testPassword)).status).toBe(200);
  });
});

describe('an account that a stranger made with somebody else’s address', () => {
  const takeOver = async (email: string) => {
    await live.ask('/auth/forgot-password', { email, tenant: slug });
    const token = tokenIn(await live.mailTo(email));
    expect((await live.ask('/auth/reset-password', { token, newPassword: ownersPassword })).status).toBe(204);
  };

  test('is its owner’s without the second factor that the stranger set up', async () => {
    const email = stranger();
    const token = await squat(email);
    const { secret } = (await send('POST', '/auth/mfa/totp', token, { password })).json as { secret: string };
    const code = totp(secret, live.clock.now());
    expect((await send('POST', '/auth/mfa/totp/confirm', token, { code })).status).toBe(200);
    await takeOver(email);
    expect((await signIn(email, ownersPassword)).status).toBe(200);
  });

  test('is closed to the portal’s sign-in that made it, and stays open to one that the clinic has linked', async () => {
    const email = stranger();
    const [made, linked] = [crypto.randomUUID(), crypto.randomUUID()];
    const me = async (sub: string) =>
      call(`${live.url}/api/v1/auth/me`, 'GET', { token: await portal.token({ sub, name: 'Nobody' }) });
    const first = await call(`${live.url}/api/v1/auth/me`, 'GET', { token: await portal.token({ sub: made, email }) });
    const { id } = first.json as { id: string };
    const link = { issuer: portal.issuer, subject: linked };
    expect((await live.rest(clinic, 'admin', 'POST', `/admin/users/${id}/external-identities`, link)).status).toBe(201);
    expect((await me(made)).status).toBe(200);
    await takeOver(email);
    expect((await me(made)).status).toBe(403);
    expect((await me(linked)).json).toMatchObject({ id });
  });

  test('keeps second factor and portal of an owner who had confirmed the address before', async () => {
    const email = stranger();
    const token = await squat(email);
    await live.ask('/auth/verify-email', { token: tokenIn(await live.mailTo(email)) });
    const { secret } = (await send('POST', '/auth/mfa/totp', token, { password })).json as { secret: string };
    await send('POST', '/auth/mfa/totp/confirm', token, { code: totp(secret, live.clock.now()) });
    await takeOver(email);
    expect((await signIn(email, ownersPassword)).json).toMatchObject({ code: 'MFA_REQUIRED' });
  });
});

describe('somebody who has not confirmed the address', () => {
  test('cannot have words of their own mailed to it', async () => {
    const email = stranger();
    await squat(email, 'customer, your account is locked: https://evil.example');
    await live.ask('/auth/forgot-password', { email, tenant: slug });
    await live.ask('/auth/register', { tenant: slug, email, password, displayName: 'https://evil.example' });
    const mails = await live.mailsTo(email);
    expect(mails).toHaveLength(3);
    for (const { raw } of mails) expect(raw).not.toContain('evil.example');
  });

  test('cannot have it flooded by changing the password', async () => {
    const email = stranger();
    const token = await squat(email);
    let present = password;
    for (const next of ['Three-Blue-Doors-3', 'Four-Round-Stones-4']) {
      const changed = await send('POST', '/auth/change-password', token, {
        currentPassword: present,
        newPassword: next,
      });
      expect(changed.status).toBe(204);
      present = next;
    }
    expect(await live.mailsTo(email)).toHaveLength(1);
  });
});

test.each(['Ana\r\n\r\nYour account is locked', 'Ana\u2028Ng', 'Ana \u202Egnp.exe', 'Ana \u2067Ng', 'Ana\u0007'])(
  'a name is one line that reads as it is written: %j is none',
  async (displayName) => {
    const body = { tenant: slug, email: stranger(), password, displayName };
    const { status, json } = await live.ask('/auth/register', body);
    expect({ status, json }).toMatchObject({ status: 422, json: { errors: [{ path: 'displayName' }] } });
    const path = `/admin/users/${clinic.users.patient.id}`;
    expect((await live.rest(clinic, 'admin', 'PATCH', path, { displayName })).status).toBe(422);
  },
);

test.each(['دکتر می\u200Cخواهم', 'क्\u200Dष Iyer', 'O’Neil-Łukasz 2.'])(
  'every script has names: %s',
  async (displayName) => {
    const { status } = await live.rest(clinic, 'admin', 'PATCH', `/admin/users/${clinic.users.lab.id}`, {
      displayName,
    });
    expect(status).toBe(200);
  },
);
