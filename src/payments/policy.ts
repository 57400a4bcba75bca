/** Who may do what with a payment. Pure; scopes are checked at the door, before this. */
import type { Actor } from '../platform/actor.ts';

/** Staff and admins see all payments of the clinic. */
export function seesAll(actor: Actor): boolean {
  return actor.scopes.has('payments:read-all');
}

/** A patient the own, the desk anybody's. */
export function mayRead(actor: Actor, { patientId }: { patientId: string }): boolean {
  return seesAll(actor) || isPatient(actor, patientId);
}

/** The desk may pay for somebody who is standing there. */
export function mayPay(actor: Actor, whose: { patientId: string }): boolean {
  return mayRead(actor, whose);
}

function isPatient(actor: Actor, patientId: string): boolean {
  return actor.patientId === patientId && actor.roles.includes('patient');
}
