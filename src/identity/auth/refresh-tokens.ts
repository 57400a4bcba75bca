/**
 * Refresh tokens: opaque, good for one use, kept only as a hash. Each use gives the next of its family; a second use of
 * the same one means that it was copied, and revokes the whole family (RFC 9700, section 4.14.2).
 */
import { randomSecret, sameBytes, sha256 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';

export const refreshSeconds = 7 * 24 * 3_600;

const prefix = 'hcr_';
const secretBytes = 32;

/** What a token says about itself, before anybody has looked whether it is true. */
export interface RefreshRef {
  tenantId: string;
  id: string;
  hash: Uint8Array<ArrayBuffer>;
}

/** Undefined when the text is not of our form. */
export function readRefreshToken(token: string): RefreshRef | undefined {
  if (!token.startsWith(prefix)) return undefined;
  const bytes = Buffer.from(token.slice(prefix.length), 'base64url');
  if (bytes.length !== 32 + secretBytes) return undefined;
  return { tenantId: toUuid(bytes.subarray(0, 16)), id: toUuid(bytes.subarray(16, 32)), hash: sha256(token) };
}

/** Adds a token to a family, or begins one, and gives it in the clear, for the only time. */
export async function addRefreshToken(
  tx: Tx,
  { tenantId, userId, familyId, now }: { tenantId: string; userId: string; familyId: string; now: Date },
): Promise<string> {
  const id = newId();
  const token =
    prefix + Buffer.concat([fromUuid(tenantId), fromUuid(id), randomSecret(secretBytes)]).toString('base64url');
  const expiresAt = new Date(now.getTime() + refreshSeconds * 1_000);
  await tx.refreshToken.create({
    data: { id, tenantId, userId, familyId, hash: sha256(token), expiresAt, createdAt: now },
  });
  return token;
}

/** `userId` where the token is one of ours. */
export type Use =
  | { result: 'used'; userId: string; familyId: string }
  | { result: 'reused'; userId: string }
  | { result: 'refused'; userId?: string };

/** Uses a token up. A reuse revokes its family: commit it, although the caller is refused. */
export async function useRefreshToken(tx: Tx, ref: RefreshRef, now: Date): Promise<Use> {
  const [row] = await tx.$queryRaw<StoredToken[]>`
    select user_id as "userId", family_id as "familyId", hash, expires_at as "expiresAt", used_at as "usedAt",
           revoked_at as "revokedAt"
      from refresh_token where tenant_id = ${ref.tenantId}::uuid and id = ${ref.id}::uuid for update`;
  if (!row || !sameBytes(row.hash, ref.hash)) return { result: 'refused' };
  if (row.usedAt) {
    await revokeFamily(tx, ref.tenantId, row.familyId, now);
    return { result: 'reused', userId: row.userId };
  }
  if (row.revokedAt || row.expiresAt <= now) return { result: 'refused', userId: row.userId };
  await tx.refreshToken.update({ where: { id: ref.id }, data: { usedAt: now } });
  return { result: 'used', userId: row.userId, familyId: row.familyId };
}

interface StoredToken {
  userId: string;
  familyId: string;
  hash: Uint8Array;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}

/** Revokes the family of a token, whether or not it was used, and says whose it is. Undefined when there is no such token. */
export async function revokeFamilyOf(tx: Tx, ref: RefreshRef, now: Date): Promise<string | undefined> {
  const row = await tx.refreshToken.findUnique({
    where: { id: ref.id },
    select: { userId: true, familyId: true, hash: true },
  });
  if (!row || !sameBytes(row.hash, ref.hash)) return undefined;
  await revokeFamily(tx, ref.tenantId, row.familyId, now);
  return row.userId;
}

/** Signs that device out: no token of the family is good any more. */
export async function revokeFamily(tx: Tx, tenantId: string, familyId: string, now: Date): Promise<void> {
  await tx.refreshToken.updateMany({ where: { tenantId, familyId, revokedAt: null }, data: { revokedAt: now } });
}

function fromUuid(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function toUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
