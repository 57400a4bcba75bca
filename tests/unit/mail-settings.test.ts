import { describe, expect, test } from '@jest/globals';
import { createSmtpSender, readSmtpUrl } from '../../src/adapters/mail/index.ts';

describe('SMTP_URL', () => {
  test.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, requireTLS: true }],
    ['smtp://mail.example:2525', { host: 'mail.example', port: 2525, secure: false, requireTLS: true }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, secure: true, requireTLS: false }],
    ['smtp://relay.lan:25?requireTLS=false', { host: 'relay.lan', port: 25, secure: false, requireTLS: false }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, secure: false, requireTLS: false }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, secure: false, requireTLS: false }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, secure: false, requireTLS: false }],
    ['smtp://localhost:1025?requireTLS=true', { host: 'localhost', port: 1025, secure: false, requireTLS: true }],
    // Looks like this machine and is not.
    ['smtp://127.0.0.1.mail.example', { host: '127.0.0.1.mail.example', port: 587, secure: false, requireTLS: true }],
  ])('%s', (url, server) => {
    expect(readSmtpUrl(url)).toEqual(server);
  });

  test('holds user and password percent-encoded', () => {
    expect(readSmtpUrl('smtp://clinic%40mail:p%2Fw%3A@mail.example')).toMatchObject({
      auth: { user: 'clinic@mail', pass: 'p/w:' },
    });
  });

  test.each([
    '',
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtp://user:100%@mail.example',
    'smtp://x.example?tls=no',
    'smtp://x.example?requireTLS=no',
  ])('like %j is refused by the name of the variable and a fixed sentence', (url) => {
    expect(() => readSmtpUrl(url)).toThrow(
      /^SMTP_URL: (?:must be like smtp:\/\/user:password@host:587|user and password must be percent-encoded|only \?requireTLS=true or \?requireTLS=false may stand behind the address)$/,
    );
  });
});

describe('MAIL_FROM', () => {
  const make = (from: string) => createSmtpSender({ url: 'smtp://127.0.0.1:1', from });

  test.each(['a@b.example', 'Clinic <a@b.example>', 'Dr. Rao, Clinic <a@b.example>'])('may be %s', (from) => {
    expect(() => make(from).close()).not.toThrow();
  });

  test.each([
    '',
    'Clinic',
    'a@b.example, c@d.example',
    'Clinic <a@b.example> <c@d.example>',
    'a b@c.example',
    '<a@b>\r\nX: y',
  ])('may not be %j', (from) => {
    expect(() => make(from)).toThrow(/^MAIL_FROM: /);
  });
});
