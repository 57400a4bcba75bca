/** A password that somebody else chooses for a person keeps the same rules as one of their own. */
import { clinicNames } from '../accounts/account.ts';
import { readClinic } from '../accounts/clinic.ts';
import { requireGoodPassword } from '../accounts/good-password.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import type { PasswordOwner } from '../auth/schema.ts';

/** Throws INVALID_INPUT on `password` with what it lacks. */
export async function requireGoodFirstPassword(
  { database, strength }: IdentityDeps,
  tenantId: string,
  password: string,
  { email, displayName }: PasswordOwner,
): Promise<void> {
  const clinic = await database.tenant(tenantId).run((tx) => readClinic(tx, tenantId));
  await requireGoodPassword(strength, password, { email, displayName, clinic: clinicNames(clinic) });
}
