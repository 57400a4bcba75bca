/** Reads who asks: the `Authorization` header (RFC 6750, section 2.1), or a service's `X-API-Key`. */
import type { Request } from 'express';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { isLocalRequest } from './local-request.ts';

/** Tells whose access token this is. Throws UNAUTHENTICATED when it is not one of ours, or no longer. */
export type VerifyAccess = (token: string) => Promise<Actor>;

export interface Credentials {
  verifyAccess: VerifyAccess;
  /** Tells whose API key this is. Throws UNAUTHENTICATED likewise. */
  verifyKey: VerifyAccess;
  /** Takes a name for an identity, from this machine alone; only while developing. */
  bypass?: VerifyAccess | undefined;
}

const keyStart = 'hck_';

/** The actor of a request; null when it carries no credentials at all. Two at once are refused: which counts would be a guess. */
export async function authenticate(
  req: Request,
  { verifyAccess, verifyKey, bypass }: Credentials,
): Promise<Actor | null> {
  const header = req.get('authorization');
  const key = req.get('x-api-key');
  if (key !== undefined) {
    if (header !== undefined)
      throw new AppError('UNAUTHENTICATED', 'Send either Authorization or X-API-Key, not both.');
    return verifyKey(key);
  }
  if (header === undefined) return null;
  const name = bypass && /^Bypass +(\S+) *$/i.exec(header)?.[1];
  if (name !== undefined && isLocalRequest(req)) return bypass?.(name) ?? null;
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
  if (token === undefined)
    throw new AppError('UNAUTHENTICATED', 'The Authorization header must be "Bearer <access token>".');
  return token.startsWith(keyStart) ? verifyKey(token) : verifyAccess(token);
}

/** Throws FORBIDDEN unless the actor has every scope, MFA_ENROLMENT_REQUIRED when a second factor might give them more. */
export function requireScopes(actor: Actor, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) => !actor.scopes.has(scope));
  if (missing.length > 0 && actor.mustEnrol) throw new AppError('MFA_ENROLMENT_REQUIRED');
  if (missing.length > 0) throw new AppError('FORBIDDEN', `This needs the scope ${missing.join(', ')}.`);
}
