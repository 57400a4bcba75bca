/** Opening, continuing and ending a sign-in. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { readMe } from '../users/me.ts';
import type { IdentityDeps } from './deps.ts';
import { addRefreshToken, readRefreshToken, revokeFamily, revokeFamilyOf, useRefreshToken } from './refresh-tokens.ts';
import type { Me, SignedIn } from './schema.ts';

/** Whoever signed in, with a refresh token in the clear. */
export type Session = SignedIn & { refreshToken: string };

/** Begins a family of refresh tokens and reads the user, in the caller's transaction. Finish it by `toSession`. */
export async function openSession(tx: Tx, tenantId: string, userId: string, now: Date): Promise<Opened> {
  const sessionId = newId();
  const refreshToken = await addRefreshToken(tx, { tenantId, userId, familyId: sessionId, now });
  return { user: await readMe(tx, tenantId, userId), sessionId, refreshToken };
}

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
export async function refresh(deps: IdentityDeps, token: string): Promise<Session> {
  const ref = readRefreshToken(token);
  if (!ref) throw refused();
  const now = deps.clock.now();
  const opened = await deps.database.tenant(ref.tenantId).run(async (tx) => {
    const use = await useRefreshToken(tx, ref, now);
    if (use.result !== 'used') return undefined;
    const { userId, familyId } = use;
    const refreshToken = await addRefreshToken(tx, { tenantId: ref.tenantId, userId, familyId, now });
    return { user: await readMe(tx, ref.tenantId, userId), sessionId: familyId, refreshToken };
  });
  if (!opened) throw refused();
  return toSession(deps, opened);
}

/** Ends the sign-in that a refresh token belongs to. A token that is not ours ends nothing, and is not told apart. */
export async function endByToken(deps: IdentityDeps, token: string): Promise<void> {
  const ref = readRefreshToken(token);
  if (!ref) return;
  await deps.database.tenant(ref.tenantId).run((tx) => revokeFamilyOf(tx, ref, deps.clock.now()));
}

/** Ends the sign-in that an access token descends from. */
export async function endById(deps: IdentityDeps, tenantId: string, sessionId: string): Promise<void> {
  await deps.database.tenant(tenantId).run((tx) => revokeFamily(tx, tenantId, sessionId, deps.clock.now()));
}

function refused(): AppError {
  return new AppError('UNAUTHENTICATED', 'The refresh token is not valid. Sign in again.');
}
