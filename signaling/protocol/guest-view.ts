/** What a guest is told of a meeting and its people: who they talk with, as the doctor chose to show them, and no more. */
import type { Meeting } from './meeting.ts';
import type { Participant } from './participant.ts';

/** Nothing of the record: no reason, no appointment, no waiting room; the patient's name only if the doctor shows it. */
export function meetingForGuest(meeting: Meeting, namesPatient: boolean): Meeting {
  const patientName = namesPatient ? meeting.patientName : '';
  return { ...meeting, patientName, reason: null, appointmentId: null, waitingSince: null };
}

export function participantForGuest<P extends Pick<Participant, 'role' | 'displayName'>>(
  person: P,
  namesPatient: boolean,
): P {
  return person.role === 'patient' && !namesPatient ? { ...person, displayName: '' } : person;
}
