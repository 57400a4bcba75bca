/** The part of the composition root that has to do with mail and with what accounts need of it. */
import { createSmtpSender } from './adapters/mail/index.ts';
import { type AccountParts, StrengthMeter } from './identity/index.ts';
import { Afterwards } from './platform/afterwards.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/scope.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import type { Logger } from './platform/logger.ts';
import { MailKeeper } from './platform/mail/mail-keeper.ts';
import { createPostbox, mailPurpose, noPostbox, type Postbox } from './platform/mail/postbox.ts';
import { createSealer } from './platform/sealer.ts';

interface Base {
  config: Config;
  logger: Logger;
  lifecycle: Lifecycle;
  clock: Clock;
}

export interface MailDesk {
  postbox: Postbox;
  /** Sends what is due now; answers how many mails went out. */
  sendNow(): Promise<number>;
  start(): void;
}

/** With `SMTP_URL` mail is kept and sent by whichever process is a worker; without it none is promised. */
export function openMail(
  { config, logger, lifecycle, clock }: Base,
  database: Database,
  encryptionKey: string,
): MailDesk {
  const { smtpUrl } = config.mail;
  if (smtpUrl === undefined) return { postbox: noPostbox, sendNow: async () => 0, start: () => undefined };
  const sealer = createSealer(encryptionKey, mailPurpose);
  const sender = createSmtpSender({ url: smtpUrl, from: senderOf(config) });
  const keeper = new MailKeeper({ database, clock, logger, sealer, sender });
  lifecycle.onStop('mail', () => keeper.stop());
  return {
    postbox: createPostbox(sealer),
    sendNow: () => keeper.sendNow(),
    start: () => keeper.start(),
  };
}

/** As in MAIL_FROM: an address, or a name and an address in angle brackets. */
export function senderOf({ mail, publicUrl }: Config): string {
  if (mail.from !== undefined) return mail.from;
  const host = publicUrl === undefined ? 'localhost' : new URL(publicUrl).hostname;
  return `Housecall <no-reply@${host}>`;
}

export function openAccountParts(
  { logger, lifecycle }: Base,
  { postbox, publicUrl }: Pick<AccountParts, 'postbox' | 'publicUrl'>,
): AccountParts {
  const strength = new StrengthMeter();
  lifecycle.onStop('password strength', () => strength.close());
  const afterwards = new Afterwards(logger);
  lifecycle.onStop('afterwards', () => afterwards.close());
  return { postbox, publicUrl, strength, afterwards };
}
