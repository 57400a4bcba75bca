/** A clinic's own roles as they are stored. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { isScope } from '../auth/scopes.ts';
import type { ClinicRoleView } from './schema.ts';

/** A clinic that needs more has mistaken roles for people; so a list needs no pages. */
export const mostRoles = 100;

const counted = { include: { _count: { select: { users: true } } } } as const;

export async function listClinicRoles(tx: Tx, tenantId: string): Promise<ClinicRoleView[]> {
  const rows = await tx.clinicRole.findMany({
    where: { tenantId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    ...counted,
  });
  return rows.map(toView);
}

/** Throws NOT_FOUND. */
export async function readClinicRole(tx: Tx, tenantId: string, id: string): Promise<ClinicRoleView> {
  const row = await tx.clinicRole.findUnique({ where: { tenantId_id: { tenantId, id } }, ...counted });
  if (!row) throw new AppError('NOT_FOUND');
  return toView(row);
}

/** Sorted, each once. Throws INVALID_INPUT on `scopes` for a name that is no scope. */
export function parseScopes(scopes: readonly string[]): string[] {
  const faults = scopes.flatMap((name, index) =>
    isScope(name) ? [] : [{ path: `scopes.${index}`, message: 'Is no scope; GET /admin/roles lists them' }],
  );
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
  return [...new Set(scopes)].toSorted();
}

interface Row extends Omit<ClinicRoleView, 'users'> {
  _count: { users: number };
}

function toView({ id, key, name, description, scopes, _count }: Row): ClinicRoleView {
  return { id, key, name, description, scopes, users: _count.users };
}
