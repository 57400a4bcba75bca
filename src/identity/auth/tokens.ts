/** Access tokens: signed statements of who this is, good for half an hour (RFC 9068, RFC 7519). */
import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type Actor, type Role, roles } from '../../platform/actor.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';

export const accessSeconds = 30 * 60;

export interface TokenConfig {
  /** At least 32 bytes (RFC 7518, section 3.2). */
  secret: string;
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
}

export interface Tokens {
  readonly issueAccess: (subject: Subject) => Promise<{ token: string; expiresIn: number }>;
  /** Throws UNAUTHENTICATED unless we signed it, for this use, and it is not over. */
  readonly verifyAccess: (token: string) => Promise<Actor>;
}

const Claims = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  sid: z.uuid(),
  roles: z.array(z.enum(roles)),
  scope: z.string(),
  pid: z.uuid().nullish(),
  prid: z.uuid().nullish(),
  exp: z.number(),
});

export function createTokens({ secret, issuer, audience, clock = systemClock }: TokenConfig): Tokens {
  const key = new TextEncoder().encode(secret);
  if (key.byteLength < 32) throw new Error('The token secret must have at least 32 bytes.');
  return {
    async issueAccess(subject) {
      const now = Math.floor(clock.now().getTime() / 1_000);
      const claims = {
        tid: subject.tenantId,
        sid: subject.sessionId,
        roles: [...subject.roles],
        scope: subject.scopes.join(' '),
        ...(subject.patientId && { pid: subject.patientId }),
        ...(subject.practitionerId && { prid: subject.practitionerId }),
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setSubject(subject.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + accessSeconds)
        .sign(key);
      return { token, expiresIn: accessSeconds };
    },

    async verifyAccess(token) {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        typ: 'at+jwt',
        issuer,
        audience,
        currentDate: clock.now(),
        requiredClaims: ['sub', 'iss', 'aud', 'exp', 'nbf', 'jti'],
      }).catch(refuse);
      const claims = Claims.safeParse(payload);
      if (!claims.success) throw new AppError('UNAUTHENTICATED', 'The access token is not valid.');
      return toActor(claims.data);
    },
  };
}

function toActor(claims: z.infer<typeof Claims>): Actor {
  return {
    kind: 'person',
    userId: claims.sub,
    tenantId: claims.tid,
    sessionId: claims.sid,
    roles: claims.roles,
    scopes: new Set(claims.scope.split(' ').filter(Boolean)),
    patientId: claims.pid ?? null,
    practitionerId: claims.prid ?? null,
    expiresAt: new Date(claims.exp * 1_000),
  };
}

function refuse(cause: unknown): never {
  const over = cause instanceof errors.JWTExpired;
  throw new AppError('UNAUTHENTICATED', over ? 'The access token has run out.' : 'The access token is not valid.', {
    cause,
  });
}
