/** Making, changing and removing a clinic's own roles. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { outdateAccessTokens } from '../sessions/revoke.ts';
import { lockAccess } from './lock-access.ts';
import { beyond } from './policy.ts';
import { mostRoles, parseScopes, readClinicRole } from './rows.ts';
import type { ClinicRoleView, NewRole, RoleChange } from './schema.ts';

/** Throws ALREADY_EXISTS when the key is taken, FORBIDDEN for scopes that the actor does not hold. */
export async function createRole(db: TenantDb, actor: Actor, role: NewRole): Promise<ClinicRoleView> {
  const scopes = parseScopes(role.scopes);
  requireWithin(actor, scopes);
  return db.run(async (tx) => {
    const { tenantId } = db;
    await lockAccess(tx, tenantId);
    if ((await tx.clinicRole.count({ where: { tenantId } })) >= mostRoles)
      throw new AppError('CONFLICT', `A clinic has at most ${mostRoles} roles of its own.`);
    const id = newId();
    const where = { tenantId_key: { tenantId, key: role.key } };
    if (await tx.clinicRole.findUnique({ where, select: { id: true } }))
      throw new AppError('ALREADY_EXISTS', 'The clinic has a role with this key already.');
    await tx.clinicRole.create({ data: { id, tenantId, ...role, scopes } });
    db.about({ entity: { type: 'Role', id } });
    return readClinicRole(tx, tenantId, id);
  });
}

/**
 * Changes what is given. Tokens of whoever loses a scope by it are good no more, so that they refresh; what is added
 * comes with their next token. Throws FORBIDDEN when the role holds, or shall hold, scopes that the actor does not.
 */
export async function changeRole(db: TenantDb, actor: Actor, id: string, change: RoleChange): Promise<ClinicRoleView> {
  const wanted = change.scopes && parseScopes(change.scopes);
  return db.run(async (tx) => {
    const { tenantId } = db;
    await lockAccess(tx, tenantId);
    const before = await readClinicRole(tx, tenantId, id);
    db.about({ entity: { type: 'Role', id } });
    requireWithin(actor, [...before.scopes, ...(wanted ?? [])]);
    const { name = before.name, description = before.description } = change;
    const scopes = wanted ?? before.scopes;
    await tx.clinicRole.update({ where: { tenantId_id: { tenantId, id } }, data: { name, description, scopes } });
    if (before.scopes.some((scope) => !scopes.includes(scope))) {
      const holders = await tx.userRole.findMany({ where: { tenantId, roleId: id }, select: { userId: true } });
      for (const { userId } of holders) await outdateAccessTokens(tx, { tenantId, userId });
    }
    return { ...before, name, description, scopes };
  });
}

/** Throws CONFLICT while somebody has it. */
export function removeRole(db: TenantDb, actor: Actor, id: string): Promise<void> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    await lockAccess(tx, tenantId);
    const role = await readClinicRole(tx, tenantId, id);
    db.about({ entity: { type: 'Role', id } });
    requireWithin(actor, role.scopes);
    if (role.users > 0) throw new AppError('CONFLICT', 'Somebody has this role. Take it from them first.');
    await tx.clinicRole.delete({ where: { tenantId_id: { tenantId, id } } });
  });
}

function requireWithin(actor: Actor, scopes: readonly string[]): void {
  const missing = [...new Set(beyond(actor, scopes))];
  if (missing.length > 0) throw new AppError('FORBIDDEN', `You do not hold ${missing.join(', ')} yourself.`);
}
