/** Opening, continuing and ending a sign-in. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import { newId } from '../../platform/ids.ts';
import { type Device, shownAgent, touchSession } from '../sessions/device.ts';
import { lockUser, revokeSession } from '../sessions/revoke.ts';
import { readMe } from '../users/me.ts';
import type { IdentityDeps } from './deps.ts';
import { addRefreshToken, ownerOf, readRefreshToken, useRefreshToken } from './refresh-tokens.ts';
import type { Me, SignedIn } from './schema.ts';

/** Whoever signed in, with a refresh token in the clear. */
export type Session = SignedIn & { refreshToken: string };

interface Opened {
  user: Me;
  sessionId: string;
  refreshToken: string;
  /** When the user was read, by the database's clock. */
  asOf: Date;
}

/** Where a sign-in comes from, and ways to the data of the tenant that it turns out to be about. */
export type Door = Device & Pick<PublicContext, 'tenantDb'>;

/** Begins a sign-in and reads the user, in the caller's transaction. Finish it by `toSession`. */
export async function openSession(
  tx: Tx,
  db: TenantDb,
  userId: string,
  { now, device }: { now: Date; device: Device },
): Promise<Opened> {
  const { tenantId } = db;
  const asOf = await lockUser(tx, tenantId, userId);
  if (!asOf) throw refused();
  const sessionId = newId();
  await touchSession(tx, { id: sessionId, tenantId, userId }, device, now);
  const refreshToken = await addRefreshToken(tx, { tenantId, userId, familyId: sessionId, now });
  await tx.$executeRaw`update app_user set last_sign_in_at = ${now} where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid`;
  return { user: await readOwn(tx, db, userId), sessionId, refreshToken, asOf };
}

/** The user, who from here on is who did it, for the audit trail. */
async function readOwn(tx: Tx, db: TenantDb, userId: string): Promise<Me> {
  db.about({ entity: { type: 'User', id: userId } });
  const user = await readMe(tx, db.tenantId, userId);
  db.about({ actor: { kind: 'person', id: user.id, roles: user.roles } });
  return user;
}

export async function toSession(deps: IdentityDeps, { user, sessionId, refreshToken, asOf }: Opened): Promise<Session> {
  const mustEnrol = user.mfa.required && !user.mfa.enabled;
  const access = await deps.tokens.issueAccess({ ...user, userId: user.id, sessionId, asOf, mustEnrol });
  return { accessToken: access.token, refreshToken, tokenType: 'Bearer', expiresIn: access.expiresIn, user };
}

/** Exchanges a refresh token for the next. Throws UNAUTHENTICATED when it is not good (any more). */
export async function refresh(deps: IdentityDeps, token: string, { tenantDb, ...device }: Door): Promise<Session> {
  const ref = readRefreshToken(token);
  if (!ref) throw refused();
  const now = deps.clock.now();
  const db = tenantDb(ref.tenantId);
  const { tenantId } = db;
  const opened = await db.run(async (tx) => {
    const owner = await ownerOf(tx, ref);
    // What changes nothing is rolled back.
    if (!owner) throw refused();
    const { userId, familyId } = owner;
    db.about({ entity: { type: 'User', id: userId } });
    const asOf = await lockUser(tx, tenantId, userId);
    const use = await useRefreshToken(tx, { ref, userAgent: shownAgent(device), now });
    if (!asOf || use === 'refused') throw refused();
    if (use === 'reused') {
      db.refused('UNAUTHENTICATED');
      return undefined;
    }
    await touchSession(tx, { id: familyId, tenantId, userId }, device, now);
    const refreshToken = await addRefreshToken(tx, { tenantId, userId, familyId, parentId: ref.id, now });
    return { user: await readOwn(tx, db, userId), sessionId: familyId, refreshToken, asOf };
  });
  if (!opened) throw refused();
  return toSession(deps, opened);
}

/** Ends the sign-in that a refresh token belongs to. A token that is not ours ends nothing, and is not told apart. */
export async function endByToken(token: string, { tenantDb }: Pick<Door, 'tenantDb'>): Promise<void> {
  const ref = readRefreshToken(token);
  if (!ref) return;
  const db = tenantDb(ref.tenantId);
  await db.run(async (tx) => {
    const owner = await ownerOf(tx, ref);
    if (!owner) return;
    const { userId, familyId } = owner;
    db.about({ entity: { type: 'User', id: userId } });
    await revokeSession(tx, { tenantId: db.tenantId, userId, sessionId: familyId, because: 'logout' });
  });
}

/** Ends the sign-in that an access token descends from. */
export async function endById(db: TenantDb, { userId, sessionId, expiresAt }: Actor): Promise<void> {
  db.about({ entity: { type: 'User', id: userId } });
  const ended = { tenantId: db.tenantId, userId, sessionId, because: 'logout', tokensEnd: expiresAt } as const;
  await db.run((tx) => revokeSession(tx, ended));
}

function refused(): AppError {
  return new AppError('UNAUTHENTICATED', 'The refresh token is not valid. Sign in again.');
}
