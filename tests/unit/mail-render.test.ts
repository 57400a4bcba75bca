import { describe, expect, test } from '@jest/globals';
import { accountLink, accountMail, forgotLink } from '../../src/identity/accounts/mails.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import { renderMail } from '../../src/platform/mail/render-mail.ts';

const clinic = (locale: string, name = 'Sunrise & Sons') => ({
  id: '0',
  slug: 'sunrise',
  name,
  settings: TenantSettings.parse({ timeZone: 'Asia/Kolkata', locale }),
});
const now = new Date('2026-11-22T20:15:00Z');

describe('a letter', () => {
  test('says the same in text and HTML, and nothing in it becomes markup or a second header', () => {
    const mail = renderMail({
      language: 'en',
      subject: 'Hello\r\nBcc: x',
      greeting: 'Dear <b>Ana</b>,',
      paragraphs: ['One & two.'],
      action: { label: 'Go "there"', url: "https://x.example/#a'b" },
      notes: ['A note.'],
      from: 'Clinic',
    });
    expect(mail.subject).toBe('Hello Bcc: x');
    expect(mail.text).toBe(
      `Dear <b>Ana</b>,\n\nOne & two.\n\nGo "there":\nhttps://x.example/#a'b\n\nA note.\n\nClinic\n`,
    );
    expect(mail.html).toContain('<p>Dear &lt;b&gt;Ana&lt;/b&gt;,</p>');
    expect(mail.html).toContain('<p>One &amp; two.</p>');
    expect(mail.html).toContain('href="https://x.example/#a&#39;b"');
    expect(mail.html).toMatch(/^<!doctype html><html lang="en">/);
    // Nothing is loaded from anywhere.
    expect(mail.html).not.toMatch(/<(?:img|link|script|style|iframe)|src=|url\(/);
  });
});

describe('a mail about an account', () => {
  test('tells the time as the clinic does', () => {
    const mail = accountMail('passwordChanged', { clinic: clinic('en-IN'), to: 'a@b.example', name: 'Ana', now });
    expect(mail.text).toContain('23 November 2026 at 1:45 am');
  });

  test('is in English where its language is not there yet, and says so to screen readers', () => {
    const mail = accountMail('passwordChanged', { clinic: clinic('hi-IN'), to: 'a@b.example', name: 'Ana', now });
    expect(mail.text).toContain('November');
    expect(mail.html).toContain('<html lang="en">');
  });

  test('has no button where there is nothing to do, and no name where the reader may be a stranger', () => {
    const facts = { clinic: clinic('en'), to: 'a@b.example', now };
    expect(accountMail('addressChanged', facts).html).not.toContain('<a ');
    expect(accountMail('confirmNewAddress', facts).text).toMatch(/^Hello,/);
  });

  test('leads to where PUBLIC_URL says, with the token behind #', () => {
    expect(accountLink('https://x.example/', 'verify', 'hca_a-b_c')).toBe('https://x.example/verify#token=hca_a-b_c');
    expect(accountLink('https://x.example/care', 'reset', 't')).toBe('https://x.example/care/reset#token=t');
    expect(forgotLink('https://x.example/')).toBe('https://x.example/forgot');
  });
});
