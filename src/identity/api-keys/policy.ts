/** What a service may be allowed. Pure. */
import type { Actor } from '../../platform/actor.ts';
import { personalScopes } from '../auth/scopes.ts';

/** With these a key could outlive itself, or let people in: that stays with people. */
const peoplesAlone: ReadonlySet<string> = new Set(['api-keys:write', 'users:write', 'roles:write']);

/** A service has no account and no record of its own, and lets nobody in. */
export function isForServices(scope: string): boolean {
  return !personalScopes.has(scope) && !peoplesAlone.has(scope);
}

/** What of these the actor may not give a key: it gets no more than its maker has. */
export function notForKey(actor: Pick<Actor, 'scopes'>, scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !actor.scopes.has(scope) || !isForServices(scope));
}
