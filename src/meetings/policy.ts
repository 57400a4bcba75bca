/** Who may do what with a meeting. Pure; scopes are checked at the door, before this. */
import type { ParticipantRole } from '../../signaling/protocol/index.ts';
import type { Actor } from '../platform/actor.ts';
import type { Canceller, Ender } from './model.ts';

/** Whose meeting it is. */
export interface Assignment {
  doctorId: string;
  patientId: string;
}

/** Which seat of this meeting is the actor's own; null when none. */
export function seatOf(actor: Actor, meeting: Assignment): ParticipantRole | null {
  if (actor.practitionerId === meeting.doctorId && actor.roles.includes('doctor')) return 'doctor';
  if (actor.patientId === meeting.patientId && actor.roles.includes('patient')) return 'patient';
  return null;
}

/** Whether the visit is the actor's own as its patient, whatever else they are here. */
export function isPatientOf(actor: Actor, meeting: Assignment): boolean {
  return actor.roles.includes('patient') && actor.patientId === meeting.patientId;
}

/** Staff and admins see all meetings of the clinic. */
export function seesAll(actor: Actor): boolean {
  return actor.scopes.has('meetings:read-all');
}

export function mayRead(actor: Actor, meeting: Assignment): boolean {
  return seesAll(actor) || seatOf(actor, meeting) !== null;
}

/** As what the actor works at the front desk; null when they do not. */
export function deskRole(actor: Actor): 'admin' | 'staff' | null {
  if (actor.roles.includes('admin')) return 'admin';
  return actor.roles.includes('staff') ? 'staff' : null;
}

/** As whom the actor may end it: its doctor, staff or an admin; never the patient. */
export function endsAs(actor: Actor, meeting: Assignment): Ender | null {
  return seatOf(actor, meeting) === 'doctor' ? 'doctor' : deskRole(actor);
}

/** As whom the actor may cancel it: either of the two, staff or an admin. */
export function cancelsAs(actor: Actor, meeting: Assignment): Canceller | null {
  return seatOf(actor, meeting) ?? deskRole(actor);
}

/** A doctor schedules their own meetings, staff and admins anybody's. */
export function maySchedule(actor: Actor, meeting: Assignment): boolean {
  return seatOf(actor, meeting) === 'doctor' || deskRole(actor) !== null;
}
