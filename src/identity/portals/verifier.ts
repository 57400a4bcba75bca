/** Takes access tokens of portals that the configuration trusts, beside our own. */
import { createHash } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Actor, Role } from '../../platform/actor.ts';
import { openAudit } from '../../platform/db/audit.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { VerifyAccess } from '../../platform/http/authenticate.ts';
import type { Logger } from '../../platform/logger.ts';
import type { TrustedIssuer } from '../../platform/trusted-issuers.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import type { Me } from '../auth/schema.ts';
import { longestToken } from '../auth/tokens.ts';
import { findTenant } from '../tenants/find-tenant.ts';
import { toActor } from '../users/actor.ts';
import { profileOf, subjectOf } from './claims.ts';
import { portalKeys } from './keys.ts';
import { type ExternalRef, findLinked, notLinked, provision } from './user.ts';

export interface PortalDeps extends Pick<IdentityDeps, 'database' | 'passwords' | 'patients'> {
  issuers: readonly TrustedIssuer[];
  logger: Logger;
}

interface Portal extends TrustedIssuer {
  key: JWTVerifyGetKey;
}

/** Signatures of key pairs alone: a portal shares no secret with us. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Clocks of two houses differ a little. */
const toleranceSeconds = 30;
/** What an access token calls itself; anything else that a portal signs (a logout, an event) is none. */
const types: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/**
 * Whose tokens `own` does not know go to it all the same: it refuses them. Throws UNAUTHENTICATED for a bad token, FORBIDDEN
 * for a good one of somebody who is not linked, UNAVAILABLE while the portal's keys cannot be had.
 */
export function acceptingPortals(own: VerifyAccess, deps: PortalDeps): VerifyAccess {
  if (deps.issuers.length === 0) return own;
  const portals: Portal[] = deps.issuers.map((issuer) => ({ ...issuer, key: portalKeys(issuer.jwksUri) }));
  return async (token) => {
    const portal = token.length > longestToken ? undefined : findPortal(portals, token);
    return portal ? verify(portal, token, deps) : own(token);
  };
}

/** By what the token says of itself, which is believed once its signature is verified. */
function findPortal(portals: readonly Portal[], token: string): Portal | undefined {
  try {
    const { iss, aud } = decodeJwt(token);
    const audiences = [aud].flat();
    const [portal, another] = portals.filter(({ issuer, audience }) => issuer === iss && audiences.includes(audience));
    return another ? undefined : portal;
  } catch {
    return undefined;
  }
}

async function verify(portal: Portal, token: string, deps: PortalDeps): Promise<Actor> {
  const payload = await readToken(portal, token);
  const subject = subjectOf(payload, portal.userClaim);
  if (subject === undefined) throw refused();
  const tenantId = await findTenant(deps.database, portal.tenant);
  if (!tenantId) throw new AppError('UNAVAILABLE', 'The clinic of this sign-in service does not exist here.');
  const ref = { issuer: portal.issuer, subject };
  const linked = await findOrProvision(portal, deps, { tenantId, ref, payload });
  if (portal.roles && !hasOnly(portal.roles, linked.user)) throw notLinked();
  return toActor(linked.user, {
    sessionId: sessionIdOf(ref, payload),
    issuedAt: linked.asOf,
    expiresAt: new Date((payload.exp ?? 0) * 1_000),
  });
}

/** A role of the clinic's own is another role. */
function hasOnly(allowed: readonly Role[], { roles, clinicRoles }: Pick<Me, 'roles' | 'clinicRoles'>): boolean {
  return clinicRoles.length === 0 && roles.every((role) => allowed.includes(role));
}

async function readToken({ key, issuer, audience }: Portal, token: string): Promise<JWTPayload> {
  const options = { algorithms, issuer, audience, clockTolerance: toleranceSeconds, requiredClaims: ['exp'] };
  const { payload, protectedHeader } = await jwtVerify(token, key, options).catch(refuse);
  if (!types.includes(protectedHeader.typ?.toLowerCase())) throw refused();
  return payload;
}

interface Person {
  tenantId: string;
  ref: ExternalRef;
  payload: JWTPayload;
}

async function findOrProvision(portal: Portal, deps: PortalDeps, { tenantId, ref, payload }: Person) {
  const found = await findLinked(deps.database.tenant(tenantId), ref);
  if (found) return found;
  const profile = portal.provision ? profileOf(payload) : undefined;
  if (!profile) throw notLinked();
  await audited(deps, tenantId, (db) => provision(deps, db, ref, profile));
  const made = await findLinked(deps.database.tenant(tenantId), ref);
  if (!made) throw notLinked();
  return made;
}

/** An account that makes itself is told in the clinic's trail, whatever the request is about that brought it. */
async function audited(deps: PortalDeps, tenantId: string, work: (db: TenantDb) => Promise<void>): Promise<void> {
  const occasion = { action: 'account.provision', purpose: 'SYSADMIN', route: 'portal' } as const;
  const audit = openAudit(deps.database, { ...occasion, requestId: null, address: null, userAgent: null }, deps.logger);
  try {
    await work(audit.tenantDb(tenantId));
  } catch (error) {
    if (error instanceof AppError) await audit.failed(error);
    throw error;
  }
}

/**
 * The portal's own session where its token names one: the same for all tokens of one sign-in, and of nobody else. Else the token
 * is one by itself, so that signing out ends it and not the next one.
 */
function sessionIdOf({ issuer, subject }: ExternalRef, { sid, jti, iat, exp }: JWTPayload): string {
  const own = typeof sid === 'string' ? { sid } : { jti, iat, exp };
  const text = JSON.stringify([issuer, subject, own]);
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  // A UUID of version 8: made by a rule of our own (RFC 9562, section 5.8).
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function refuse(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  throw refused(cause);
}

function refused(cause?: unknown): AppError {
  const over = cause instanceof errors.JWTExpired;
  const words = over ? 'The access token has run out.' : 'The access token is not valid.';
  return new AppError('UNAUTHENTICATED', words, { cause });
}
