/** Which of our users somebody at a portal is. */
import { randomSecret } from '../../platform/crypto.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import type { Me } from '../auth/schema.ts';
import { lockUser } from '../sessions/revoke.ts';
import { readMe } from '../users/me.ts';
import type { Profile } from './claims.ts';

export interface ExternalRef {
  issuer: string;
  subject: string;
}

/** `asOf` is when the user was read, by the database's clock. Undefined when nobody is linked. */
export async function findLinked(
  db: TenantDb,
  { issuer, subject }: ExternalRef,
): Promise<{ user: Me; asOf: Date } | undefined> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const where = { tenantId_issuer_subject: { tenantId, issuer, subject } };
    const link = await tx.externalIdentity.findUnique({ where, select: { userId: true } });
    if (!link) return undefined;
    const asOf = await lockUser(tx, tenantId, link.userId);
    if (!asOf) return undefined;
    // To the hour: whether somebody was ever here, and about when.
    await tx.$executeRaw`
      update app_user set last_sign_in_at = ${asOf}
      where tenant_id = ${tenantId}::uuid and id = ${link.userId}::uuid
        and coalesce(last_sign_in_at, '-infinity') < ${asOf}::timestamptz - interval '1 hour'`;
    return { user: await readMe(tx, tenantId, link.userId), asOf };
  });
}

/**
 * Makes the account of a patient and links it; harmless when somebody else has just done so. Throws FORBIDDEN when the clinic
 * has an account with that e-mail address: whether it is the same person is for the clinic to say, not for the portal.
 */
export async function provision(
  deps: Pick<IdentityDeps, 'passwords' | 'patients'>,
  db: TenantDb,
  ref: ExternalRef,
  { email, displayName, isEmailVerified }: Profile,
): Promise<void> {
  const { tenantId } = db;
  // A password that nobody knows; made before the transaction, because it takes a while.
  const passwordHash = await deps.passwords.hash(randomSecret().toString('base64url'));
  await db.run(async (tx) => {
    await oneAtATime(tx, ref);
    const linked = await tx.externalIdentity.findUnique({
      where: { tenantId_issuer_subject: { tenantId, ...ref } },
      select: { userId: true },
    });
    if (linked) return;
    const taken = await tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { id: true } });
    if (taken) throw notLinked();
    const patientId = await deps.patients.create(tx, { tenantId, name: displayName });
    const id = newId();
    const emailVerifiedAt = isEmailVerified ? new Date() : null;
    await tx.user.create({
      data: { id, tenantId, email, displayName, passwordHash, roles: ['patient'], patientId, emailVerifiedAt },
    });
    await tx.externalIdentity.create({ data: { id: newId(), tenantId, ...ref, userId: id, madeAccount: true } });
    db.about({
      entity: { type: 'User', id },
      patientIds: [patientId],
      actor: { kind: 'person', id, roles: ['patient'] },
    });
  });
}

/** A browser asks for several things at once when it comes for the first time. */
async function oneAtATime(tx: Tx, { issuer, subject }: ExternalRef): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${issuer}\n${subject}`}, 0))`;
}

export function notLinked(): AppError {
  return new AppError(
    'FORBIDDEN',
    'Nobody at this clinic is linked with this sign-in. Ask the clinic to link your account.',
  );
}
