/** As whom somebody talks with the assistant: the one of their roles that may hear most. Pure. */
import type { Actor } from '../../platform/actor.ts';
import type { Audience } from '../guardrails/index.ts';

export function audienceOf({ roles }: Pick<Actor, 'roles'>): Audience {
  if (roles.includes('doctor')) return 'doctor';
  if (roles.includes('staff') || roles.includes('admin')) return 'staff';
  if (roles.includes('lab')) return 'lab';
  return 'patient';
}
