/** Which appointments stand in the list of visits beside the meetings. Pure. */
import type { Appointment } from '../../../../src/scheduling/appointments/schema.ts';

export interface OwnAppointments {
  /** Times that the waiting list holds for them, the soonest to run out first. */
  offers: Appointment[];
  /** At the clinic, by time. */
  coming: Appointment[];
  /** At the clinic and over, the latest first. */
  earlier: Appointment[];
  /** Of video visits, by their meeting. */
  byMeeting: ReadonlyMap<string, Appointment>;
}

const isOpen = ({ status }: Appointment) => status === 'booked' || status === 'arrived';
const time = ({ startsAt }: Appointment) => Date.parse(startsAt);

export function sortOut(appointments: readonly Appointment[], now: number): OwnAppointments {
  const isHeld = ({ status, holdUntil }: Appointment) =>
    status === 'pending' && holdUntil !== null && now < Date.parse(holdUntil);
  const onSite = appointments.filter(({ modality, status }) => modality === 'in_person' && status !== 'pending');
  return {
    offers: appointments.filter(isHeld).toSorted((a, b) => time(a) - time(b)),
    coming: onSite.filter(isOpen).toSorted((a, b) => time(a) - time(b)),
    // An offer that nobody took was never a visit.
    earlier: onSite
      .filter((one) => !isOpen(one) && !(one.waitlistEntryId !== null && one.cancelledBy === 'clock'))
      .toSorted((a, b) => time(b) - time(a)),
    byMeeting: new Map(appointments.flatMap((one) => (one.meetingId === null ? [] : [[one.meetingId, one]]))),
  };
}
