/** Who may do what with an appointment. Pure; scopes are checked at the door, before this. */
import type { Actor } from '../../platform/actor.ts';
import type { Mover } from './model.ts';

/** Whose appointment it is. */
export interface Assignment {
  practitionerId: string;
  patientId: string;
}

/** Staff and admins see all appointments of the clinic. */
export function seesAll(actor: Actor): boolean {
  return actor.scopes.has('appointments:read-all');
}

export function mayRead(actor: Actor, appointment: Assignment): boolean {
  return seesAll(actor) || isPractitioner(actor, appointment) || isPatient(actor, appointment);
}

/** As whom the actor books, moves and cancels: the desk anybody's, a doctor and a patient their own. Null when not at all. */
export function actsAs(actor: Actor, appointment: Assignment): Mover | null {
  if (actor.scopes.has('appointments:manage')) return deskRole(actor);
  if (isPractitioner(actor, appointment)) return 'doctor';
  return isPatient(actor, appointment) ? 'patient' : null;
}

/** Whose wishes about letters somebody sees: a patient the own, the desk anybody's. */
export function knows(actor: Actor, patientId: string): boolean {
  return seesAll(actor) || (actor.patientId === patientId && actor.roles.includes('patient'));
}

/** Who sets them. */
export function actsFor(actor: Actor, patientId: string): boolean {
  return actsAs(actor, { patientId, practitionerId: '' }) !== null;
}

/** Who says that somebody came, was seen or was missing: never the patient alone. */
export function attendsAs(actor: Actor, appointment: Assignment): Mover | null {
  const role = actsAs(actor, appointment);
  return role === 'patient' ? null : role;
}

/** The desk alone books outside of hours. */
export function mayOverrideHours(role: Mover): boolean {
  return role === 'staff' || role === 'admin' || role === 'service';
}

function isPractitioner(actor: Actor, { practitionerId }: Assignment): boolean {
  return actor.practitionerId === practitionerId && actor.roles.includes('doctor');
}

function isPatient(actor: Actor, { patientId }: Assignment): boolean {
  return actor.patientId === patientId && actor.roles.includes('patient');
}

/** A clinic's own roles that manage appointments are of the desk too. */
function deskRole(actor: Actor): Mover {
  if (actor.kind === 'service') return 'service';
  return actor.roles.includes('admin') ? 'admin' : 'staff';
}
