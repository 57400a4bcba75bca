/** A live server that mails to a real SMTP server on loopback. */
import { type LiveOptions, type LiveServer, startLive } from './live.ts';
import { type MailServer, type ReceivedMail, startMailServer } from './mail-server.ts';
import { type Answered, call } from './serve-app.ts';

export const mailedFrom = 'https://clinic.example';

export interface Mailing extends LiveServer {
  mails: MailServer;
  /** A call of somebody who is not signed in. */
  ask(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** Sends what waits, and gives the newest mail to that address. */
  mailTo(address: string): Promise<ReceivedMail>;
  /** Sends what waits, and gives all mails to that address so far. */
  mailsTo(address: string): Promise<ReceivedMail[]>;
}

export async function startMailing(options: LiveOptions = {}): Promise<Mailing> {
  const mails = await startMailServer();
  const env = { SMTP_URL: mails.url, MAIL_FROM: 'Housecall <no-reply@clinic.example>', PUBLIC_URL: mailedFrom };
  const live = await startLive({ ...options, env: { ...env, ...options.env } });
  const mailsTo = async (address: string) => {
    await live.server.quiet();
    await live.server.sendMail();
    return mails.allTo(address);
  };
  return {
    ...live,
    mails,
    ask: (path, body, headers) => call(`${live.url}/api/v1${path}`, 'POST', { body, ...(headers && { headers }) }),
    mailsTo,
    async mailTo(address) {
      const newest = (await mailsTo(address)).at(-1);
      if (!newest) throw new Error('Nothing was mailed to that address.');
      return newest;
    },
    async [Symbol.asyncDispose]() {
      await live[Symbol.asyncDispose]();
      await mails[Symbol.asyncDispose]();
    },
  };
}
