/** What each role may ask for at all. Whether it may for this very thing is for the policies. */
import type { Role } from '../../platform/actor.ts';

const everyone = ['session:refresh', 'profile:read'] as const;

const scopesOfRole = {
  patient: [...everyone, 'meetings:read', 'meetings:join', 'meetings:cancel'],
  doctor: [
    ...everyone,
    'meetings:read',
    'meetings:join',
    'meetings:start',
    'meetings:create',
    'meetings:cancel',
    'meetings:end',
  ],
  lab: [...everyone],
  staff: [
    ...everyone,
    'meetings:read',
    'meetings:read-all',
    'meetings:create',
    'meetings:cancel',
    'meetings:end',
    'meetings:export',
  ],
  admin: [
    ...everyone,
    'meetings:read',
    'meetings:read-all',
    'meetings:create',
    'meetings:cancel',
    'meetings:end',
    'meetings:export',
    'tenant:read',
    'tenant:write',
  ],
} as const satisfies Record<Role, readonly string[]>;

/** Sorted, each once. */
export function scopesOf(roles: readonly Role[]): string[] {
  return [...new Set<string>(roles.flatMap((role) => scopesOfRole[role]))].toSorted();
}
