/** The owner of an account hears by mail that the second factor has come or gone, whoever did it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { type Mailing, startMailing } from '../support/mailing.ts';
import { call } from '../support/serve-app.ts';
import { createUser, type TestTenant, testPassword } from '../support/tenant.ts';
import { totp } from '../support/totp.ts';

let live: Mailing;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startMailing();
  clinic = await live.tenant();
});
afterAll(async () => live[Symbol.asyncDispose]());

const send = async (method: string, path: string, token: string, body: unknown) => {
  const answer = await call(`${live.url}/api/v1/auth/mfa${path}`, method, { token, body });
  expect(answer.status).toBeLessThan(300);
  return answer.json;
};

async function signIn(email: string): Promise<string> {
  const answer = await live.ask('/auth/login', { email, password: testPassword });
  expect(answer.status).toBe(200);
  return (answer.json as SignedIn).accessToken;
}

/** Gives the recovery codes. */
async function enrol(token: string): Promise<string[]> {
  const { secret } = (await send('POST', '/totp', token, { password: testPassword })) as { secret: string };
  const code = totp(secret, live.clock.now());
  return ((await send('POST', '/totp/confirm', token, { code })) as { recoveryCodes: string[] }).recoveryCodes;
}

test('set up, given up by oneself, taken away by an administrator: a mail each, with no secret in it', async () => {
  const { id, email } = await clinic.db.run((tx) => createUser(tx, clinic.id, 'asha', 'doctor', 'Asha Menon'));
  const token = await signIn(email);
  const [code] = await enrol(token);
  await send('DELETE', '/totp', token, { password: testPassword, code });
  await enrol(await signIn(email));
  const taken = await live.rest(clinic, 'admin', 'DELETE', `/admin/users/${id}/second-factor`);
  expect(taken.status).toBe(204);
  const mails = (await live.mailsTo(email)).map(({ mail }) => mail);
  const [on, off] = [expect.stringContaining('now needs a code'), expect.stringContaining('needs no code any more')];
  expect(mails.map((mail) => mail.subject)).toEqual([on, off, on, off]);
  for (const { text = '' } of mails) {
    expect(text).toContain('Dear Asha Menon,');
    expect(text).not.toMatch(/[A-Z2-7]{32}|(?:[\dA-Z]{4}-){3}[\dA-Z]{4}/);
  }
  expect((await live.mailsTo(clinic.users.admin.email)).length).toBe(0);
});
