/** One step of a stored appointment: pure, so that whoever holds the row's lock may take it. */
import { transition } from 'xstate';
import { appointmentMachine } from './machine.ts';
import type { AppointmentEvent, StoredAppointment } from './model.ts';

export type Step =
  /** `changed` is false for what has been done already, or comes too late to matter: `stored` is then what came in. */
  { accepted: true; changed: boolean; stored: StoredAppointment } | { accepted: false; why: string };

/** Takes `event`, or says why not in words for people. Nothing is read but the arguments and nothing is written. */
export function step(stored: StoredAppointment, event: AppointmentEvent): Step {
  const before = appointmentMachine.resolveState({ value: stored.status, context: stored.context });
  if (!before.can(event)) return untaken(stored, event);
  const [after] = transition(appointmentMachine, before, event);
  return { accepted: true, changed: true, stored: { status: after.value, context: after.context } };
}

const over = {
  fulfilled: 'This appointment has taken place.',
  cancelled: 'This appointment was cancelled.',
  noshow: 'This appointment was closed because somebody was missing.',
} as const;

/** The state in which an event would leave an appointment: there it is no error, and nothing changes. */
const leadsTo: Partial<Record<AppointmentEvent['type'], StoredAppointment['status']>> = {
  accept: 'booked',
  arrive: 'arrived',
};

function untaken(stored: StoredAppointment, event: AppointmentEvent): Step {
  const { status, context } = stored;
  // The clock comes again, and finds it done.
  if (event.type === 'expire' || leadsTo[event.type] === status) return { accepted: true, changed: false, stored };
  if (status === 'fulfilled' || status === 'cancelled' || status === 'noshow') return refuse(over[status]);
  if (status === 'pending') return refuse(whyPending(event));
  if (event.type === 'accept' || event.type === 'decline') return refuse('This appointment is no offer.');
  if (event.type === 'reschedule') {
    if (status === 'booked' && event.startsAt === context.startsAt) return { accepted: true, changed: false, stored };
    if (status === 'arrived') return refuse('The patient has arrived.');
    return refuse('It is too late to move it here. Call the clinic.');
  }
  if (event.type === 'arrive' || event.type === 'fulfil') return refuse('It is too early for this.');
  if (event.type === 'no_show') {
    return refuse(status === 'arrived' && event.side !== 'doctor' ? 'The patient has arrived.' : 'It has not begun.');
  }
  return refuse(status === 'arrived' ? 'The patient has arrived.' : 'It has begun. Call the clinic.');
}

function whyPending(event: AppointmentEvent): string {
  return event.type === 'accept' ? 'The offer has run out.' : 'It is only offered. Accept the offer first.';
}

function refuse(why: string): Step {
  return { accepted: false, why };
}
