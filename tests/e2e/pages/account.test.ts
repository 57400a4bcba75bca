/** People come to an account, look after it and find back into it, in a real browser with real mail. */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumMissing, chromiumPath } from '../../support/browser.ts';
import { look, openBrowsing } from '../../support/browsing.ts';
import { isFit } from '../../support/fit.ts';
import { type MailServer, startMailServer, tokenIn } from '../../support/mail-server.ts';
import { call } from '../../support/serve-app.ts';
import { createTenant, testPassword } from '../../support/tenant.ts';
import { totp } from '../../support/totp.ts';
import { signIn } from '../../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;
const newPassword = 'Seven-Green-Boats-7';

suite(`the own account${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let mails: MailServer;
  const clinics = openBrowsing(async () => {
    mails = await startMailServer();
    const env = {
      SMTP_URL: mails.url,
      MAIL_FROM: 'Housecall <no-reply@clinic.example>',
      PUBLIC_URL: 'http://127.0.0.1',
    };
    return { env, [Symbol.asyncDispose]: () => mails[Symbol.asyncDispose]() };
  });
  const { open, come } = clinics;
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  async function enter(page: Page, email: string, password: string): Promise<void> {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await press(page, 'Sign in');
  }

  it('is made by mail, opens once the address is confirmed, and is found again after the password is forgotten, and moves to another address', async () => {
    const clinic = await createTenant(clinics.db, { settings: { requireVerifiedEmail: true } });
    const email = `kamala-${clinic.slug}@mail.example`;
    const page = await open(`/sign-up?clinic=${clinic.slug}`);
    await heading(page, 'Make your account');
    await press(page, 'Make my account');
    await page.getByText('Please enter your name.').waitFor();
    await isFit(page, 'signing up');
    await page.getByLabel('Your name').fill('Kamala Das');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('boats');
    await page.getByText('4 things are still missing.').waitFor({ state: 'attached' });
    await page.getByLabel('Password', { exact: true }).fill('Password-1');
    await press(page, 'Make my account');
    await page.getByText('This password is too easy to guess.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(testPassword);
    await press(page, 'Make my account');
    await heading(page, 'Look into your mail');
    await isFit(page, 'the page that sends one to the mail');
    await page.getByRole('link', { name: 'Back to the sign-in' }).click();
    await enter(page, email, testPassword);
    await heading(page, 'Confirm your e-mail address first');

    const token = tokenIn(await mails.mailTo(email));
    await page.goto(`${clinics.server.url}/verify#token=${token}`);
    await heading(page, 'Confirm your e-mail address');
    expect(page.url()).not.toContain(token);
    await page.reload();
    await isFit(page, 'confirming the address');
    await press(page, 'Confirm my address');
    await page.getByText('Your e-mail address is confirmed.').waitFor();
    await page.reload();
    await press(page, 'Confirm my address');
    await page.getByText('This link is not good any more.').waitFor();

    await page.goto(`${clinics.server.url}/sign-in`);
    await page.getByRole('link', { name: 'I forgot my password' }).click();
    await page.getByLabel('E-mail').fill(email);
    await isFit(page, 'asking for a new password');
    await press(page, 'Send me the link');
    await heading(page, 'Look into your mail');
    await page.goto(`${clinics.server.url}/reset#token=${tokenIn(await mails.mailTo(email, 2))}`);
    await page.getByLabel('New password', { exact: true }).fill(newPassword);
    await isFit(page, 'choosing a new password');
    await press(page, 'Save the new password');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await enter(page, email, newPassword);
    await heading(page, 'Your visits');

    const address = `moved-${clinic.slug}@mail.example`;
    await page.getByRole('link', { name: /^Your account/ }).click();
    await page.getByRole('link', { name: 'Change the e-mail' }).click();
    await heading(page, 'Change your e-mail');
    await press(page, 'Send me a link to it');
    await page.getByText('Please enter your present password.').waitFor();
    await isFit(page, 'changing the e-mail');
    await look(page, 'email');
    await page.getByLabel('New e-mail').fill(address);
    await page.getByLabel('Your present password').fill(newPassword);
    await press(page, 'Send me a link to it');
    await page.getByText(`We sent a mail to ${address}.`).waitFor();
    await look(page, 'email-sent');
    await page.goto(`${clinics.server.url}/verify#token=${tokenIn(await mails.mailTo(address))}`);
    await press(page, 'Confirm my address');
    await page.getByRole('link', { name: 'Go on' }).click();
    await enter(page, address, newPassword);
    await heading(page, 'Your visits');
  }, 90_000);

  it('takes a code of an app, opens by a recovery code without the phone, lists and ends its sign-ins, and says how it is written to', async () => {
    const clinic = await createTenant(clinics.db);
    const elsewhere = await come(clinic, 'patient');
    const page = await come(clinic, 'patient');
    await page.getByRole('link', { name: /^Your account/ }).click();
    await heading(page, 'Your account');
    await isFit(page, 'the account');
    await page.getByRole('link', { name: 'Set it up' }).click();
    await page.getByLabel('Your present password').fill('Wrong-Password-1');
    await press(page, 'Begin');
    await page.getByText('This is not your present password.').waitFor();
    await page.getByLabel('Your present password').fill(testPassword);
    await press(page, 'Begin');
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await isFit(page, 'setting the second factor up');
    const secret = (await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/).innerText()).replaceAll(' ', '');
    await page.getByLabel('Code of your app').fill('000000');
    await press(page, 'Switch it on');
    await page.getByText('This code is not right').waitFor();
    await page.getByLabel('Code of your app').fill(totp(secret, new Date()));
    await press(page, 'Switch it on');
    const shown = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await shown.first().waitFor();
    const codes = await shown.allInnerTexts();
    expect(new Set(codes).size).toBeGreaterThanOrEqual(8);
    await isFit(page, 'the recovery codes');
    const download = page.waitForEvent('download');
    await press(page, 'Save as a file');
    expect((await download).suggestedFilename()).toBe('recovery-codes.txt');
    await press(page, 'I have kept them');
    await page.getByText('From now on you need a code').waitFor();
    await isFit(page, 'the second factor');

    await page.goto(`${clinics.server.url}/account/sign-ins`);
    await page.getByText('This is the one that you use now.').waitFor();
    expect(await page.getByRole('button', { name: /^Sign out there: Chrome/ }).count()).toBe(1);
    await isFit(page, 'the sign-ins');
    await press(page, 'Sign out everywhere else');
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
    await page.getByText('You are signed in nowhere else.').waitFor();
    await elsewhere.reload();
    await heading(elsewhere, 'Sign in');

    await page.goto(`${clinics.server.url}/account`);
    await page.getByRole('link', { name: 'Change it' }).click();
    await page.getByLabel('Language').selectOption('Hindi');
    await page.getByLabel('Reminders').selectOption('Do not remind me');
    await press(page, 'Keep it so');
    await page.getByText('From now on we write to you like this.').waitFor();
    await page.reload();
    await isFit(page, 'how the clinic writes');
    expect(await page.getByLabel('Language').inputValue()).toBe('hi');
    expect(await page.getByLabel('Reminders').inputValue()).toBe('none');

    await signIn(elsewhere, clinic, 'patient');
    await heading(elsewhere, 'Enter your code');
    await elsewhere.getByLabel('Code of your app').fill(totp(secret, new Date(Date.now() - 600_000)));
    await press(elsewhere, 'Sign in');
    await elsewhere.getByText('This code is not right').waitFor();
    await isFit(elsewhere, 'the code at sign-in');
    await press(elsewhere, 'I do not have my phone: use a recovery code');
    await elsewhere.getByLabel('Recovery code').fill(codes[0] ?? '');
    await press(elsewhere, 'Sign in');
    await heading(elsewhere, 'Your visits');
  }, 90_000);

  it('is set right first where somebody else knows the password and the clinic asks for a code', async () => {
    const clinic = await createTenant(clinics.db, { settings: { mfaRequiredFor: ['staff'] } });
    const email = `front-${clinic.slug}@clinic.example`;
    const made = await call(`${clinics.server.url}/api/v1/admin/users`, 'POST', {
      token: await clinic.token('admin'),
      body: { email, displayName: 'Asha Menon', roles: ['staff'], password: testPassword },
    });
    expect(made.status).toBe(201);
    const page = await open('/history');
    await enter(page, email, testPassword);
    await heading(page, 'Choose your own password');
    await isFit(page, 'choosing an own password');
    await page.getByLabel('The password that you were given').fill(testPassword);
    await page.getByLabel('New password', { exact: true }).fill(newPassword);
    await press(page, 'Save the new password');
    await heading(page, 'One more step to protect your account');
    await page.getByLabel('Your present password').fill(newPassword);
    await press(page, 'Begin');
    const secret = (await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/).innerText()).replaceAll(' ', '');
    await page.getByLabel('Code of your app').fill(totp(secret, new Date()));
    await press(page, 'Switch it on');
    await press(page, 'I have kept them');
    await heading(page, 'Visits');
  }, 180_000);
});
