/** Reads the `Authorization` header (RFC 6750, section 2.1). */
import type { Request } from 'express';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';

/** Tells whose access token this is. Throws UNAUTHENTICATED when it is not one of ours, or no longer. */
export type VerifyAccess = (token: string) => Promise<Actor>;

/** The actor of a request; null when it carries no credentials at all. */
export async function authenticate(req: Request, verify: VerifyAccess): Promise<Actor | null> {
  const header = req.get('authorization');
  if (header === undefined) return null;
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
  if (token === undefined)
    throw new AppError('UNAUTHENTICATED', 'The Authorization header must be "Bearer <access token>".');
  return verify(token);
}

/** Throws FORBIDDEN unless the actor has every scope, MFA_ENROLMENT_REQUIRED when a second factor might give them more. */
export function requireScopes(actor: Actor, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) => !actor.scopes.has(scope));
  if (missing.length > 0 && actor.mustEnrol) throw new AppError('MFA_ENROLMENT_REQUIRED');
  if (missing.length > 0) throw new AppError('FORBIDDEN', `This needs the scope ${missing.join(', ')}.`);
}
