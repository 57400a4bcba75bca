/** A user as they see themselves. */
import type { Role } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { Me } from '../auth/schema.ts';
import { accountScopes, needsSecondFactor, scopesOf } from '../auth/scopes.ts';
import { parseSettings } from '../tenants/settings.ts';

/** Throws UNAUTHENTICATED when the user is gone or switched off: their token is worth nothing then. */
export async function readMe(tx: Tx, tenantId: string, userId: string): Promise<Me> {
  return toMe(await tx.$queryRaw<MeRow[]>(meQuery(tenantId, userId)));
}

/** `readMe` in one round trip, for `TenantDb.read`; see `toMe`. */
export function meQuery(tenantId: string, userId: string): Reads<MeRow> {
  return Prisma.sql`
    select u.id, u.tenant_id as "tenantId", u.email::text,
           u.email_verified_at is not null as "emailVerified", u.display_name as "displayName", u.roles::text[] as roles,
           u.is_active as "isActive", u.must_change_password as "mustChangePassword", u.patient_id as "patientId",
           u.practitioner_id as "practitionerId", t.slug, t.name as "tenantName", t.settings,
           f.confirmed_at is not null as "hasSecondFactor",
           (select coalesce(json_agg(json_build_object('key', r.key, 'name', r.name, 'scopes', r.scopes) order by r.key), '[]')
              from user_role g join clinic_role r on r.tenant_id = g.tenant_id and r.id = g.role_id
             where g.tenant_id = u.tenant_id and g.user_id = u.id) as "clinicRoles"
      from app_user u join tenant t on t.id = u.tenant_id
      left join second_factor f on f.tenant_id = u.tenant_id and f.user_id = u.id
     where u.tenant_id = ${tenantId}::uuid and u.id = ${userId}::uuid`;
}

export interface MeRow {
  id: string;
  tenantId: string;
  email: string;
  emailVerified: boolean;
  displayName: string;
  roles: Role[];
  isActive: boolean;
  mustChangePassword: boolean;
  patientId: string | null;
  practitionerId: string | null;
  slug: string;
  tenantName: string;
  settings: unknown;
  hasSecondFactor: boolean;
  clinicRoles: { key: string; name: string; scopes: string[] }[];
}

/** What `meQuery` found. Throws as `readMe`. */
export function toMe([user]: readonly MeRow[]): Me {
  if (!user?.isActive) throw new AppError('UNAUTHENTICATED', 'This account cannot be used.');
  const { timeZone, locale, cancelFreeHours, mfaRequiredFor } = parseSettings(user.settings);
  const { id, email, emailVerified, displayName, tenantId, roles, mustChangePassword, patientId, practitionerId } =
    user;
  const added = user.clinicRoles.flatMap(({ scopes }) => scopes);
  const mfa = { enabled: user.hasSecondFactor, required: needsSecondFactor(mfaRequiredFor, { roles, added }) };
  const isHeldBack = mustChangePassword || (mfa.required && !mfa.enabled);
  return {
    id,
    email,
    emailVerified,
    displayName,
    tenantId,
    roles,
    clinicRoles: user.clinicRoles.map(({ key, name }) => ({ key, name })),
    scopes: isHeldBack ? [...accountScopes] : scopesOf(roles, added),
    mustChangePassword,
    mfa,
    patientId,
    practitionerId,
    tenant: { slug: user.slug, name: user.tenantName, timeZone, locale, cancelFreeHours },
  };
}
