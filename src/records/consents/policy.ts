/** Whose consents somebody may know and keep. Pure; scopes are checked at the door, before this. */
import type { Actor } from '../../platform/actor.ts';

/** Patients their own; everybody else's is for those who see patients at all. */
export function knowsConsentsOf(actor: Actor, patientId: string): boolean {
  return ownsConsents(actor, patientId) || actor.scopes.has('patients:read');
}

function ownsConsents(actor: Actor, patientId: string): boolean {
  return actor.roles.includes('patient') && actor.patientId === patientId;
}
