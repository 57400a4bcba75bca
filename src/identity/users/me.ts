/** A user as they see themselves. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { Me } from '../auth/schema.ts';
import { accountScopes, scopesOf } from '../auth/scopes.ts';
import { parseSettings } from '../tenants/settings.ts';

/** Throws UNAUTHENTICATED when the user is gone or switched off: their token is worth nothing then. */
export async function readMe(tx: Tx, tenantId: string, userId: string): Promise<Me> {
  const user = await tx.user.findUnique({
    where: { tenantId_id: { tenantId, id: userId } },
    omit: { passwordHash: true },
    include: { tenant: true, clinicRoles: { select: { role: { select: { key: true, name: true, scopes: true } } } } },
  });
  if (!user?.isActive) throw new AppError('UNAUTHENTICATED', 'This account cannot be used.');
  const added = user.clinicRoles.flatMap(({ role }) => role.scopes);
  const { timeZone, locale } = parseSettings(user.tenant.settings);
  return {
    id: user.id,
    email: user.email,
    displayName: user.displayName,
    tenantId,
    roles: user.roles,
    clinicRoles: user.clinicRoles.map(({ role: { key, name } }) => ({ key, name })),
    scopes: user.mustChangePassword ? [...accountScopes] : scopesOf(user.roles, added),
    mustChangePassword: user.mustChangePassword,
    patientId: user.patientId,
    practitionerId: user.practitionerId,
    tenant: { slug: user.tenant.slug, name: user.tenant.name, timeZone, locale },
  };
}
