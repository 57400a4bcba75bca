/** What the participants of one meeting did, and what may therefore have become of it. Pure. */
import type { EndReason, MeetingStatus } from '../../signaling/protocol/index.ts';

/** Whether something was asked for, and whether the answer came: what is only asked may have been done or not. */
export type Asked = 'no' | 'asked' | 'answered';

export interface Deeds {
  started: Asked;
  ended: Asked;
  endedByStaff: Asked;
  cancelled: Asked;
  /** How they were gone by their own will: not at all, for a moment, or for good. */
  doctorGone: 'never' | 'moment' | 'good';
  patientGone: 'never' | 'moment' | 'long' | 'good';
  /** Why it ended, as an answer or a fact said to one of them. */
  told: EndReason | undefined;
}

export const noDeeds = (): Deeds => ({
  started: 'no',
  ended: 'no',
  endedByStaff: 'no',
  cancelled: 'no',
  doctorGone: 'never',
  patientGone: 'never',
  told: undefined,
});

/** A status that goes on, or why it does not. */
export type Fate = Extract<MeetingStatus, 'scheduled' | 'active'> | EndReason;

/** What the meeting may be once everything is settled. */
export function fatesOf(deeds: Deeds, graceSeconds: number): Set<Fate> {
  const fates = new Set<Fate>();
  const { started, ended, endedByStaff, cancelled, doctorGone, patientGone } = deeds;
  if (cancelled !== 'no') fates.add('cancelled');
  if (cancelled !== 'answered' && started !== 'answered') fates.add('scheduled');
  if (started === 'no') return fates;
  if (ended !== 'no') fates.add('doctor_ended');
  if (endedByStaff !== 'no') fates.add('admin_ended');
  // Without grace a doctor who is seen to be gone ends it; one who is back before that does not.
  if (doctorGone === 'good' || (doctorGone === 'moment' && graceSeconds === 0)) fates.add('doctor_disconnected');
  if (patientGone === 'good' || patientGone === 'long') fates.add('patient_timeout');
  const isConcluded =
    ended === 'answered' || endedByStaff === 'answered' || doctorGone === 'good' || patientGone === 'good';
  if (!isConcluded) fates.add('active');
  return fates;
}
