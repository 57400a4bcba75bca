/** Saying, as the clinic, which of our users somebody at a portal is. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { TrustedIssuer } from '../../platform/trusted-issuers.ts';
import { mayGrant } from '../roles/policy.ts';
import { outdateAccessTokens } from '../sessions/revoke.ts';
import { grantOf, lockAccount, readUser, subjectOf } from '../users/rows.ts';
import type { ExternalIdentityList, ExternalIdentityView, NewExternalIdentity } from './schema.ts';

/** No account needs more. */
const mostLinks = 100;

export async function listLinks(db: TenantDb, userId: string): Promise<ExternalIdentityList> {
  return db.run(async (tx) => {
    db.about(subjectOf(await readUser(tx, db.tenantId, userId)));
    const where = { tenantId: db.tenantId, userId };
    const rows = await tx.externalIdentity.findMany({ where, orderBy: { id: 'asc' }, take: mostLinks });
    return { items: rows.map(toView), nextCursor: null };
  });
}

/**
 * Whoever holds the sign-in at the portal is that user from now on. Throws NOT_FOUND for a user of nobody, FORBIDDEN for one
 * who can do more than the actor, INVALID_INPUT for an issuer that is not trusted for this clinic, ALREADY_EXISTS when the
 * sign-in is somebody's.
 */
export async function addLink(
  issuers: readonly TrustedIssuer[],
  db: TenantDb,
  actor: Actor,
  userId: string,
  { issuer, subject }: NewExternalIdentity,
): Promise<ExternalIdentityView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    await lockOther(tx, db, actor, userId);
    const clinic = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { slug: true } });
    if (!issuers.some((one) => one.issuer === issuer && one.tenant === clinic.slug)) throw notTrusted();
    const where = { tenantId_issuer_subject: { tenantId, issuer, subject } };
    const taken = await tx.externalIdentity.findUnique({ where, select: { id: true } });
    if (taken) throw new AppError('ALREADY_EXISTS', 'This sign-in is linked with an account already.');
    if ((await tx.externalIdentity.count({ where: { tenantId, userId } })) >= mostLinks)
      throw new AppError('CONFLICT', 'This account has too many links.');
    const row = await tx.externalIdentity.create({ data: { id: newId(), tenantId, issuer, subject, userId } });
    return toView(row);
  });
}

/** What came by the link is asked for credentials that still hold. Throws NOT_FOUND, and FORBIDDEN as `addLink`. */
export async function removeLink(db: TenantDb, actor: Actor, id: string): Promise<void> {
  const { tenantId } = db;
  await db.run(async (tx) => {
    const where = { tenantId_id: { tenantId, id } };
    const link = await tx.externalIdentity.findUnique({ where, select: { userId: true } });
    if (!link) throw new AppError('NOT_FOUND');
    await lockOther(tx, db, actor, link.userId);
    await tx.externalIdentity.deleteMany({ where: { tenantId, id } });
    await outdateAccessTokens(tx, { tenantId, userId: link.userId });
  });
}

/** Else the front desk could sign in as an administrator by a portal account of its own. */
async function lockOther(tx: Tx, db: TenantDb, actor: Actor, userId: string): Promise<void> {
  const user = await lockAccount(tx, db.tenantId, userId);
  db.about(subjectOf(user));
  if (!mayGrant(actor, grantOf(user)))
    throw new AppError('FORBIDDEN', 'You may not decide over an account that can do more than you.');
}

function notTrusted(): AppError {
  return new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: 'issuer', message: 'Must be an issuer that this server trusts for this clinic' }],
  });
}

function toView(row: Omit<ExternalIdentityView, 'createdAt'> & { createdAt: Date }): ExternalIdentityView {
  const { id, userId, issuer, subject } = row;
  return { id, userId, issuer, subject, createdAt: row.createdAt.toISOString() };
}
