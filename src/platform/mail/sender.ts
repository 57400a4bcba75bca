/** What the mail keeper asks of whoever carries mail; src/adapters/mail is behind it. */
import type { Mail } from './postbox.ts';

/** What became of one try. Reply codes as in RFC 5321, section 4.2. */
export type Delivery =
  | { result: 'sent'; replyCode?: number }
  /** Refused for good: another try would be refused as well. */
  | { result: 'refused'; replyCode?: number }
  /** This mail was put off, e.g. by greylisting: later. */
  | { result: 'deferred'; replyCode?: number }
  /** No mail at all can be sent now: the server is down, or does not take our sign-in. `reason` is a code. */
  | { result: 'unreachable'; reason: string };

export interface MailSender {
  /** One try within `longestTryMs`. The same `id` gives the same Message-ID, by which a mail that came twice is known. Never rejects. */
  send(id: string, mail: Mail): Promise<Delivery>;
  /** Gives up what is under way. Idempotent. */
  close(): void;
}

export const longestTryMs = 60_000;
