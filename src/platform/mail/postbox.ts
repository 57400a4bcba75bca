/**
 * Mail that is to be sent once the transaction commits: kept, sealed, in the same transaction, and sent by a worker
 * (mail-keeper.ts), so that none is lost and none is sent for what did not happen.
 */
import { Prisma } from '../db/client.ts';
import type { Tx } from '../db/scope.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Sealer } from '../sealer.ts';

/** Rendered already, in the reader's language. No PHI beyond the reader's own name: mail lies about. */
export interface Mail {
  /** One address (RFC 5321, section 4.1.2), without a name. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** An iCalendar object (RFC 5545), sent as an alternative and as a file (RFC 6047). */
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string };
}

export interface Postbox {
  /** Whether this installation sends mail. Ask before anything is promised that needs one. */
  readonly canMail: boolean;
  /** Asks for one mail in the caller's transaction; answers its id. Throws UNAVAILABLE where no mail is sent. */
  request(tx: Tx, tenantId: string, mail: Mail): Promise<string>;
  /** The same as a statement, for a transaction that gathers its writes. Throws as `request`. */
  requesting(tenantId: string, mail: Mail): Prisma.Sql;
}

/** For `createSealer`: what waiting mail is sealed for. */
export const mailPurpose = 'outgoing mail';

export function createPostbox(sealer: Sealer): Postbox {
  const insert = (id: string, tenantId: string, mail: Mail) => Prisma.sql`
    insert into outgoing_mail (id, tenant_id, sealed)
    values (${id}::uuid, ${tenantId}::uuid, ${sealer.seal(JSON.stringify(mail), id)}::bytea)`;
  return {
    canMail: true,
    async request(tx, tenantId, mail) {
      const id = newId();
      await tx.$executeRaw(insert(id, tenantId, mail));
      return id;
    },
    requesting: (tenantId, mail) => insert(newId(), tenantId, mail),
  };
}

/** Where SMTP_URL is not set. */
export const noPostbox: Postbox = {
  canMail: false,
  request: refuse,
  requesting: refuse,
};

function refuse(): never {
  throw new AppError('UNAVAILABLE', 'This installation sends no mail: SMTP_URL is not set.');
}
