/** Who may do what with a clinical document. Pure; scopes are checked at the door, before this. */
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { Audience, DocumentKind, Tone } from './schema.ts';

/** Which documents somebody reaches: all of the clinic, or those of which any of these is true. */
export interface Reach {
  /** In any state. */
  all: boolean;
  /**
   * Confirmed ones of patients with whom this practitioner has an appointment or a meeting that was not called off. Drafts
   * only where they have written them, or the visit was theirs.
   */
  treatedBy: string | null;
  /** Whose account it is: a version of theirs is their draft. */
  writtenBy: string | null;
  /** Confirmed ones for the patient: whose they are. */
  patientId: string | null;
  /** Confirmed ones for insurers: the desk sends them. */
  insurers: boolean;
}

export function reachOf(actor: Actor): Reach {
  const isStaff = actor.roles.includes('staff') || actor.roles.includes('admin');
  return {
    all: actor.scopes.has('documents:read-all'),
    treatedBy: actor.roles.includes('doctor') ? actor.practitionerId : null,
    writtenBy: actor.roles.includes('doctor') ? actor.userId : null,
    patientId: actor.roles.includes('patient') ? actor.patientId : null,
    insurers: isStaff,
  };
}

/** The practitioner as whom somebody writes. Throws FORBIDDEN for who is none. */
export function writerOf(actor: Actor): string {
  if (actor.kind === 'person' && actor.roles.includes('doctor') && actor.practitionerId !== null)
    return actor.practitionerId;
  throw new AppError('FORBIDDEN', 'Only a clinician writes and confirms documents.');
}

/** Of a visit its own doctor answers, of anything else whoever treats the patient. */
export function mayAnswerFor(
  actor: Actor,
  { doctorId, treats }: { doctorId: string | null; treats: boolean },
): boolean {
  if (actor.kind !== 'person' || !actor.roles.includes('doctor') || actor.practitionerId === null) return false;
  return doctorId === null ? treats : doctorId === actor.practitionerId;
}

const usualAudience: Record<DocumentKind, Audience> = {
  treatment_summary: 'patient',
  insurance_summary: 'insurer',
  progress_note: 'clinician',
};
const usualTone: Record<Audience, Tone> = { patient: 'plain', clinician: 'formal', insurer: 'formal' };

export function mannerOf(
  kind: DocumentKind,
  { audience = usualAudience[kind], tone = usualTone[audience] }: { audience?: Audience; tone?: Tone },
): { audience: Audience; tone: Tone } {
  return { audience, tone };
}
