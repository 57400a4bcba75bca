/** Accounts as they are stored, with the clinic's own roles that their people have. */
import type { Role } from '../../platform/actor.ts';
import type { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { lockAccess } from '../roles/lock-access.ts';
import type { Grant } from '../roles/policy.ts';
import { lockUser } from '../sessions/revoke.ts';
import type { UserView } from './schema.ts';

export const userSelect = {
  id: true,
  email: true,
  displayName: true,
  roles: true,
  isActive: true,
  mustChangePassword: true,
  patientId: true,
  practitionerId: true,
  lastSignInAt: true,
  createdAt: true,
  clinicRoles: {
    select: { role: { select: { id: true, key: true, name: true, scopes: true } } },
    orderBy: { role: { name: 'asc' } },
  },
} as const satisfies Prisma.UserSelect;

export type UserRow = Prisma.UserGetPayload<{ select: typeof userSelect }>;

/** Throws NOT_FOUND. */
export async function readUser(tx: Tx, tenantId: string, id: string): Promise<UserRow> {
  const row = await tx.user.findUnique({ where: { tenantId_id: { tenantId, id } }, select: userSelect });
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}

/** Reads an account that is about to change, alone. Throws NOT_FOUND. */
export async function lockAccount(tx: Tx, tenantId: string, id: string): Promise<UserRow> {
  await lockAccess(tx, tenantId);
  await lockUser(tx, tenantId, id);
  return readUser(tx, tenantId, id);
}

export function grantOf(user: { roles: readonly Role[]; clinicRoles: UserRow['clinicRoles'] }): Grant {
  return { roles: user.roles, scopes: user.clinicRoles.flatMap(({ role }) => role.scopes) };
}

/** Whose data an account is about, for the audit trail. */
export function subjectOf(user: { id: string; patientId: string | null }) {
  return { entity: { type: 'User', id: user.id }, patientIds: user.patientId === null ? [] : [user.patientId] };
}

export function toUserView(row: UserRow): UserView {
  return {
    ...row,
    clinicRoles: row.clinicRoles.map(({ role: { id, key, name } }) => ({ id, key, name })),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
