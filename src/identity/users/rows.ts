/** Accounts as they are stored, with the clinic's own roles that their people have. */
import type { Role } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { lockAccess } from '../roles/lock-access.ts';
import type { Grant } from '../roles/policy.ts';
import { lockUser } from '../sessions/revoke.ts';
import type { UserView } from './schema.ts';

export interface UserRow {
  id: string;
  email: string;
  displayName: string;
  roles: Role[];
  isActive: boolean;
  mustChangePassword: boolean;
  emailVerified: boolean;
  hasSecondFactor: boolean;
  patientId: string | null;
  practitionerId: string | null;
  lastSignInAt: Date | null;
  createdAt: Date;
  clinicRoles: { id: string; key: string; name: string; scopes: string[] }[];
}

/** Of `app_user u`. */
export const userColumns = Prisma.sql`
  u.id, u.email::text, u.display_name as "displayName", u.roles::text[] as roles, u.is_active as "isActive",
  u.must_change_password as "mustChangePassword", u.email_verified_at is not null as "emailVerified",
  exists (select from second_factor f where f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null)
    as "hasSecondFactor",
  u.patient_id as "patientId", u.practitioner_id as "practitionerId", u.last_sign_in_at as "lastSignInAt",
  u.created_at as "createdAt",
  (select coalesce(json_agg(json_build_object('id', r.id, 'key', r.key, 'name', r.name, 'scopes', r.scopes) order by r.name, r.id), '[]')
     from user_role g join clinic_role r on r.tenant_id = g.tenant_id and r.id = g.role_id
    where g.tenant_id = u.tenant_id and g.user_id = u.id) as "clinicRoles"`;

/** Throws NOT_FOUND. */
export async function readUser(tx: Tx, tenantId: string, id: string): Promise<UserRow> {
  const [row] = await tx.$queryRaw<UserRow[]>`
    select ${userColumns} from app_user u where u.tenant_id = ${tenantId}::uuid and u.id = ${id}::uuid`;
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
  return { roles: user.roles, scopes: user.clinicRoles.flatMap(({ scopes }) => scopes) };
}

/** Whose data an account is about, for the audit trail. */
export function subjectOf(user: { id: string; patientId: string | null }) {
  return { entity: { type: 'User', id: user.id }, patientIds: user.patientId === null ? [] : [user.patientId] };
}

/** What more stands in the row is stripped by the reply's schema. */
export function toUserView(row: UserRow): UserView {
  return {
    ...row,
    clinicRoles: row.clinicRoles.map(({ id, key, name }) => ({ id, key, name })),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
