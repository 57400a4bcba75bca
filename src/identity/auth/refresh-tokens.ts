/**
 * Refresh tokens: opaque, good for one use, kept only as a hash. Each use gives the next of its family; a second use of
 * the same one means that it was copied, and ends the whole sign-in (RFC 9700, section 4.14.2). The one exception is for an
 * answer that was lost on its way: docs/adr/identity-tokens.md says why that is safe.
 */
import { sameBytes, sha256 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';
import { makeTenantToken, readTenantToken, type TenantToken } from '../../platform/tenant-token.ts';
import { revokeSession } from '../sessions/revoke.ts';

export const refreshSeconds = 7 * 24 * 3_600;
/** How long after its use a token may be shown once more, by whom its answer did not reach. */
export const graceSeconds = 10;

const prefix = 'hcr_';

/** Undefined when the text is not of our form. */
export function readRefreshToken(token: string): TenantToken | undefined {
  return readTenantToken(prefix, token);
}

export interface NewRefreshToken {
  tenantId: string;
  userId: string;
  familyId: string;
  /** The token whose use gives this one; none begins a family. */
  parentId?: string;
  now: Date;
}

/** Adds a token to a family, or begins one, and gives it in the clear, for the only time. */
export async function addRefreshToken(tx: Tx, { now, parentId, ...family }: NewRefreshToken): Promise<string> {
  const id = newId();
  const token = makeTenantToken(prefix, { tenantId: family.tenantId, id });
  const expiresAt = new Date(now.getTime() + refreshSeconds * 1_000);
  const data = { id, ...family, hash: sha256(token), expiresAt, createdAt: now };
  await tx.refreshToken.create({ data: { ...data, ...(parentId !== undefined && { parentId }) } });
  return token;
}

/** Whose token it is and of which sign-in; undefined when it is none of ours. */
export async function ownerOf(
  tx: Tx,
  ref: TenantToken,
): Promise<{ userId: string; familyId: string; id: string } | undefined> {
  const row = await tx.refreshToken.findUnique({
    where: { tenantId_id: { tenantId: ref.tenantId, id: ref.id } },
    select: { id: true, userId: true, familyId: true, hash: true },
  });
  if (!row || !sameBytes(row.hash, ref.hash)) return undefined;
  const { hash: _, ...owner } = row;
  return owner;
}

export interface Presented {
  ref: TenantToken;
  /** The program that shows it. */
  userAgent: string;
  now: Date;
}

/**
 * Uses a token up. Call it under the lock of its owner (`lockUser`). `reused` has ended the sign-in: commit that, although
 * the caller is refused.
 */
export async function useRefreshToken(
  tx: Tx,
  { ref, userAgent, now }: Presented,
): Promise<'used' | 'reused' | 'refused'> {
  const [row] = await tx.$queryRaw<StoredToken[]>`
    select t.user_id as "userId", t.family_id as "familyId", t.parent_id as "parentId", t.expires_at as "expiresAt",
           t.used_at as "usedAt", t.revoked_at as "revokedAt", s.revoked_at as "endedAt", s.user_agent as "userAgent",
           count(n.id)::int as successors,
           coalesce(bool_or(n.used_at is not null or n.revoked_at is not null), false) as "goneOn"
      from refresh_token t
      left join session s on s.tenant_id = t.tenant_id and s.id = t.family_id
      left join refresh_token n on n.tenant_id = t.tenant_id and n.family_id = t.family_id and n.parent_id = t.id
     where t.tenant_id = ${ref.tenantId}::uuid and t.id = ${ref.id}::uuid
     group by t.id, s.id`;
  if (!row || row.endedAt || row.expiresAt <= now) return 'refused';
  if (!row.usedAt && !row.revokedAt) {
    await markUsed(tx, ref, row, now);
    return 'used';
  }
  if (mayRepeat(row, userAgent, now)) return 'used';
  const { tenantId } = ref;
  await revokeSession(tx, { tenantId, userId: row.userId, sessionId: row.familyId, because: 'token_reused' });
  return 'reused';
}

interface StoredToken {
  userId: string;
  familyId: string;
  parentId: string | null;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
  /** Of the sign-in. */
  endedAt: Date | null;
  userAgent: string | null;
  successors: number;
  goneOn: boolean;
}

/** Nobody has shown what the first use gave, and it was a moment ago: its answer may have been lost. Once. */
function mayRepeat(row: StoredToken, userAgent: string, now: Date): boolean {
  if (!row.usedAt || row.revokedAt || row.goneOn || row.successors !== 1) return false;
  return row.userAgent === userAgent && now.getTime() - row.usedAt.getTime() <= graceSeconds * 1_000;
}

/** Of two tokens that were given for one, the first to be shown is the one that goes on. */
async function markUsed(tx: Tx, { tenantId, id }: TenantToken, row: StoredToken, now: Date): Promise<void> {
  await tx.refreshToken.update({ where: { tenantId_id: { tenantId, id } }, data: { usedAt: now } });
  if (row.parentId === null) return;
  await tx.refreshToken.updateMany({
    where: { tenantId, familyId: row.familyId, parentId: row.parentId, id: { not: id }, revokedAt: null },
    data: { revokedAt: now },
  });
}
