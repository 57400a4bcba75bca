/** Opening, continuing and ending a sign-in. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import { newId } from '../../platform/ids.ts';
import { readMe } from '../users/me.ts';
import type { IdentityDeps } from './deps.ts';
import { addRefreshToken, readRefreshToken, revokeFamily, revokeFamilyOf, useRefreshToken } from './refresh-tokens.ts';
import type { Me, SignedIn } from './schema.ts';

/** Whoever signed in, with a refresh token in the clear. */
export type Session = SignedIn & { refreshToken: string };

/** Begins a family of refresh tokens and reads the user, in the caller's transaction. Finish it by `toSession`. */
export async function openSession(tx: Tx, db: TenantDb, userId: string, now: Date): Promise<Opened> {
  const { tenantId } = db;
  const sessionId = newId();
  const refreshToken = await addRefreshToken(tx, { tenantId, userId, familyId: sessionId, now });
  await tx.$executeRaw`update app_user set last_sign_in_at = ${now} where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid`;
  return { user: await readOwn(tx, db, userId), sessionId, refreshToken };
}

/** The user, who from here on is who did it, for the audit trail. */
async function readOwn(tx: Tx, db: TenantDb, userId: string): Promise<Me> {
  db.about({ entity: { type: 'User', id: userId } });
  const user = await readMe(tx, db.tenantId, userId);
  db.about({ actor: { kind: 'person', id: user.id, roles: user.roles } });
  return user;
}

/** Ways to the data of a tenant that the token names. */
type Doors = Pick<PublicContext, 'tenantDb'>;

interface Opened {
  user: Me;
  sessionId: string;
  refreshToken: string;
}

export async function toSession(deps: IdentityDeps, { user, sessionId, refreshToken }: Opened): Promise<Session> {
  const access = await deps.tokens.issueAccess({ ...user, userId: user.id, sessionId });
  return { accessToken: access.token, refreshToken, tokenType: 'Bearer', expiresIn: access.expiresIn, user };
}

/** Exchanges a refresh token for the next. Throws UNAUTHENTICATED when it is not good (any more). */
export async function refresh(deps: IdentityDeps, token: string, { tenantDb }: Doors): Promise<Session> {
  const ref = readRefreshToken(token);
  if (!ref) throw refused();
  const now = deps.clock.now();
  const db = tenantDb(ref.tenantId);
  const opened = await db.run(async (tx) => {
    const use = await useRefreshToken(tx, ref, now);
    if (use.userId !== undefined) db.about({ entity: { type: 'User', id: use.userId } });
    if (use.result === 'reused') db.refused('UNAUTHENTICATED');
    // What changes nothing is rolled back.
    if (use.result === 'refused') throw refused();
    if (use.result === 'reused') return undefined;
    const { userId, familyId } = use;
    const refreshToken = await addRefreshToken(tx, { tenantId: ref.tenantId, userId, familyId, now });
    return { user: await readOwn(tx, db, userId), sessionId: familyId, refreshToken };
  });
  if (!opened) throw refused();
  return toSession(deps, opened);
}

/** Ends the sign-in that a refresh token belongs to. A token that is not ours ends nothing, and is not told apart. */
export async function endByToken(deps: IdentityDeps, token: string, { tenantDb }: Doors): Promise<void> {
  const ref = readRefreshToken(token);
  if (!ref) return;
  const db = tenantDb(ref.tenantId);
  await db.run(async (tx) => {
    const userId = await revokeFamilyOf(tx, ref, deps.clock.now());
    if (userId !== undefined) db.about({ entity: { type: 'User', id: userId } });
  });
}

/** Ends the sign-in that an access token descends from. */
export async function endById(deps: IdentityDeps, db: TenantDb, { userId, sessionId }: Actor): Promise<void> {
  db.about({ entity: { type: 'User', id: userId } });
  await db.run((tx) => revokeFamily(tx, db.tenantId, sessionId, deps.clock.now()));
}

function refused(): AppError {
  return new AppError('UNAUTHENTICATED', 'The refresh token is not valid. Sign in again.');
}
