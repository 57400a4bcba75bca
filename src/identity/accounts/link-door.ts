/** The door to a clinic's data that a mailed link opens. */
import type { TenantDb } from '../../platform/db/scope.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import type { TenantToken } from '../../platform/tenant-token.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { aboutAccount } from './account.ts';
import { ownerOfToken } from './account-token.ts';

/**
 * Only once the link is known to be ours: what a made-up one names must not find its way into any clinic's audit trail.
 * One that has run out does. Throws INVALID_INPUT.
 */
export async function openByLink(
  { database }: IdentityDeps,
  ref: TenantToken,
  { tenantDb }: Pick<PublicContext, 'tenantDb'>,
): Promise<TenantDb> {
  const userId = await database.tenant(ref.tenantId).run((tx) => ownerOfToken(tx, ref));
  const db = tenantDb(ref.tenantId);
  aboutAccount(db, userId);
  return db;
}
