/** What an administrator changes about an account, or when it ends. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { voidAccountTokens } from '../accounts/account-token.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { resetSecondFactor } from '../mfa/second-factor.ts';
import { tellOwner } from '../mfa/tell-owner.ts';
import { mayGrant } from '../roles/policy.ts';
import { outdateAccessTokens, revokeUserSessions } from '../sessions/revoke.ts';
import { scopesOfClinicRoles, setClinicRoles } from './clinic-roles.ts';
import { requireGoodFirstPassword } from './first-password.ts';
import { giveRecords } from './records.ts';
import { grantOf, lockAccount, readUser, subjectOf, toUserView, type UserRow } from './rows.ts';
import type { UserChange, UserView } from './schema.ts';

/**
 * Changes what is given and keeps the rest. Another password or an account that is switched off end all sign-ins of that
 * person at once, and mailed links with them; other roles make their access tokens worth nothing, so that they refresh. Throws
 * FORBIDDEN when the person can do, or shall be able to do, more than the actor; CONFLICT when the clinic would be left without
 * an administrator.
 */
export async function changeUser(
  deps: IdentityDeps,
  db: TenantDb,
  actor: Actor,
  id: string,
  change: UserChange,
): Promise<UserView> {
  const { tenantId } = db;
  const passwordHash = change.password === undefined ? undefined : await hashFor(deps, db, id, change.password);
  return db.run(async (tx) => {
    const before = await lockAccount(tx, tenantId, id);
    db.about(subjectOf(before));
    if (!mayGrant(actor, grantOf(before))) throw tooMuch();
    const after = await decideRoles(tx, tenantId, before, change);
    if (after.changed && !mayGrant(actor, after)) throw tooMuch();
    const isActive = change.isActive ?? before.isActive;
    const displayName = change.displayName ?? before.displayName;
    const records = await giveRecords(tx, deps, { tenantId, displayName, roles: after.roles }, before);
    await tx.user.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        displayName,
        roles: [...after.roles],
        isActive,
        ...records,
        ...(passwordHash !== undefined && { passwordHash, mustChangePassword: true }),
      },
    });
    await setClinicRoles(tx, { tenantId, userId: id }, after.clinicRoleIds);
    if (displayName !== before.displayName) await renameRecords(tx, tenantId, before, displayName);
    if (isAdmin(before)) await requireAdmin(tx, tenantId);
    // Whoever took the account over may have a link out that gives it to another address.
    if (passwordHash !== undefined || !isActive) await voidAccountTokens(tx, tenantId, id, deps.clock.now());
    await endSignIns(
      tx,
      { tenantId, userId: id },
      { roles: after.changed, password: passwordHash !== undefined, isActive },
    );
    return toUserView(await readUser(tx, tenantId, id));
  });
}

/**
 * Ends an account. It is switched off and stays, because what its person did stays on record; one that was never used goes.
 * Throws as changeUser does.
 */
export function removeUser(
  { clock }: Pick<IdentityDeps, 'clock'>,
  db: TenantDb,
  actor: Actor,
  id: string,
): Promise<void> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const user = await lockAccount(tx, tenantId, id);
    db.about(subjectOf(user));
    if (!mayGrant(actor, grantOf(user))) throw tooMuch();
    const where = { tenantId_id: { tenantId, id } };
    if (await wasUsed(tx, tenantId, user)) await tx.user.update({ where, data: { isActive: false } });
    else await tx.user.delete({ where });
    if (isAdmin(user)) await requireAdmin(tx, tenantId);
    await voidAccountTokens(tx, tenantId, id, clock.now());
    await revokeUserSessions(tx, { tenantId, userId: id, because: 'deactivated' });
  });
}

/** Takes the second factor away from somebody who has lost it, and ends their sign-ins. Throws as changeUser does. */
export function takeSecondFactor(deps: IdentityDeps, db: TenantDb, actor: Actor, id: string): Promise<void> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const user = await lockAccount(tx, tenantId, id);
    db.about(subjectOf(user));
    if (!mayGrant(actor, grantOf(user))) throw tooMuch();
    const owner = { tenantId, userId: id };
    if (await resetSecondFactor(tx, owner)) await tellOwner(deps, tx, owner, 'secondFactorOff');
  });
}

/** Signs somebody out everywhere, e.g. because a phone was lost; they can sign in again. Throws as changeUser does. */
export function signOutEverywhere(db: TenantDb, actor: Actor, id: string): Promise<void> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const user = await lockAccount(tx, tenantId, id);
    db.about(subjectOf(user));
    if (!mayGrant(actor, grantOf(user))) throw tooMuch();
    await revokeUserSessions(tx, { tenantId, userId: id, because: 'revoked' });
  });
}

async function endSignIns(
  tx: Tx,
  user: { tenantId: string; userId: string },
  changed: { roles: boolean; password: boolean; isActive: boolean },
): Promise<void> {
  if (!changed.isActive) await revokeUserSessions(tx, { ...user, because: 'deactivated' });
  else if (changed.password) await revokeUserSessions(tx, { ...user, because: 'password_reset' });
  else if (changed.roles) await outdateAccessTokens(tx, user);
}

/** Whether anything of this person stays on record: a sign-in, also at a portal, or whatever they did. */
async function wasUsed(tx: Tx, tenantId: string, user: UserRow): Promise<boolean> {
  if (user.lastSignInAt) return true;
  const [found] = await tx.$queryRaw<{ used: boolean }[]>`
    select exists (select from refresh_token where tenant_id = ${tenantId}::uuid and user_id = ${user.id}::uuid)
        or exists (select from external_identity where tenant_id = ${tenantId}::uuid and user_id = ${user.id}::uuid)
        or exists (select from audit_trail where tenant_id = ${tenantId}::uuid and actor_id = ${user.id}::uuid)
        or exists (select from api_key where tenant_id = ${tenantId}::uuid and ${user.id}::uuid in (created_by, revoked_by))
        as used`;
  return found?.used ?? true;
}

interface DecidedRoles {
  roles: UserRow['roles'];
  scopes: string[];
  clinicRoleIds: string[];
  changed: boolean;
}

async function decideRoles(tx: Tx, tenantId: string, before: UserRow, change: UserChange): Promise<DecidedRoles> {
  const present = before.clinicRoles.map(({ id }) => id);
  const roles = change.roles ?? before.roles;
  const clinicRoleIds = change.clinicRoleIds ?? present;
  const scopes = await scopesOfClinicRoles(tx, tenantId, clinicRoleIds);
  if (roles.length + clinicRoleIds.length === 0)
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
      faults: [{ path: 'roles', message: 'Leave at least one role' }],
    });
  return { roles, scopes, clinicRoleIds, changed: !same(roles, before.roles) || !same(clinicRoleIds, present) };
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

/** Checked before the transaction, because a password costs a quarter of a second; who may set it is decided inside. */
async function hashFor(deps: IdentityDeps, db: TenantDb, id: string, password: string): Promise<string> {
  const user = await deps.database.tenant(db.tenantId).run((tx) => readUser(tx, db.tenantId, id));
  await requireGoodFirstPassword(deps, db.tenantId, password, user);
  return deps.passwords.hash(password);
}

/** The person's own records bear the same name, unless somebody has given them another. */
async function renameRecords(tx: Tx, tenantId: string, before: UserRow, name: string): Promise<void> {
  const { patientId, practitionerId, displayName } = before;
  if (patientId) await tx.patient.updateMany({ where: { tenantId, id: patientId, name: displayName }, data: { name } });
  if (practitionerId)
    await tx.practitioner.updateMany({ where: { tenantId, id: practitionerId, name: displayName }, data: { name } });
}

function isAdmin(user: UserRow): boolean {
  return user.isActive && user.roles.includes('admin');
}

/** Throws CONFLICT when the clinic has no active administrator (any more). */
async function requireAdmin(tx: Tx, tenantId: string): Promise<void> {
  const left = await tx.user.count({ where: { tenantId, isActive: true, roles: { has: 'admin' } } });
  if (left === 0) throw new AppError('CONFLICT', 'The clinic needs at least one active administrator.');
}

function tooMuch(): AppError {
  return new AppError('FORBIDDEN', 'You may not decide over somebody who can do more than you.');
}
