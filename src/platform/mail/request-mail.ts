/** Mail that is to be sent once the transaction commits: durable, retried, sent by whichever node relays the outbox. */
import type { Tx } from '../db/scope.ts';
import { newId } from '../ids.ts';
import { appendFact } from '../jobs/outbox.ts';

export const mailRequested = 'mail.requested';

/** A type, not an interface: only a type alias is assignable to Prisma's InputJsonObject. */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** An iCalendar object (RFC 5545), sent as an alternative and as a file. */
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string };
};

/** Asks for one mail. The content is rendered already, in the reader's language. */
export async function requestMail(tx: Tx, tenantId: string, mail: Mail): Promise<void> {
  await appendFact(tx, { tenantId, topic: mailRequested, key: newId(), payload: mail });
}
