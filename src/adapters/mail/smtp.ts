/** Carrying mail to an SMTP server (RFC 5321, RFC 6409), over TLS unless told otherwise. */
import { createTransport } from 'nodemailer';
import type { Mail } from '../../platform/mail/postbox.ts';
import { type Delivery, longestTryMs, type MailSender } from '../../platform/mail/sender.ts';
import { readSmtpUrl } from './smtp-url.ts';

export interface SmtpConfig {
  /** As in SMTP_URL; docs/OPERATIONS.md says what may stand in it. */
  url: string;
  /** As in MAIL_FROM: an address, or a name and an address in angle brackets. */
  from: string;
  /** Of our own: whom to believe that they are the server, for a test. */
  ca?: string;
}

const kib = 1_024;

export function createSmtpSender({ url, from, ca }: SmtpConfig): MailSender {
  const server = readSmtpUrl(url);
  const transport = createTransport({
    pool: true,
    ...server,
    maxConnections: 2,
    // A connection that breaks while a mail is under way may have delivered it: the keeper decides, not the pool.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    dnsTimeout: 10_000,
    maxResponseSize: 64 * kib,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
  });
  const domain = senderDomain(from);
  const closing = new AbortController();
  return {
    async send(id, mail) {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(longestTryMs)]);
      try {
        const { response } = await transport.sendMail({
          ...compose(mail),
          from,
          messageId: `<${id}@${domain}>`,
          signal,
        });
        const replyCode = Number.parseInt(response, 10);
        return { result: 'sent', ...(Number.isInteger(replyCode) && { replyCode }) };
      } catch (error) {
        return judge(error);
      }
    },
    close() {
      closing.abort();
      transport.close();
    },
  };
}

function compose({ to, subject, text, html, calendar }: Mail) {
  return {
    // As an object, so that nothing in it is read as a second address or a header.
    to: { name: '', address: to },
    subject,
    text,
    ...(html !== undefined && { html }),
    ...(calendar && {
      icalEvent: { method: calendar.method, content: calendar.content, filename: 'appointment.ics' },
    }),
    // No out-of-office note shall answer (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/**
 * Only a reply to the recipient or to the message is about this mail. What goes wrong before (connecting, TLS, signing in,
 * our own sender address) is wrong for all mail, and the operator's to mend.
 */
function judge(error: unknown): Delivery {
  const { code, command, responseCode } = read(error);
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  // Found unsendable without asking the server: an address that is none.
  if (code === 'EENVELOPE' && command === 'API') return { result: 'refused' };
  if (!aboutThisMail || responseCode === undefined || responseCode === 421) {
    return { result: 'unreachable', reason: [code, command, responseCode].filter(Boolean).join(' ') };
  }
  return { result: responseCode >= 500 && responseCode !== 503 ? 'refused' : 'deferred', replyCode: responseCode };
}

function read(error: unknown): { code: string; command: string | undefined; responseCode: number | undefined } {
  const of = (name: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  const [code, command, responseCode] = [of('code'), of('command'), of('responseCode')];
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    command: typeof command === 'string' ? command : undefined,
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
  };
}

/** Throws one line that names the variable when the sender is none: every single mail would be refused for it. */
function senderDomain(from: string): string {
  const domain = /^(?:[^<>\r\n]*<[^\s<>@,]+@([^\s<>@,]+)>|[^\s<>@,]+@([^\s<>@,]+))$/.exec(from.trim());
  const found = domain?.[1] ?? domain?.[2];
  if (found === undefined) throw new Error('MAIL_FROM: must be like Clinic <no-reply@clinic.example.org>');
  return found;
}
