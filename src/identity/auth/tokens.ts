/** Access tokens: signed statements of who this is, good for half an hour (RFC 9068, RFC 7519). */
import { randomUUID } from 'node:crypto';
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type Actor, type Role, roles } from '../../platform/actor.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { createTokenKeys, type TokenKeySettings, type TokenKeys } from './token-keys.ts';

export const accessSeconds = 30 * 60;

export interface TokenConfig extends TokenKeySettings {
  issuer: string;
  audience: string;
  clock?: Clock;
}

/** Whom a token is issued to. */
export interface Subject {
  userId: string;
  tenantId: string;
  roles: readonly Role[];
  scopes: readonly string[];
  patientId: string | null;
  practitionerId: string | null;
  /** The sign-in. */
  sessionId: string;
  /** When the rest of this was read, by the database's clock; the moment of issue unless given. */
  asOf?: Date;
  /** The scopes are cut down until a second factor is set up. */
  mustEnrol?: boolean;
  /** The meeting whose guest it is: the token is then good for the socket of that meeting alone. */
  guestOf?: string;
  /** How long it is good, at most `accessSeconds`; that long unless given. */
  lifeSeconds?: number;
}

export interface Tokens {
  readonly issueAccess: (subject: Subject) => Promise<{ token: string; expiresIn: number }>;
  /** Throws UNAUTHENTICATED unless we signed it, for this use, and it is not over. */
  readonly verifyAccess: (token: string) => Promise<Actor>;
  /** What others need to verify our tokens. */
  readonly jwks: TokenKeys['jwks'];
}

/** Two nodes, or a node and a portal, never have quite the same time: what one issues is good at the other at once. */
const leewaySeconds = 10;
/** No token of ours comes near it; whatever is longer is not even looked at. */
export const longestToken = 8_192;
/** Three parts in base64url without padding (RFC 7515, sections 2 and 7.1); a decoder might take more. */
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const Claims = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  sid: z.uuid(),
  roles: z.array(z.enum(roles)),
  scope: z.string(),
  pid: z.uuid().nullish(),
  prid: z.uuid().nullish(),
  enrol: z.literal(true).optional(),
  gst: z.uuid().optional(),
  iat: z.number(),
  exp: z.number(),
});

export function createTokens({ issuer, audience, clock = systemClock, ...settings }: TokenConfig): Tokens {
  const keys = createTokenKeys(settings);
  const { signing } = keys;
  return {
    jwks: keys.jwks,
    async issueAccess(subject) {
      const now = Math.floor(clock.now().getTime() / 1_000);
      const seconds = Math.min(subject.lifeSeconds ?? accessSeconds, accessSeconds);
      const token = await new SignJWT(claimsOf(subject))
        .setProtectedHeader({ alg: signing.alg, typ: 'at+jwt', ...(signing.kid !== undefined && { kid: signing.kid }) })
        .setSubject(subject.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setJti(randomUUID())
        // With its fraction (RFC 7519, section 2): what was revoked in the same second came before or after.
        .setIssuedAt((subject.asOf ?? clock.now()).getTime() / 1_000)
        .setNotBefore(now - leewaySeconds)
        .setExpirationTime(now + seconds)
        .sign(signing.sign);
      return { token, expiresIn: seconds };
    },

    async verifyAccess(token) {
      if (token.length > longestToken || !compactForm.test(token)) return refuse();
      const { payload } = await jwtVerify(token, (header) => keyFor(keys, header), {
        algorithms: [...keys.algorithms],
        typ: 'at+jwt',
        issuer,
        audience,
        currentDate: clock.now(),
        requiredClaims: ['sub', 'iss', 'aud', 'exp', 'nbf', 'jti'],
      }).catch(refuse);
      const claims = Claims.safeParse(payload);
      if (!claims.success) return refuse();
      return toActor(claims.data);
    },
  };
}

/** Never one that the token brings along or points to (`jwk`, `jku`, `x5c`, `x5u`): those fields are not read. */
function keyFor(keys: TokenKeys, header: JWTHeaderParameters) {
  return keys.find(header) ?? refuse();
}

function claimsOf(subject: Subject) {
  return {
    tid: subject.tenantId,
    sid: subject.sessionId,
    roles: [...subject.roles],
    scope: subject.scopes.join(' '),
    ...(subject.patientId && { pid: subject.patientId }),
    ...(subject.practitionerId && { prid: subject.practitionerId }),
    ...(subject.mustEnrol && { enrol: true }),
    ...(subject.guestOf !== undefined && { gst: subject.guestOf }),
  };
}

function toActor(claims: z.infer<typeof Claims>): Actor {
  return {
    kind: claims.gst === undefined ? 'person' : 'guest',
    userId: claims.sub,
    tenantId: claims.tid,
    sessionId: claims.sid,
    roles: claims.roles,
    scopes: new Set(claims.scope.split(' ').filter(Boolean)),
    patientId: claims.pid ?? null,
    practitionerId: claims.prid ?? null,
    issuedAt: new Date(Math.round(claims.iat * 1_000)),
    expiresAt: new Date(claims.exp * 1_000),
    ...(claims.enrol && { mustEnrol: true }),
    ...(claims.gst !== undefined && { guestOf: claims.gst }),
  };
}

function refuse(cause?: unknown): never {
  const over = cause instanceof errors.JWTExpired;
  throw new AppError('UNAUTHENTICATED', over ? 'The access token has run out.' : 'The access token is not valid.', {
    cause,
  });
}
