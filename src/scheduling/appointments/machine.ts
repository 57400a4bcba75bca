/**
 * What an appointment does, as a state chart. It is never run as an actor: step.ts takes one transition at a time over the
 * stored row. Time and the clinic's rules come in with the events.
 */
import { assign, setup } from 'xstate';
import type { AppointmentContext, AppointmentEvent } from './model.ts';
import { hasBegun, isDay, isFree, isHeld } from './windows.ts';

const appointment = setup({
  types: { context: {} as AppointmentContext, input: {} as AppointmentContext, events: {} as AppointmentEvent },
  guards: {
    isHeld: ({ context, event }) => isHeld(context, event.at),
    isRunOut: ({ context, event }) => !isHeld(context, event.at),
    mayCancel: ({ context, event }) =>
      event.type === 'cancel' && (event.by !== 'patient' || !hasBegun(context, event.at)),
    isNotThePatient: ({ event }) => event.type === 'cancel' && event.by !== 'patient',
    mayMove: ({ context, event }) =>
      event.type === 'reschedule' &&
      event.startsAt !== context.startsAt &&
      (event.by !== 'patient' || isFree(context, event.at, event.freeHours)),
    isDay: ({ context, event }) => isDay(context, event.at),
    hasBegun: ({ context, event }) => hasBegun(context, event.at),
    isDoctorsFault: ({ context, event }) =>
      event.type === 'no_show' && event.side === 'doctor' && hasBegun(context, event.at),
  },
  actions: {
    letGo: assign({ holdUntil: null }),
    move: assign(({ context, event }) =>
      event.type === 'reschedule'
        ? { startsAt: event.startsAt, endsAt: event.endsAt, sequence: context.sequence + 1 }
        : {},
    ),
    callOff: assign(({ context, event }) => {
      const sequence = context.sequence + 1;
      if (event.type === 'cancel') {
        const late = event.by === 'patient' && !isFree(context, event.at, event.freeHours);
        return { cancelledBy: event.by, cancelCode: event.code, cancelledLate: late, holdUntil: null, sequence };
      }
      if (event.type === 'decline') return { cancelledBy: event.by, cancelCode: 'pat', holdUntil: null };
      return { cancelledBy: 'clock' as const, cancelCode: 'other' as const, holdUntil: null };
    }),
    missed: assign(({ event }) => (event.type === 'no_show' ? { noShowSide: event.side } : {})),
  },
});

const pending = appointment.createStateConfig({
  on: {
    accept: { guard: 'isHeld', target: 'booked', actions: 'letGo' },
    decline: { target: 'cancelled', actions: 'callOff' },
    expire: { guard: 'isRunOut', target: 'cancelled', actions: 'callOff' },
    cancel: { target: 'cancelled', actions: 'callOff' },
  },
});

const booked = appointment.createStateConfig({
  on: {
    reschedule: { guard: 'mayMove', actions: 'move' },
    cancel: { guard: 'mayCancel', target: 'cancelled', actions: 'callOff' },
    arrive: { guard: 'isDay', target: 'arrived' },
    fulfil: { guard: 'isDay', target: 'fulfilled' },
    no_show: { guard: 'hasBegun', target: 'noshow', actions: 'missed' },
  },
});

/** Whoever has come was there: only the doctor can be missed now, and the patient no longer calls it off alone. */
const arrived = appointment.createStateConfig({
  on: {
    cancel: { guard: 'isNotThePatient', target: 'cancelled', actions: 'callOff' },
    fulfil: { target: 'fulfilled' },
    no_show: { guard: 'isDoctorsFault', target: 'noshow', actions: 'missed' },
  },
});

export const appointmentMachine = appointment.createMachine({
  id: 'appointment',
  context: ({ input }) => input,
  initial: 'booked',
  states: {
    pending,
    booked,
    arrived,
    fulfilled: { type: 'final' },
    cancelled: { type: 'final' },
    noshow: { type: 'final' },
  },
});
