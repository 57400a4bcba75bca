/**
 * Links that are mailed: good once, for a while, and only the latest of a kind. Who follows one has read the mail of the
 * address that it was sent to.
 */
import { sameBytes } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { makeTenantToken, readTenantToken, type TenantToken } from '../../platform/tenant-token.ts';

export type TokenPurpose = 'verify_email' | 'change_email' | 'reset_password';

const prefix = 'hca_';
const hour = 3_600_000;
const day = 24 * hour;
const lives: Record<TokenPurpose, number> = { verify_email: day, change_email: day, reset_password: hour };
/** Mails of one kind for one account within an hour: nobody's mailbox is to be flooded through us. */
export const mostPerHour = 5;

export interface NewAccountToken {
  tenantId: string;
  userId: string;
  purpose: TokenPurpose;
  /** Where the link goes. */
  email: string;
  now: Date;
  /** Milliseconds; as usual for the purpose unless given. */
  life?: number;
}

/**
 * Adds a link and gives its token in the clear, for the only time; earlier ones of the kind are good no more. Undefined,
 * and nothing changed, when the account got `mostPerHour` within the hour.
 */
export async function issueAccountToken(tx: Tx, wanted: NewAccountToken): Promise<string | undefined> {
  const { tenantId, userId, purpose, email, now, life = lives[purpose] } = wanted;
  const own = { tenantId, userId, purpose };
  await tx.accountToken.deleteMany({ where: { tenantId, userId, expiresAt: { lt: new Date(now.getTime() - day) } } });
  const lately = await tx.accountToken.count({
    where: { ...own, createdAt: { gt: new Date(now.getTime() - hour) } },
  });
  if (lately >= mostPerHour) return undefined;
  await tx.accountToken.updateMany({ where: { ...own, usedAt: null }, data: { usedAt: now } });
  const id = newId();
  const token = makeTenantToken(prefix, { tenantId, id });
  const hash = readAccountToken(token).hash;
  const expiresAt = new Date(now.getTime() + life);
  await tx.accountToken.create({ data: { id, ...own, email, hash, expiresAt, createdAt: now }, select: { id: true } });
  return token;
}

/** Throws INVALID_INPUT when the text is not of our form. */
export function readAccountToken(token: string): TenantToken {
  const ref = readTenantToken(prefix, token);
  if (!ref) throw notGood();
  return ref;
}

/** Whose link it is, whether or not it is still good. Throws INVALID_INPUT when it is nobody's. */
export async function ownerOfToken(tx: Tx, ref: TenantToken): Promise<string> {
  const row = await tx.accountToken.findUnique({
    where: { tenantId_id: { tenantId: ref.tenantId, id: ref.id } },
    select: { userId: true, hash: true },
  });
  if (!row || !sameBytes(row.hash, ref.hash)) throw notGood();
  return row.userId;
}

export interface FoundToken {
  userId: string;
  purpose: TokenPurpose;
  email: string;
}

/** What the link is for, and nothing changed. Throws INVALID_INPUT unless it is good now for one of the purposes. */
export async function findAccountToken(
  tx: Tx,
  ref: TenantToken,
  purposes: readonly TokenPurpose[],
  now: Date,
): Promise<FoundToken> {
  const row = await tx.accountToken.findUnique({ where: { tenantId_id: { tenantId: ref.tenantId, id: ref.id } } });
  if (!row || !sameBytes(row.hash, ref.hash) || !purposes.includes(row.purpose)) throw notGood();
  if (row.usedAt || row.expiresAt <= now) throw notGood();
  return { userId: row.userId, purpose: row.purpose, email: row.email };
}

/** Uses the link up. Throws INVALID_INPUT when somebody else was quicker. Lock the user first (sessions/revoke.ts). */
export async function spendAccountToken(tx: Tx, ref: TenantToken, now: Date): Promise<void> {
  const { count } = await tx.accountToken.updateMany({
    where: { tenantId: ref.tenantId, id: ref.id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count !== 1) throw notGood();
}

/** No link of the user is good any more: their password or their address is another. */
export async function voidAccountTokens(tx: Tx, tenantId: string, userId: string, now: Date): Promise<void> {
  await tx.accountToken.updateMany({ where: { tenantId, userId, usedAt: null }, data: { usedAt: now } });
}

function notGood(): AppError {
  return new AppError('INVALID_INPUT', 'This link is not valid any more. Ask for a new one.', {
    faults: [{ path: 'token', message: 'Is not valid any more' }],
  });
}
