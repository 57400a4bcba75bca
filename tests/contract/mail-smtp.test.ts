/** The real conversation with a real SMTP server: what is sent, over what, and what is made of its replies. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { createSmtpSender } from '../../src/adapters/mail/index.ts';
import { newId } from '../../src/platform/ids.ts';
import type { MailSender } from '../../src/platform/mail/sender.ts';
import { mailCertificate } from '../support/mail-certificate.ts';
import { startMailServer } from '../support/mail-server.ts';

const from = 'Sunrise Clinic <no-reply@clinic.example>';
const mail = {
  to: 'kamala@mail.example',
  subject: 'Ihre Adresse – bitte bestätigen',
  text: 'Grüße\n.\nhttps://clinic.example/verify#token=abc\n',
  html: '<p>Grüße</p>',
};

const senders: MailSender[] = [];
afterEach(() => {
  for (const sender of senders.splice(0)) sender.close();
});

function sender(url: string, ca?: string): MailSender {
  const made = createSmtpSender({ url, from, ...(ca !== undefined && { ca }) });
  senders.push(made);
  return made;
}

describe('a mail', () => {
  test('arrives with its text, its HTML and a Message-ID made from its id', async () => {
    await using server = await startMailServer();
    const id = newId();
    expect(await sender(server.url).send(id, mail)).toEqual({ result: 'sent', replyCode: 250 });
    const [received] = server.received;
    expect(received).toMatchObject({
      from: 'no-reply@clinic.example',
      to: [mail.to],
      messageId: `<${id}@clinic.example>`,
    });
    expect(received?.mail).toMatchObject({
      subject: mail.subject,
      from: { name: 'Sunrise Clinic', address: 'no-reply@clinic.example' },
      to: [{ name: '', address: mail.to }],
    });
    expect(received?.mail.text).toContain('Grüße\n.\nhttps://clinic.example/verify#token=abc');
    expect(received?.mail.html).toContain('<p>Grüße</p>');
    expect(received?.mail.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    );
  });

  test('carries a calendar entry as an alternative and as a file', async () => {
    await using server = await startMailServer();
    const content = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';
    await sender(server.url).send(newId(), { ...mail, calendar: { method: 'REQUEST', content } });
    const { mail: parsed, raw } = server.received[0] ?? {};
    expect(raw).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST/im);
    const file = parsed?.attachments.find(({ filename }) => filename === 'appointment.ics');
    expect(Buffer.from(file?.content as ArrayBuffer).toString()).toContain('METHOD:REQUEST');
  });

  test.each([
    'a@x.example\r\nBcc: b@x.example',
    'a@x.example, b@x.example',
    '"a@x.example" <b@x.example>',
    'nonsense',
    '',
  ])('to %j goes to nobody else', async (to) => {
    await using server = await startMailServer();
    const outcome = await sender(server.url).send(newId(), { ...mail, to });
    expect(server.received.flatMap((one) => one.to)).not.toContain('b@x.example');
    expect(server.asked).not.toContain('b@x.example');
    expect(
      outcome.result === 'refused' ||
        server.received.every(({ to: [only, ...rest] }) => only === to && rest.length === 0),
    ).toBe(true);
  });

  test('cannot get a header from its subject', async () => {
    await using server = await startMailServer();
    await sender(server.url).send(newId(), { ...mail, subject: 'Hello\r\nBcc: b@x.example' });
    expect(server.received[0]?.to).toEqual([mail.to]);
    expect(server.received[0]?.mail.bcc).toBeUndefined();
  });
});

describe('the way there', () => {
  test('is TLS from the start, with sign-in, where the address says smtps', async () => {
    const account = { user: 'clinic@mail', pass: 'p@ss/wörd' };
    await using server = await startMailServer({ tls: 'implicit', account });
    const url = server.url.replace('//', `//${encodeURIComponent(account.user)}:${encodeURIComponent(account.pass)}@`);
    expect(await sender(url, mailCertificate).send(newId(), mail)).toMatchObject({ result: 'sent' });
    expect(server.received[0]).toMatchObject({ secure: true, user: account.user });
  });

  test('becomes TLS by STARTTLS before anything is said', async () => {
    await using server = await startMailServer({ tls: 'starttls' });
    expect(await sender(server.url, mailCertificate).send(newId(), mail)).toMatchObject({ result: 'sent' });
    expect(server.received[0]?.secure).toBe(true);
  });

  test('ends where TLS is asked for and the server, or somebody in between, offers none', async () => {
    await using server = await startMailServer({ account: { user: 'clinic', pass: 'right' } });
    const url = `${server.url.replace('//', '//clinic:right@')}?requireTLS=true`;
    expect(await sender(url).send(newId(), mail)).toMatchObject({ result: 'unreachable' });
    expect([...server.received, ...server.asked]).toEqual([]);
  });

  test('ends at a certificate that nobody vouches for', async () => {
    await using server = await startMailServer({ tls: 'starttls' });
    expect(await sender(server.url).send(newId(), mail)).toMatchObject({ result: 'unreachable' });
    await using implicit = await startMailServer({ tls: 'implicit' });
    expect(await sender(implicit.url).send(newId(), mail)).toMatchObject({ result: 'unreachable' });
    expect([...server.received, ...implicit.received, ...server.asked]).toEqual([]);
  });

  test('ends at a wrong password, which is wrong for all mail', async () => {
    await using server = await startMailServer({ account: { user: 'clinic', pass: 'right' } });
    const outcome = await sender(server.url.replace('//', '//clinic:wrong@')).send(newId(), mail);
    expect(outcome).toEqual({ result: 'unreachable', reason: 'EAUTH AUTH PLAIN 535' });
  });

  test('ends where nobody listens', async () => {
    const server = await startMailServer();
    await server[Symbol.asyncDispose]();
    expect(await sender(server.url).send(newId(), mail)).toMatchObject({ result: 'unreachable' });
  });
});

describe('a reply to this mail', () => {
  test.each([
    [450, 'deferred'],
    [451, 'deferred'],
    [550, 'refused'],
    [552, 'refused'],
  ])('of %i to the recipient: %s', async (code, result) => {
    await using server = await startMailServer();
    server.onRecipient = () => ({ code });
    expect(await sender(server.url).send(newId(), mail)).toEqual({ result, replyCode: code });
    expect(server.received).toEqual([]);
  });

  test.each([
    [452, 'deferred'],
    [554, 'refused'],
  ])('of %i to the message: %s', async (code, result) => {
    await using server = await startMailServer();
    server.onMessage = () => ({ code });
    expect(await sender(server.url).send(newId(), mail)).toEqual({ result, replyCode: code });
  });

  test('of 421 means that the server goes away, whatever the mail', async () => {
    await using server = await startMailServer();
    server.onRecipient = () => ({ code: 421 });
    expect(await sender(server.url).send(newId(), mail)).toMatchObject({ result: 'unreachable' });
  });

  test('that is cut off is not asked for again by itself', async () => {
    await using server = await startMailServer();
    server.onMessage = () => ({ code: 0, hangUp: true });
    expect(await sender(server.url).send(newId(), mail)).toMatchObject({ result: 'unreachable' });
    expect(server.asked).toHaveLength(1);
  });
});

test('closing gives up what is under way, and what comes later', async () => {
  await using server = await startMailServer();
  const closed = sender(server.url);
  closed.close();
  expect(await closed.send(newId(), mail)).toMatchObject({ result: 'unreachable' });
  closed.close();
});
