/** Which of the clinic's own roles somebody has. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';

/**
 * The scopes of these roles together; call it under `lockAccess`, so that none of them changes or goes meanwhile. Throws
 * INVALID_INPUT for one that the clinic does not have.
 */
export async function scopesOfClinicRoles(tx: Tx, tenantId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await tx.clinicRole.findMany({
    where: { tenantId, id: { in: [...ids] } },
    select: { id: true, scopes: true },
  });
  const faults = ids.flatMap((id, index) =>
    found.some((role) => role.id === id)
      ? []
      : [{ path: `clinicRoleIds.${index}`, message: 'The clinic has no such role' }],
  );
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
  return found.flatMap(({ scopes }) => scopes);
}

/** Gives exactly these. */
export async function setClinicRoles(
  tx: Tx,
  { tenantId, userId }: { tenantId: string; userId: string },
  ids: readonly string[],
): Promise<void> {
  await tx.userRole.deleteMany({ where: { tenantId, userId, roleId: { notIn: [...ids] } } });
  await tx.userRole.createMany({ data: ids.map((roleId) => ({ tenantId, userId, roleId })), skipDuplicates: true });
}
