/**
 * Ending sign-ins before their time. Each function works in the caller's transaction: what it revokes is revoked if and
 * only if that transaction commits, and every node knows it in the same moment (./revocation-list.ts).
 */
import type { Tx } from '../../platform/db/scope.ts';
import { signal } from '../../platform/db/signals.ts';
import { newId } from '../../platform/ids.ts';
import { accessSeconds } from '../auth/tokens.ts';

/** Why a sign-in ended, as `session.ended_because` keeps it. */
export type SessionEnd =
  | 'logout'
  | 'logout_everywhere'
  | 'password_changed'
  | 'password_reset'
  | 'email_changed'
  | 'deactivated'
  | 'second_factor_reset'
  | 'token_reused'
  | 'revoked';

export type RevocationKind = 'session' | 'user' | 'access';

/** One line of the list of access tokens that are good no more. Instants in ms, by the database's clock. */
export interface RevocationFact {
  tenantId: string;
  kind: RevocationKind;
  /** The session or the user. */
  subjectId: string;
  /** Of a user, tokens issued before are refused; of a session, all are. */
  atMs: number;
  untilMs: number;
}

export const revocationChannel = 'revocation';

export interface UserSessions {
  tenantId: string;
  userId: string;
  /** The sign-in that goes on, e.g. the one that has just changed the password. */
  except?: string;
  because?: SessionEnd;
}

/**
 * Ends every sign-in of a user: their refresh tokens, their access tokens and their sockets are good no more, on all nodes.
 * With `except` that one sign-in goes on, tokens and all. Answers how many ended. Call it after the user's own row was
 * changed or anywhere before; it locks that row, so that no sign-in slips in between.
 */
export async function revokeUserSessions(
  tx: Tx,
  { tenantId, userId, except, because = 'revoked' }: UserSessions,
): Promise<number> {
  await lockUser(tx, tenantId, userId);
  const ended = await tx.$queryRaw<{ id: string }[]>`
    with ended as (
      update session set revoked_at = now(), ended_because = ${because}::session_end
      where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and revoked_at is null
        and id is distinct from ${except ?? null}::uuid
      returning id
    ), spent as (
      update refresh_token set revoked_at = now()
      where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid and revoked_at is null
        and family_id is distinct from ${except ?? null}::uuid
      returning family_id
    )
    select id from ended union select family_id from spent`;
  if (except === undefined) await addRevocations(tx, tenantId, 'user', [userId]);
  else
    await addRevocations(
      tx,
      tenantId,
      'session',
      ended.map((row) => row.id),
    );
  return ended.length;
}

export interface OneSession {
  tenantId: string;
  userId: string;
  sessionId: string;
  because: SessionEnd;
  /** When the last of its access tokens runs out, where that is not for us to say: a portal's. */
  tokensEnd?: Date;
}

/** Ends one sign-in of a user. False when it was over already. */
export async function revokeSession(
  tx: Tx,
  { tenantId, userId, sessionId, because, tokensEnd }: OneSession,
): Promise<boolean> {
  await lockUser(tx, tenantId, userId);
  const ended = await tx.$queryRaw<{ id: string }[]>`
    with ended as (
      update session set revoked_at = now(), ended_because = ${because}::session_end
      where tenant_id = ${tenantId}::uuid and id = ${sessionId}::uuid and revoked_at is null returning id
    ), spent as (
      update refresh_token set revoked_at = now()
      where tenant_id = ${tenantId}::uuid and family_id = ${sessionId}::uuid and revoked_at is null returning family_id
    )
    select id from ended union select family_id from spent`;
  if (ended.length === 0 && (await isKnown(tx, tenantId, sessionId))) return false;
  // One that is not on record, such as a portal's, has tokens all the same.
  await addRevocations(tx, tenantId, 'session', [sessionId], tokensEnd);
  return true;
}

/**
 * What a user may has changed, their sign-ins go on: access tokens issued before are refused, a refresh gives one that says
 * what is true now. A socket is asked for it and closed when none comes.
 */
export async function outdateAccessTokens(tx: Tx, { tenantId, userId }: Omit<UserSessions, 'except'>): Promise<void> {
  await lockUser(tx, tenantId, userId);
  await addRevocations(tx, tenantId, 'access', [userId]);
}

/**
 * Whoever opens or continues a sign-in, and whoever ends them all, holds this lock until the commit, and takes it before
 * any other: so each sign-in is either seen by the one who ends all, or sees what they changed. Answers the database's time
 * under the lock, in whole milliseconds: what an access token says is true as of then. Undefined when there is no such user.
 */
export async function lockUser(tx: Tx, tenantId: string, userId: string): Promise<Date | undefined> {
  // In two steps within one statement: the clock is looked at when the lock is held.
  const [row] = await tx.$queryRaw<{ now: Date }[]>`
    with locked as materialized (
      select id from app_user where tenant_id = ${tenantId}::uuid and id = ${userId}::uuid for no key update
    )
    select date_trunc('milliseconds', clock_timestamp()) as now from locked`;
  return row?.now;
}

async function isKnown(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  return (await tx.session.count({ where: { tenantId, id } })) > 0;
}

/** The millisecond that is not over yet counts as before: who signs in again in it is asked once more. */
async function addRevocations(
  tx: Tx,
  tenantId: string,
  kind: RevocationKind,
  subjectIds: readonly string[],
  tokensEnd: Date | null = null,
): Promise<void> {
  if (subjectIds.length === 0) return;
  const ids = subjectIds.map(newId);
  const rows = await tx.$queryRaw<{ subjectId: string; at: Date; until: Date }[]>`
    insert into revocation (id, tenant_id, kind, subject_id, at, until)
    select one.id, ${tenantId}::uuid, ${kind}::revocation_kind, one.subject_id, present.at,
           greatest(present.at + make_interval(secs => ${accessSeconds}), ${tokensEnd}::timestamptz)
             + make_interval(secs => ${slackSeconds})
      from unnest(${ids}::uuid[], ${[...subjectIds]}::uuid[]) as one (id, subject_id),
           (select date_trunc('milliseconds', clock_timestamp()) + interval '1 ms' as at) as present
    returning subject_id as "subjectId", at, until`;
  for (const { subjectId, at, until } of rows) {
    const fact: RevocationFact = { tenantId, kind, subjectId, atMs: at.getTime(), untilMs: until.getTime() };
    signal(tx, revocationChannel, fact);
  }
}

/** For clocks that differ between nodes. */
const slackSeconds = 60;
