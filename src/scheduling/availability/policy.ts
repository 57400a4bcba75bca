/** Who keeps whose hours. Pure. */
import type { Actor } from '../../platform/actor.ts';

type Asker = Pick<Actor, 'scopes' | 'practitionerId'>;

/** Staff keep everybody's. */
export function keepsAllHours(actor: Asker): boolean {
  return actor.scopes.has('availability:write-all');
}

/** `practitionerId` null: the hours of a place or of the whole clinic, which are the staff's. */
export function mayKeepHours(actor: Asker, practitionerId: string | null): boolean {
  if (keepsAllHours(actor)) return true;
  return actor.scopes.has('availability:write') && practitionerId !== null && actor.practitionerId === practitionerId;
}

/** Why somebody is away is their own and the staff's business; that a place is closed is everybody's who works there. */
export function maySeeException(actor: Asker, practitionerId: string | null): boolean {
  return keepsAllHours(actor) || practitionerId === null || actor.practitionerId === practitionerId;
}
