/** Who may do what with a file. Pure; scopes are checked at the door, before this. */
import type { Actor, Role } from '../../platform/actor.ts';

/** Which files somebody reaches: all of the clinic, or those of which any of these is true. */
export interface Reach {
  all: boolean;
  /** Of this patient: the owner. */
  patientId: string | null;
  /** Of patients with whom this practitioner has an appointment or a meeting that was not called off. */
  treatedBy: string | null;
  /** That they uploaded, as the lab that made it. */
  uploadedById: string;
}

export function reachOf(actor: Actor): Reach {
  return {
    all: actor.scopes.has('uploads:read-all'),
    patientId: actor.roles.includes('patient') ? actor.patientId : null,
    treatedBy: actor.roles.includes('doctor') ? actor.practitionerId : null,
    uploadedById: actor.userId,
  };
}

/** Whether they may add to this patient's files: own, of whom they treat, and a lab and the desk to anybody's. */
export function mayAddFor(actor: Actor, patientId: string, treats: boolean): boolean {
  if (actor.scopes.has('uploads:manage') || actor.roles.includes('lab')) return true;
  if (actor.roles.includes('patient') && actor.patientId === patientId) return true;
  return actor.roles.includes('doctor') && treats;
}

/** Whoever brought it takes it away again; the desk takes anything away. */
export function mayDelete(actor: Actor, upload: { uploadedById: string }): boolean {
  return actor.scopes.has('uploads:manage') || actor.userId === upload.uploadedById;
}

/** Who has opened it is told to whom it is about, who brought it, and the desk. */
export function mayReadHistory(actor: Actor, upload: { uploadedById: string; patientId: string }): boolean {
  if (actor.scopes.has('uploads:read-all') || actor.userId === upload.uploadedById) return true;
  return actor.roles.includes('patient') && actor.patientId === upload.patientId;
}

/** A patient and their doctor lay the patient's files on the table of their own consultation. */
export function mayShare(actor: Actor, meeting: { doctorId: string; patientId: string }): boolean {
  if (actor.roles.includes('doctor') && actor.practitionerId === meeting.doctorId) return true;
  return actor.roles.includes('patient') && actor.patientId === meeting.patientId;
}

/** As whom somebody with several roles uploads: for another as who works here, for oneself as the patient. */
export function uploadsAs(actor: Actor, patientId: string): Role | 'service' {
  if (actor.kind === 'service') return 'service';
  if (actor.patientId === patientId && actor.roles.includes('patient')) return 'patient';
  const working: readonly Role[] = ['lab', 'doctor', 'admin', 'staff'];
  return working.find((role) => actor.roles.includes(role)) ?? 'staff';
}
