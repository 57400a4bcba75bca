/** Who may hand which rights on: nobody more than they have. Pure. */
import type { Actor, Role } from '../../platform/actor.ts';
import { personalScopes, scopesOf } from '../auth/scopes.ts';

/** Roles as they are about to be given, or as somebody has them. */
export interface Grant {
  roles: readonly Role[];
  /** Of the clinic's own roles. */
  scopes: readonly string[];
}

/** What of these the actor may not hand on. Scopes that reach only their holder's own record are anybody's to give. */
export function beyond(actor: Pick<Actor, 'scopes'>, scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !actor.scopes.has(scope) && !personalScopes.has(scope));
}

/**
 * Whether the actor may give these roles, or decide over somebody who has them: else the front desk could set an
 * administrator's password.
 */
export function mayGrant(actor: Pick<Actor, 'scopes'>, { roles, scopes }: Grant): boolean {
  return beyond(actor, scopesOf(roles, scopes)).length === 0;
}
