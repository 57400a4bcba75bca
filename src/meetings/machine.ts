/**
 * What a meeting does, as a state chart. It is never run as an actor: step.ts takes one transition at a time over the
 * stored snapshot. Time, settings and numbers come in with the events; what is to be told goes out as `tell` actions.
 */
import { assign, setup } from 'xstate';
import type { RoomEffect } from '../../signaling/meeting-gate.ts';
import type { EndReason, ParticipantRole } from '../../signaling/protocol/index.ts';
import type { Canceller, EventOf, MeetingContext, MeetingEvent, Seat } from './model.ts';
import { endOfAbsence, endsAtOnce, isDue, longestUntil, mayStartFrom, noShowAt } from './windows.ts';

const untaken: Seat = { seat: 0, absence: 0, nodeId: null, deadline: null, cause: null };
const nobody = { nodeId: null, deadline: null, cause: null };

function withSeat(
  { seats }: MeetingContext,
  role: ParticipantRole,
  change: Partial<Seat>,
): Pick<MeetingContext, 'seats'> {
  return { seats: { ...seats, [role]: { ...seats[role], ...change } } };
}

const meeting = setup({
  types: {
    context: {} as MeetingContext,
    // Undefined only inside xstate's transition(), which builds a first snapshot to throw it away.
    input: {} as { scheduledAt: string } | undefined,
    events: {} as MeetingEvent,
  },
  guards: {
    isTime: ({ context, event }) =>
      event.type === 'start' && event.at >= mayStartFrom(context.scheduledAt, event.clinic),
    isNoShow: ({ context, event }) =>
      event.type === 'no_show' && isDue(noShowAt(context.scheduledAt, event.clinic), event.at),
    isTooLong: ({ context, event }) =>
      event.type === 'max_duration' && isDue(longestUntil(context.startedAt, event.clinic), event.at),
    joinsAs: ({ event }, role: ParticipantRole) => event.type === 'join' && event.role === role,
    holdsSeat: ({ context, event }, role: ParticipantRole) =>
      event.type === 'drop' && event.role === role && event.seat === context.seats[role].seat,
    holdsSeatWithoutGrace: ({ context, event }) =>
      event.type === 'drop' &&
      event.seat === context.seats.doctor.seat &&
      endsAtOnce(event.role, event.cause, event.clinic),
    isStillAway: ({ context, event }, role: ParticipantRole) =>
      event.type === 'deadline' &&
      event.role === role &&
      event.absence === context.seats[role].absence &&
      isDue(context.seats[role].deadline, event.at),
  },
  actions: {
    /** Does nothing here: transition() hands it back as data. */
    tell: (_scope, _effect: RoomEffect) => {},
    move: assign({
      scheduledAt: ({ context, event }) => (event.type === 'reschedule' ? event.scheduledAt : context.scheduledAt),
    }),
    begin: assign({ startedAt: ({ event }) => event.at }),
    takeSeat: assign(({ context, event }, role: ParticipantRole) =>
      withSeat(context, role, {
        ...nobody,
        seat: context.seats[role].seat + 1,
        nodeId: 'nodeId' in event ? event.nodeId : null,
      }),
    ),
    loseSeat: assign(({ context, event }, role: ParticipantRole) => {
      if (event.type !== 'drop') return {};
      const deadline = endOfAbsence(role, event.cause, event.at, event.clinic);
      return withSeat(context, role, {
        absence: context.seats[role].absence + 1,
        nodeId: null,
        deadline,
        cause: event.cause,
      });
    }),
    /** Nobody sits in an ended meeting and nobody is awaited; the numbers stay. */
    finish: assign(({ context: { startedAt, seats } }, { at, reason }: { at: string; reason: EndReason }) => ({
      // Two nodes' clocks may differ by more than a short meeting lasts.
      endedAt: startedAt !== null && startedAt > at ? startedAt : at,
      endReason: reason,
      seats: { doctor: { ...seats.doctor, ...nobody }, patient: { ...seats.patient, ...nobody } },
    })),
    callOff: assign((_scope, { by, reason }: { by: Canceller | 'clock'; reason: EndReason }) => ({
      cancelledBy: by,
      endReason: reason,
    })),
  },
});

type Scope<E extends MeetingEvent = MeetingEvent> = { context: MeetingContext; event: E };

const tell = (effect: RoomEffect) => ({ type: 'tell', params: effect }) as const;

/** Takes the seat and says so, with its new number. */
const arrive = (role: ParticipantRole, as: 'joined' | 'returned') =>
  [
    { type: 'takeSeat', params: role },
    { type: 'tell', params: ({ context }: Scope): RoomEffect => ({ type: as, role, seat: context.seats[role].seat }) },
  ] as const;

const goAway = (role: ParticipantRole) =>
  ({
    guard: { type: 'holdsSeat', params: role },
    target: 'away',
    actions: [
      { type: 'loseSeat', params: role },
      {
        type: 'tell',
        params: ({ event: { seat, cause, at, clinic } }: Scope<EventOf<'drop'>>): RoomEffect => {
          return { type: 'dropped', role, seat, cause, deadline: endOfAbsence(role, cause, at, clinic) };
        },
      },
    ],
  }) as const;

const notComeBack = (role: ParticipantRole, reason: EndReason) =>
  ({
    guard: { type: 'isStillAway', params: role },
    target: '#meeting.ended',
    actions: [
      {
        type: 'tell',
        params: ({ context }: Scope): RoomEffect => ({ type: 'left', role, seat: context.seats[role].seat }),
      },
      // The deadline is when it ended, however late it is noticed.
      {
        type: 'finish',
        params: ({ context, event }: Scope) => ({ at: context.seats[role].deadline ?? event.at, reason }),
      },
    ],
  }) as const;

const doctorPresent = meeting.createStateConfig({
  on: {
    start: { actions: arrive('doctor', 'joined') },
    join: { guard: { type: 'joinsAs', params: 'doctor' }, actions: arrive('doctor', 'joined') },
    drop: [
      {
        guard: 'holdsSeatWithoutGrace',
        target: '#meeting.ended',
        actions: [
          { type: 'tell', params: ({ event }) => ({ type: 'left', role: 'doctor', seat: event.seat }) },
          { type: 'finish', params: ({ event }) => ({ at: event.at, reason: 'doctor_disconnected' }) },
        ],
      },
      goAway('doctor'),
    ],
  },
});

const doctorAway = meeting.createStateConfig({
  on: {
    start: { target: 'present', actions: arrive('doctor', 'returned') },
    join: { guard: { type: 'joinsAs', params: 'doctor' }, target: 'present', actions: arrive('doctor', 'returned') },
    deadline: notComeBack('doctor', 'doctor_disconnected'),
  },
});

const patientAbsent = meeting.createStateConfig({
  on: {
    join: { guard: { type: 'joinsAs', params: 'patient' }, target: 'present', actions: arrive('patient', 'joined') },
  },
});

const patientPresent = meeting.createStateConfig({
  on: {
    join: { guard: { type: 'joinsAs', params: 'patient' }, actions: arrive('patient', 'joined') },
    drop: goAway('patient'),
  },
});

const patientAway = meeting.createStateConfig({
  on: {
    join: {
      guard: { type: 'joinsAs', params: 'patient' },
      target: 'present',
      actions: arrive('patient', 'returned'),
    },
    deadline: notComeBack('patient', 'patient_timeout'),
  },
});

const scheduled = meeting.createStateConfig({
  on: {
    start: {
      guard: 'isTime',
      target: 'active',
      actions: ['begin', tell({ type: 'started' }), ...arrive('doctor', 'joined')],
    },
    reschedule: {
      guard: ({ context, event }) => event.scheduledAt !== context.scheduledAt,
      actions: ['move', tell({ type: 'queue' })],
    },
    cancel: {
      target: 'cancelled',
      actions: { type: 'callOff', params: ({ event }) => ({ by: event.by, reason: 'cancelled' }) },
    },
    no_show: {
      guard: 'isNoShow',
      target: 'cancelled',
      actions: { type: 'callOff', params: { by: 'clock', reason: 'no_show' } },
    },
  },
});

const active = meeting.createStateConfig({
  type: 'parallel',
  states: {
    doctor: { initial: 'present', states: { present: doctorPresent, away: doctorAway } },
    patient: { initial: 'absent', states: { absent: patientAbsent, present: patientPresent, away: patientAway } },
  },
  on: {
    end: {
      target: 'ended',
      actions: {
        type: 'finish',
        params: ({ event }) => ({ at: event.at, reason: event.by === 'doctor' ? 'doctor_ended' : 'admin_ended' }),
      },
    },
    max_duration: {
      guard: 'isTooLong',
      target: 'ended',
      actions: {
        type: 'finish',
        params: ({ context, event }) => ({
          at: longestUntil(context.startedAt, event.clinic) ?? event.at,
          reason: 'max_duration',
        }),
      },
    },
  },
});

export const meetingMachine = meeting.createMachine({
  id: 'meeting',
  context: ({ input }) => ({
    scheduledAt: input?.scheduledAt ?? '',
    startedAt: null,
    endedAt: null,
    endReason: null,
    cancelledBy: null,
    seats: { doctor: untaken, patient: untaken },
  }),
  initial: 'scheduled',
  states: {
    scheduled,
    active,
    ended: { type: 'final', entry: tell({ type: 'ended' }) },
    cancelled: { type: 'final', entry: tell({ type: 'ended' }) },
  },
});
