/** Making an account where mail is sent: what is answered, what is mailed, and what an address that is confirmed opens. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { newId } from '../../src/platform/ids.ts';
import { makeTenantToken } from '../../src/platform/tenant-token.ts';
import { tokenIn } from '../support/mail-server.ts';
import { type Mailing, mailedFrom, startMailing } from '../support/mailing.ts';
import type { TestTenant } from '../support/tenant.ts';

let live: Mailing;
let clinic: TestTenant;
let strict: TestTenant;
beforeAll(async () => {
  live = await startMailing();
  clinic = await live.tenant();
  strict = await live.tenant({ settings: { requireVerifiedEmail: true } });
});
afterAll(async () => live[Symbol.asyncDispose]());

const password = 'Seven-Green-Boats-7';
const newcomer = (tenant = clinic) => ({
  tenant: tenant.slug,
  email: `new-${crypto.randomUUID()}@mail.example`,
  password,
  displayName: 'Ana Ng',
});
const register = (body: Record<string, unknown>, headers?: Record<string, string>) =>
  live.ask('/auth/register', body, headers);
const login = (body: Record<string, unknown>) => live.ask('/auth/login', body);
const verify = (token: string) => live.ask('/auth/verify-email', { token });
const rows = (email: string) =>
  live.db.sql<{ id: string; verified: boolean }>(
    'select id, email_verified_at is not null as verified from app_user where email = $1',
    [email],
  );

describe('registering', () => {
  test('answers that a mail comes, and the mail has a link that confirms the address once', async () => {
    const input = newcomer();
    const { status, json } = await register(input);
    expect({ status, json }).toEqual({ status: 202, json: { checkMail: true } });
    const mail = await live.mailTo(input.email);
    expect(mail.mail.subject).toBe(`Confirm your e-mail address for Clinic ${clinic.slug}`);
    expect(mail.mail.text).toContain('Hello,');
    expect(mail.raw).not.toContain('Ana Ng');
    expect(mail.mail.text).toContain(`${mailedFrom}/verify#token=`);
    expect(mail.mail.html).toContain(`<a href="${mailedFrom}/verify#token=`);
    expect(await rows(input.email)).toEqual([expect.objectContaining({ verified: false })]);

    const token = tokenIn(mail);
    expect((await verify(token)).status).toBe(204);
    expect(await rows(input.email)).toEqual([expect.objectContaining({ verified: true })]);
    const again = await verify(token);
    expect(again).toMatchObject({ status: 422, json: { errors: [{ path: 'token' }] } });
    expect(again.text).not.toContain(token);
  });

  test('an address that the clinic has gets the same answer, and its owner alone hears of it', async () => {
    const { email } = clinic.users.doctor;
    const input = newcomer();
    const fresh = await register(input);
    const taken = await register({ ...newcomer(), email: email.toUpperCase() });
    expect(taken.status).toBe(fresh.status);
    expect(taken.text).toBe(fresh.text);
    const names = (answer: typeof fresh) => [...answer.headers.keys()].toSorted();
    expect(names(taken)).toEqual(names(fresh));
    expect(await rows(email)).toEqual([{ id: clinic.users.doctor.id, verified: true }]);
    const { mail } = await live.mailTo(email);
    expect(mail.subject).toContain('You have an account');
    expect(mail.text).toContain(`Dear ${clinic.users.doctor.displayName},`);
    expect(mail.text).not.toContain('Ana Ng');
    expect(mail.text).toContain(`${mailedFrom}/reset#token=`);
  });

  test('twice at once gives one account and the same answer', async () => {
    const input = newcomer();
    const answers = await Promise.all([register(input), register(input), register(input)]);
    expect(answers.map(({ status, text }) => ({ status, text }))).toEqual(
      Array.from({ length: 3 }, () => ({ status: 202, text: '{"checkMail":true}' })),
    );
    expect(await rows(input.email)).toHaveLength(1);
    const [patients] = await live.db.sql<{ n: number }>(
      `select count(*)::int as n from patient p join app_user u on u.tenant_id = p.tenant_id and u.patient_id = p.id where u.email = $1`,
      [input.email],
    );
    expect(patients).toEqual({ n: 1 });
  });

  test('a link never leads where the request says that we are', async () => {
    const input = newcomer();
    await register(input, {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      origin: 'https://evil.example',
    });
    expect((await live.mailTo(input.email)).raw).not.toContain('evil.example');
  });

  test('a name cannot write HTML, a header or another address into the mail', async () => {
    const input = { ...newcomer(), displayName: '<img src=x onerror=alert(1)> "Ana" & Bcc: a@b.example' };
    await register(input);
    await verify(tokenIn(await live.mailTo(input.email)));
    await live.ask('/auth/forgot-password', { email: input.email });
    const { mail, to } = await live.mailTo(input.email);
    expect(mail.html).not.toContain('<img');
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;Ana&quot; &amp; Bcc');
    expect(to).toEqual([input.email]);
  });
});

test('a link that was made up leaves no trace at the clinic that it names; one that has run out does', async () => {
  const entries = async () =>
    (
      await live.db.sql<{ result: string; entity_id: string }>(
        `select result, entity_id from audit_trail where tenant_id = $1 and action = 'auth.verify-email'`,
        [strict.id],
      )
    ).map(({ result }) => result);
  const input = newcomer(strict);
  await register(input);
  const token = tokenIn(await live.mailTo(input.email));
  expect((await verify(makeTenantToken('hca_', { tenantId: strict.id, id: newId() }))).status).toBe(422);
  expect((await verify(makeTenantToken('hca_', { tenantId: newId(), id: newId() }))).status).toBe(422);
  expect(await entries()).toEqual([]);
  expect((await verify(token)).status).toBe(204);
  expect((await verify(token)).status).toBe(422);
  expect(await entries()).toEqual(['success', 'refused']);
});

test('without PUBLIC_URL links lead to where the server listens, and a worker sends mail by itself', async () => {
  await using own = await startMailing({ env: { PUBLIC_URL: '' } });
  const tenant = await own.tenant();
  const input = newcomer(tenant);
  await own.ask('/auth/register', input, { host: 'evil.example' });
  const { mail } = await own.mails.mailTo(input.email);
  expect(mail.text).toContain(`${own.url}/verify#token=`);
});

describe('where the clinic asks for a confirmed address', () => {
  test('nobody signs in before, and only who knows the password hears why', async () => {
    const input = newcomer(strict);
    await register(input);
    const { email } = input;
    expect(await login({ email, password })).toMatchObject({ status: 403, json: { code: 'EMAIL_NOT_VERIFIED' } });
    expect(await login({ email, password: 'Wrong-Password-1' })).toMatchObject({
      status: 401,
      json: { code: 'INVALID_CREDENTIALS' },
    });
    await live.ask('/auth/resend-verification', { email, tenant: strict.slug });
    const mails = await live.mailsTo(email);
    expect(mails).toHaveLength(2);
    const [first, second] = mails.map(tokenIn);
    expect((await verify(first ?? '')).status).toBe(422);
    expect((await verify(second ?? '')).status).toBe(204);
    const { status, json } = await login({ email, password });
    expect(status).toBe(200);
    expect((json as SignedIn).user.roles).toEqual(['patient']);
  });

  test('choosing a new password by mail confirms the address as well', async () => {
    const input = newcomer(strict);
    await register(input);
    await live.ask('/auth/forgot-password', { email: input.email });
    const token = tokenIn(await live.mailTo(input.email));
    expect((await live.ask('/auth/reset-password', { token, newPassword: 'Eight-Blue-Kites-8' })).status).toBe(204);
    expect((await login({ email: input.email, password: 'Eight-Blue-Kites-8' })).status).toBe(200);
  });
});

test('where it does not, whoever registered signs in at once', async () => {
  const input = newcomer();
  await register(input);
  expect((await login({ email: input.email, password })).status).toBe(200);
});

describe('a link', () => {
  test('is good for a day', async () => {
    const [early, late] = [newcomer(), newcomer()];
    await register(early);
    const first = tokenIn(await live.mailTo(early.email));
    await register(late);
    const second = tokenIn(await live.mailTo(late.email));
    live.clock.forward(24 * 3_600 - 60);
    expect((await verify(first)).status).toBe(204);
    live.clock.forward(120);
    expect((await verify(second)).status).toBe(422);
  });

  test('that is tampered with, made up, or of another kind confirms nothing', async () => {
    const input = newcomer();
    await register(input);
    const token = tokenIn(await live.mailTo(input.email));
    await live.ask('/auth/forgot-password', { email: input.email });
    const reset = tokenIn(await live.mailTo(input.email));
    const swapped = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const bad of [
      swapped,
      reset,
      token.slice(4),
      `hcr_${token.slice(4)}`,
      'hca_',
      'x',
      `${token}A`,
      token.toUpperCase(),
    ]) {
      expect({ bad, status: (await verify(bad)).status }).toEqual({ bad, status: 422 });
    }
    expect(await rows(input.email)).toEqual([expect.objectContaining({ verified: false })]);
    expect((await live.ask('/auth/reset-password', { token, newPassword: 'Eight-Blue-Kites-8' })).status).toBe(422);
    expect((await verify(token)).status).toBe(204);
  });

  test('followed twice at the same time counts once', async () => {
    const input = newcomer();
    await register(input);
    const token = tokenIn(await live.mailTo(input.email));
    const statuses = (await Promise.all([verify(token), verify(token), verify(token)])).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 422, 422]);
  });

  test('is kept as a hash alone', async () => {
    const input = newcomer();
    await register(input);
    const token = tokenIn(await live.mailTo(input.email));
    const [row] = await live.db.sql<{ hash: Buffer }>('select hash from account_token where email = $1', [input.email]);
    expect(row?.hash).toHaveLength(32);
    const secret = Buffer.from(token.slice(4), 'base64url').subarray(32);
    expect(row?.hash.includes(secret)).toBe(false);
  });
});

test('a mailbox is not flooded: five links an hour, and the answer stays the same', async () => {
  const input = newcomer(strict);
  await register(input);
  const answers = [];
  for (let n = 0; n < 8; n += 1) answers.push(await live.ask('/auth/resend-verification', { email: input.email }));
  expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(
    Array.from({ length: 8 }, () => '202 {"checkMail":true}'),
  );
  expect(await live.mailsTo(input.email)).toHaveLength(5);
  live.clock.forward(3_601);
  await live.ask('/auth/resend-verification', { email: input.email });
  const mails = await live.mailsTo(input.email);
  expect(mails).toHaveLength(6);
  const last = mails.at(-1);
  expect((await verify(last ? tokenIn(last) : '')).status).toBe(204);
});

test('who has confirmed already, who is switched off and who does not exist get no mail, and the same answer', async () => {
  const { email } = clinic.users.lab;
  await live.db.sql('update app_user set email_verified_at = now() where id = $1', [clinic.users.lab.id]);
  await live.db.sql('update app_user set is_active = false where id = $1', [clinic.users.staff.id]);
  for (const address of [email, clinic.users.staff.email, 'nobody@mail.example']) {
    for (const tenant of [undefined, clinic.slug, 'no-such-clinic']) {
      const answer = await live.ask('/auth/resend-verification', { email: address, ...(tenant && { tenant }) });
      expect(answer).toMatchObject({ status: 202, json: { checkMail: true } });
    }
    expect(await live.mailsTo(address)).toEqual([]);
  }
});
