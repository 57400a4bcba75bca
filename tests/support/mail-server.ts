/** A real SMTP server on loopback that keeps what it takes, and refuses what a test tells it to. */
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { mailCertificate, mailKey } from './mail-certificate.ts';
import { until } from './until.ts';

export interface ReceivedMail {
  /** The envelope's. */
  from: string;
  to: string[];
  /** Whether it came over TLS. */
  secure: boolean;
  /** Who had signed in, if anybody. */
  user: string | undefined;
  raw: string;
  mail: Email;
  messageId: string;
}

/** What the server says instead of yes; nothing to say yes. */
export interface Refusal {
  code: number;
  /** Cuts the connection instead of answering. */
  hangUp?: boolean;
}

export interface MailServerOptions {
  /** TLS from the first byte, STARTTLS, or none; none unless given. */
  tls?: 'implicit' | 'starttls';
  /** Who must sign in. */
  account?: { user: string; pass: string };
  /** To listen on again after a stop. */
  port?: number;
}

export interface MailServer extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  /** Without a user. */
  url: string;
  port: number;
  received: ReceivedMail[];
  /** Recipients that were named, refused ones too. */
  asked: string[];
  /** Asked at each recipient. */
  onRecipient: (address: string) => Refusal | undefined;
  /** Asked once the message is there. */
  onMessage: () => Refusal | undefined;
  /** Waits for the newest mail to that address; `count` for so many. */
  mailTo(address: string, count?: number): Promise<ReceivedMail>;
  /** All mails to that address so far. */
  allTo(address: string): ReceivedMail[];
}

export async function startMailServer({ tls, account, port = 0 }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const asked: string[] = [];
  const smtp = new SMTPServer({
    secure: tls === 'implicit',
    key: mailKey,
    cert: mailCertificate,
    hideSTARTTLS: tls !== 'starttls',
    authOptional: account === undefined,
    allowInsecureAuth: tls === undefined,
    disabledCommands: account ? [] : ['AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      if (account && username === account.user && password === account.pass) return done(null, { user: username });
      return done(reply({ code: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      asked.push(address);
      const refusal = server.onRecipient(address);
      return done(refusal && reply(refusal));
    },
    onData(stream, session, done) {
      void buffer(stream).then(async (bytes) => {
        const refusal = server.onMessage();
        if (refusal?.hangUp) return hangUp();
        if (refusal) return done(reply(refusal));
        const mail = await PostalMime.parse(bytes);
        const from = session.envelope.mailFrom;
        received.push({
          from: from ? from.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
          raw: bytes.toString('utf8'),
          mail,
          messageId: mail.messageId ?? '',
        });
        return done();
      });
    },
  });
  // A client that breaks off is what some tests are about.
  smtp.on('error', () => undefined);
  const hangUp = () => {
    for (const connection of smtp.connections) connection.close();
  };
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject);
    smtp.listen(port, '127.0.0.1', () => resolve());
  });
  const address = smtp.server.address() as AddressInfo;
  const scheme = tls === 'implicit' ? 'smtps' : 'smtp';
  const allTo = (to: string) => received.filter((one) => one.to.includes(to));
  const server: MailServer = {
    url: `${scheme}://127.0.0.1:${address.port}`,
    port: address.port,
    received,
    asked,
    onRecipient: () => undefined,
    onMessage: () => undefined,
    allTo,
    async mailTo(to, count = 1) {
      await until(`${count} mail(s) to an address`, () => allTo(to).length >= count);
      const newest = allTo(to).at(-1);
      if (!newest) throw new Error('There was a mail a moment ago.');
      return newest;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
  return server;
}

function reply({ code }: Refusal): Error {
  return Object.assign(new Error('As the test says'), { responseCode: code });
}

/** The one token of our links that a mail holds. */
export function tokenIn({ mail }: ReceivedMail): string {
  const token = /#token=([\w-]+)/.exec(mail.text ?? '')?.[1];
  if (token === undefined) throw new Error('The mail has no link with a token.');
  return token;
}
