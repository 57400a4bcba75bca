/** One step of a stored meeting: pure, so that whoever holds the row's lock may take it. */
import { initialTransition } from 'xstate';
import { z } from 'zod';
import type { RoomEffect } from '../../signaling/meeting-gate.ts';
import {
  AwayCause,
  type CallErrorCode,
  EndReason,
  Instant,
  type MeetingStatus,
} from '../../signaling/protocol/index.ts';
import { meetingMachine } from './machine.ts';
import type { MeetingEvent } from './model.ts';
import { transition } from './transition.ts';

const Seat = z.strictObject({
  seat: z.int().nonnegative(),
  absence: z.int().nonnegative(),
  nodeId: z.string().nullable(),
  deadline: Instant.nullable(),
  cause: AwayCause.nullable(),
});

/** What the column `snapshot` holds: all that the machine needs to go on. */
export const StoredMeeting = z.strictObject({
  value: z.union([
    z.enum(['scheduled', 'ended', 'cancelled']),
    z.strictObject({
      active: z.strictObject({ doctor: z.enum(['present', 'away']), patient: z.enum(['absent', 'present', 'away']) }),
    }),
  ]),
  context: z.strictObject({
    scheduledAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    endReason: EndReason.nullable(),
    cancelledBy: z.enum(['doctor', 'patient', 'staff', 'admin', 'clock']).nullable(),
    seats: z.strictObject({ doctor: Seat, patient: Seat }),
  }),
});
export type StoredMeeting = z.infer<typeof StoredMeeting>;

export type RefusalCode = Extract<
  CallErrorCode,
  'TOO_EARLY' | 'MEETING_NOT_STARTED' | 'MEETING_ACTIVE' | 'MEETING_ENDED' | 'MEETING_CANCELLED'
>;

export type Step =
  /** `changed` is false for what comes too late to matter: `stored` is then the one that came in. */
  | { accepted: true; changed: boolean; stored: StoredMeeting; effects: readonly RoomEffect[] }
  | { accepted: false; code: RefusalCode };

/** What an event that the chart does not take means: refused with a code, or null: allowed, and nothing changes. */
const otherwise: Record<'scheduled' | 'active', Record<MeetingEvent['type'], RefusalCode | null>> = {
  scheduled: {
    wait: null,
    leave_queue: null,
    start: 'TOO_EARLY',
    join: 'MEETING_NOT_STARTED',
    drop: null,
    deadline: null,
    end: 'MEETING_NOT_STARTED',
    cancel: null,
    reschedule: null,
    max_duration: null,
    no_show: null,
  },
  active: {
    wait: 'MEETING_ACTIVE',
    leave_queue: null,
    start: null,
    join: null,
    drop: null,
    deadline: null,
    end: null,
    cancel: 'MEETING_ACTIVE',
    reschedule: 'MEETING_ACTIVE',
    max_duration: null,
    no_show: null,
  },
};

export function statusOf(stored: StoredMeeting): MeetingStatus {
  return typeof stored.value === 'string' ? stored.value : 'active';
}

/** A meeting as it begins: scheduled, nobody has been there. */
export function scheduleMeeting(scheduledAt: Date): StoredMeeting {
  const [snapshot] = initialTransition(meetingMachine, { scheduledAt: scheduledAt.toISOString() });
  return { value: snapshot.value, context: snapshot.context };
}

/** Takes `event`, or says why not. Nothing is read but the arguments and nothing is written. */
export function step(stored: StoredMeeting, event: MeetingEvent): Step {
  const before = meetingMachine.resolveState(stored);
  const [after, actions] = transition(before, event);
  if (after === before) return untaken(stored, event);
  return {
    accepted: true,
    changed: true,
    stored: { value: after.value, context: after.context },
    effects: actions.flatMap((action) => (action.type === 'tell' ? [action.params as RoomEffect] : [])),
  };
}

function untaken(stored: StoredMeeting, event: MeetingEvent): Step {
  const status = statusOf(stored);
  if (status === 'ended') return { accepted: false, code: 'MEETING_ENDED' };
  if (status === 'cancelled') return { accepted: false, code: 'MEETING_CANCELLED' };
  const code = otherwise[status][event.type];
  return code === null ? { accepted: true, changed: false, stored, effects: [] } : { accepted: false, code };
}
