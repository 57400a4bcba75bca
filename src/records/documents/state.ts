/** In which state the version is that somebody sees, as a function of the time; and the same as SQL for `selectDocuments`. */
import { Prisma } from '../../platform/db/client.ts';
import type { DocumentRow } from './rows.ts';
import type { DocumentState } from './schema.ts';

type Seen = Pick<DocumentRow, 'confirmedAt' | 'confirmedUntil' | 'newestExpiresAt'>;

/** Until when it can be confirmed, or counts as confirmed; null for ever. */
export function expiryOf({ confirmedAt, confirmedUntil, newestExpiresAt }: Seen): Date | null {
  // Who sees a version that nobody confirmed sees the newest.
  return confirmedAt === null ? newestExpiresAt : confirmedUntil;
}

export function stateOf(row: Seen, now: Date): DocumentState {
  const expiresAt = expiryOf(row);
  if (expiresAt !== null && expiresAt.getTime() <= now.getTime()) return 'expired';
  return row.confirmedAt === null ? 'draft' : 'confirmed';
}

export function isInState(state: DocumentState, now: Date): Prisma.Sql {
  const expiresAt = Prisma.sql`(case when c.confirmed_at is null then d.expires_at else c.expires_at end)`;
  if (state === 'expired') return Prisma.sql`${expiresAt} <= ${now}::timestamptz`;
  const isConfirmed = state === 'confirmed' ? Prisma.sql`is not null` : Prisma.sql`is null`;
  return Prisma.sql`c.confirmed_at ${isConfirmed} and (${expiresAt} is null or ${expiresAt} > ${now}::timestamptz)`;
}

/** So many days later; null for 0, which is for ever. */
export function daysAfter(at: Date, days: number): Date | null {
  return days === 0 ? null : new Date(at.getTime() + days * 86_400_000);
}
