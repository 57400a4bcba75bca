/** Changing and resetting passwords, and the address of an account. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { startLive } from '../support/live.ts';
import { tokenIn } from '../support/mail-server.ts';
import { type Mailing, mailedFrom, startMailing } from '../support/mailing.ts';
import { call } from '../support/serve-app.ts';
import { createUser, type TestTenant, type TestUser, testPassword } from '../support/tenant.ts';

let live: Mailing;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startMailing();
  clinic = await live.tenant();
});
afterAll(async () => live[Symbol.asyncDispose]());

const newPassword = 'Eight-Blue-Kites-8';
const person = (): Promise<TestUser> =>
  clinic.db.run((tx) => createUser(tx, clinic.id, 'kamala', 'patient', 'Kamala Iyer'));
const login = async (email: string, password = testPassword) => live.ask('/auth/login', { email, password });
const signIn = async (email: string, password = testPassword) => {
  const answer = await login(email, password);
  if (answer.status !== 200) throw new Error(`Not signed in: ${answer.status}`);
  return answer.json as SignedIn;
};
const as = (token: string, path: string, body?: unknown) =>
  call(`${live.url}/api/v1${path}`, body === undefined ? 'GET' : 'POST', {
    token,
    ...(body !== undefined && { body }),
  });
const refresh = (session: SignedIn) => live.ask('/auth/refresh', { refreshToken: session.refreshToken });
const faults = (json: unknown) => (json as { errors?: { path: string; message: string }[] }).errors;

describe('changing the password', () => {
  test('needs the present one, ends every other sign-in, keeps this one, and tells the owner', async () => {
    const { email } = await person();
    const [here, elsewhere] = [await signIn(email), await signIn(email)];
    const change = (currentPassword: string, token = here.accessToken) =>
      as(token, '/auth/change-password', { currentPassword, newPassword });

    const wrong = await change('Wrong-Password-1');
    expect(wrong).toMatchObject({ status: 422 });
    expect(faults(wrong.json)).toEqual([{ path: 'currentPassword', message: 'Is not the present password' }]);
    expect((await change(testPassword)).status).toBe(204);

    expect((await login(email)).status).toBe(401);
    expect((await login(email, newPassword)).status).toBe(200);
    expect((await refresh(elsewhere)).status).toBe(401);
    expect((await as(elsewhere.accessToken, '/auth/me')).status).toBe(401);
    expect((await as(here.accessToken, '/auth/me')).status).toBe(200);
    expect((await refresh(here)).status).toBe(200);
    const { mail } = await live.mailTo(email);
    expect(mail.subject).toContain('was changed');
    expect(mail.text).toContain('Dear Kamala Iyer,');
    expect(mail.text).toContain(`${mailedFrom}/forgot`);
  });

  test('to the same one, to the name or to something that everybody tries is refused in words', async () => {
    const { email } = await person();
    const { accessToken } = await signIn(email);
    const attempt = async (to: string) =>
      faults((await as(accessToken, '/auth/change-password', { currentPassword: testPassword, newPassword: to })).json);
    expect(await attempt(testPassword)).toEqual([{ path: 'newPassword', message: 'Must differ from the present one' }]);
    expect(await attempt('short')).toContainEqual({ path: 'newPassword', message: 'Must have at least 8 characters' });
    for (const easy of ['Password-1', 'P@ssw0rd', 'Qwerty123!', 'Kamala2026!', 'Welcome1!']) {
      const [fault] = (await attempt(easy)) ?? [];
      expect({ easy, fault }).toEqual({
        easy,
        fault: { path: 'newPassword', message: expect.stringMatching(/^Is too easy to guess\./) },
      });
      expect(fault?.message).not.toContain(easy);
    }
  });

  test('twice at once changes it once', async () => {
    const { email } = await person();
    const { accessToken } = await signIn(email);
    const answers = await Promise.all(
      [newPassword, 'Nine-Grey-Foxes-9'].map((to) =>
        as(accessToken, '/auth/change-password', { currentPassword: testPassword, newPassword: to }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect([
      [204, 409],
      [204, 422],
    ]).toContainEqual(statuses);
    expect((await login(email)).status).toBe(401);
  });

  test('under an Idempotency-Key can be asked for again, though the present password is another by then', async () => {
    const { email } = await person();
    const { accessToken } = await signIn(email);
    const change = (currentPassword: string) =>
      call(`${live.url}/api/v1/auth/change-password`, 'POST', {
        token: accessToken,
        body: { currentPassword, newPassword },
        headers: { 'Idempotency-Key': 'the-same-key' },
      });
    expect((await change('Wrong-Password-1')).status).toBe(422);
    expect((await change(testPassword)).status).toBe(204);
    const again = await change(testPassword);
    expect(again.status).toBe(204);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await live.mailsTo(email)).length).toBe(1);
    expect((await login(email, newPassword)).status).toBe(200);
  });

  test('makes mailed links worthless', async () => {
    const { email } = await person();
    await live.ask('/auth/forgot-password', { email });
    const token = tokenIn(await live.mailTo(email));
    const { accessToken } = await signIn(email);
    await as(accessToken, '/auth/change-password', { currentPassword: testPassword, newPassword });
    expect((await live.ask('/auth/reset-password', { token, newPassword: 'Nine-Grey-Foxes-9' })).status).toBe(422);
  });
});

describe('a forgotten password', () => {
  test('is replaced by a mailed link, once; every sign-in ends, and the address counts as confirmed', async () => {
    const { email, id } = await person();
    const session = await signIn(email);
    const answer = await live.ask('/auth/forgot-password', { email: email.toUpperCase() });
    expect(answer).toMatchObject({ status: 202, json: { checkMail: true } });
    const mail = await live.mailTo(email);
    expect(mail.mail.text).toContain(`${mailedFrom}/reset#token=`);
    const token = tokenIn(mail);
    const reset = (to: string) => live.ask('/auth/reset-password', { token, newPassword: to });

    expect(faults((await reset('Password-1')).json)?.[0]?.message).toMatch(/^Is too easy to guess/);
    expect((await reset(newPassword)).status).toBe(204);
    expect((await reset('Nine-Grey-Foxes-9')).status).toBe(422);
    expect((await as(session.accessToken, '/auth/me')).status).toBe(401);
    expect((await refresh(session)).status).toBe(401);
    expect((await login(email)).status).toBe(401);
    expect((await login(email, newPassword)).status).toBe(200);
    const [row] = await live.db.sql('select email_verified_at is not null as verified from app_user where id = $1', [
      id,
    ]);
    expect(row).toEqual({ verified: true });
    expect((await live.mailTo(email)).mail.subject).toContain('was changed');
  });

  test('of nobody, of somebody switched off and at an unknown clinic get the same answer and no mail', async () => {
    const known = await person();
    const off = await person();
    await live.db.sql('update app_user set is_active = false where id = $1', [off.id]);
    const expected = await live.ask('/auth/forgot-password', { email: known.email });
    for (const [email, tenant] of [
      ['nobody@mail.example'],
      [off.email],
      [known.email, 'no-such-clinic'],
      ['nobody@mail.example', clinic.slug],
    ]) {
      const { status, text } = await live.ask('/auth/forgot-password', { email, ...(tenant && { tenant }) });
      expect({ email, tenant, status, text }).toEqual({ email, tenant, status: expected.status, text: expected.text });
    }
    expect(await live.mailsTo(off.email)).toEqual([]);
    expect(await live.mailsTo('nobody@mail.example')).toEqual([]);
    expect(await live.mailsTo(known.email)).toHaveLength(1);
  });

  test('of an address with accounts at two clinics gets a mail from each, unless one is named', async () => {
    const { email } = await person();
    const other = await live.tenant();
    await live.db.sql('update app_user set email = $1 where id = $2', [email, other.users.lab.id]);
    await live.ask('/auth/forgot-password', { email });
    const senders = (await live.mailsTo(email)).map(({ mail }) => mail.subject?.split('for ')[1]);
    expect(new Set(senders)).toEqual(new Set([`Clinic ${clinic.slug}`, `Clinic ${other.slug}`]));
    await live.ask('/auth/forgot-password', { email, tenant: other.slug });
    expect(await live.mailsTo(email)).toHaveLength(3);
  });

  test('has an hour', async () => {
    const { email } = await person();
    await live.ask('/auth/forgot-password', { email });
    const token = tokenIn(await live.mailTo(email));
    live.clock.forward(3_601);
    expect((await live.ask('/auth/reset-password', { token, newPassword })).status).toBe(422);
    expect((await login(email)).status).toBe(200);
  });

  test('is not replaced twice by one link, however many try at once', async () => {
    const { email } = await person();
    await live.ask('/auth/forgot-password', { email });
    const token = tokenIn(await live.mailTo(email));
    const candidates = ['Eight-Blue-Kites-8', 'Nine-Grey-Foxes-9', 'Three-Red-Lamps-3'];
    const answers = await Promise.all(
      candidates.map((to) => live.ask('/auth/reset-password', { token, newPassword: to })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 422, 422]);
    const winner = candidates[answers.findIndex(({ status }) => status === 204)] ?? '';
    expect((await login(email, winner)).status).toBe(200);
  });
});

describe('another e-mail address', () => {
  const moved = () => `moved-${crypto.randomUUID()}@mail.example`;

  test('is used once its own mail was read; the former one is told, sign-ins and links end', async () => {
    const { email } = await person();
    const address = moved();
    const session = await signIn(email);
    const change = (password: string) => as(session.accessToken, '/auth/change-email', { email: address, password });
    expect(faults((await change('Wrong-Password-1')).json)).toEqual([
      { path: 'password', message: 'Is not the present password' },
    ]);
    expect(await change(testPassword)).toMatchObject({ status: 202, json: { checkMail: true } });
    expect((await login(email)).status).toBe(200);
    expect((await login(address)).status).toBe(401);
    await live.ask('/auth/forgot-password', { email });
    const old = tokenIn(await live.mailTo(email));

    const mail = await live.mailTo(address);
    expect(mail.mail.text).not.toContain('Kamala');
    expect((await live.ask('/auth/verify-email', { token: tokenIn(mail) })).status).toBe(204);
    expect((await login(email)).status).toBe(401);
    expect((await login(address)).status).toBe(200);
    expect((await as(session.accessToken, '/auth/me')).status).toBe(401);
    const notice = await live.mailTo(email);
    expect(notice.mail.subject).toContain('was changed');
    expect(notice.raw).not.toContain(address);
    expect((await live.ask('/auth/reset-password', { token: old, newPassword })).status).toBe(422);
  });

  test('that another account has is answered alike, and refused only to who reads its mail', async () => {
    const [one, other] = [await person(), await person()];
    const { accessToken } = await signIn(one.email);
    const answer = await as(accessToken, '/auth/change-email', { email: other.email, password: testPassword });
    expect(answer).toMatchObject({ status: 202, json: { checkMail: true } });
    const token = tokenIn(await live.mailTo(other.email));
    expect(await live.ask('/auth/verify-email', { token })).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
    expect((await login(one.email)).status).toBe(200);
    expect((await login(other.email)).status).toBe(200);
  });
});

test('an invitation lets somebody choose the first password, within three days, and proves the address', async () => {
  const email = `invited-${crypto.randomUUID()}@mail.example`;
  const invite = { email, displayName: 'Meera Rao', roles: ['staff'] };
  const made = await live.rest(clinic, 'admin', 'POST', '/admin/users', invite);
  expect(made.status).toBe(201);
  const mail = await live.mailTo(email);
  expect(mail.mail.text).toContain('Dear Meera Rao,');
  const token = tokenIn(mail);
  live.clock.forward(2 * 24 * 3_600);
  expect((await live.ask('/auth/reset-password', { token, newPassword })).status).toBe(204);
  const { user } = await signIn(email, newPassword);
  expect(user).toMatchObject({ email, emailVerified: true, mustChangePassword: false, roles: ['staff'] });
});

test('each of these leaves one entry about the account, also what is done after the answer', async () => {
  const { email, id } = await person();
  await live.ask('/auth/forgot-password', { email });
  const token = tokenIn(await live.mailTo(email));
  await live.ask('/auth/reset-password', { token, newPassword: 'Password-1' });
  await live.ask('/auth/reset-password', { token, newPassword });
  await live.ask('/auth/resend-verification', { email });
  await live.mailsTo(email);
  const rowsOfTrail = await live.db.sql<{ said: string }>(
    `select action || ' ' || result as said from audit_trail where tenant_id = $1 and entity_id = $2 order by at, id`,
    [clinic.id, id],
  );
  expect(rowsOfTrail.map(({ said }) => said)).toEqual([
    'auth.forgot-password success',
    'auth.reset-password refused',
    'auth.reset-password success',
    'auth.resend-verification success',
  ]);
});

test('the audit trail tells of all this without an address, a name, a password or a token', async () => {
  const { email } = await person();
  const rowsOfTrail = await live.db.sql<{ text: string }>(
    'select a::text as text from audit_trail a where tenant_id = $1',
    [clinic.id],
  );
  const trail = rowsOfTrail.map(({ text }) => text).join('\n');
  expect(rowsOfTrail.length).toBeGreaterThan(10);
  for (const word of ['@mail.example', '@test.example', 'Kamala', newPassword, testPassword, 'hca_', email]) {
    expect(trail).not.toContain(word);
  }
});

describe('without a mail server', () => {
  test('whatever needs a mail says at once that there is none, and passwords still change', async () => {
    await using quiet = await startLive();
    const tenant = await quiet.tenant();
    const strict = await quiet.tenant({ settings: { requireVerifiedEmail: true } });
    const ask = (path: string, body: unknown, token?: string) =>
      call(`${quiet.url}/api/v1${path}`, 'POST', { body, token });
    const { email } = tenant.users.patient;
    const token = await tenant.token('patient');
    for (const [path, body, bearer] of [
      ['/auth/forgot-password', { email }],
      ['/auth/resend-verification', { email }],
      ['/auth/change-email', { email: 'x@mail.example', password: testPassword }, token],
      ['/auth/register', { tenant: strict.slug, email: 'x@mail.example', password: newPassword, displayName: 'X' }],
    ] as const) {
      const { status, json } = await ask(path, body, bearer);
      expect({ path, status, code: (json as { code: string }).code }).toEqual({
        path,
        status: 503,
        code: 'UNAVAILABLE',
      });
    }
    const changed = await ask('/auth/change-password', { currentPassword: testPassword, newPassword }, token);
    expect(changed.status).toBe(204);
    const [waiting] = await quiet.db.sql('select count(*)::int as n from outgoing_mail');
    expect(waiting).toEqual({ n: 0 });
  });
});
