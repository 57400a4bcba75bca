/** What holds after any sequence of events whatever. The seed stands in the title; SEED=… runs the same again. */
import { describe, expect, it } from '@jest/globals';
import { type Arbitrary, array, assert, constantFrom, integer, oneof, property, record, tuple } from 'fast-check';
import { transition as ofXState } from 'xstate';
import { meetingMachine } from '../../src/meetings/machine.ts';
import type { MeetingEvent } from '../../src/meetings/model.ts';
import { dueEvent, pendingEvents, reconnectDeadline } from '../../src/meetings/pending.ts';
import { derivedColumns } from '../../src/meetings/rows.ts';
import { StoredMeeting, scheduleMeeting, statusOf, step } from '../../src/meetings/step.ts';
import { transition } from '../../src/meetings/transition.ts';
import { at, clinic, nodeA, nodeB, scheduled } from '../support/meeting-steps.ts';

const roles = ['doctor', 'patient'] as const;
const role = constantFrom(...roles);
const nodeId = constantFrom(nodeA, nodeB);
/** Mostly a number that is the present one. */
const offset = constantFrom(0, 0, 0, -1, 1);
const when = oneof(integer({ min: 0, max: 900 }), integer({ min: -3000, max: 20_000 })).map(at);
const rules = record({
  reconnectWindowSeconds: constantFrom(0, 20, 300),
  doctorGraceSeconds: constantFrom(0, 0, 45),
  recoveryWindowSeconds: constantFrom(0, 60),
  earlyStartMinutes: constantFrom(1, 30),
  noShowMinutes: constantFrom(5, 30),
  maxDurationMinutes: constantFrom(10, 240),
});
const desk = constantFrom('doctor' as const, 'staff' as const, 'admin' as const);
const cause = constantFrom('connection' as const, 'leave' as const, 'server' as const, 'server' as const);

/** What happens next may aim at the meeting as it is then. */
type Happening = (stored: StoredMeeting) => MeetingEvent;

const happening: Arbitrary<Happening> = oneof(
  {
    weight: 1,
    arbitrary: when.map(
      (at): Happening =>
        () => ({ type: 'wait', at }),
    ),
  },
  {
    weight: 1,
    arbitrary: when.map(
      (at): Happening =>
        () => ({ type: 'leave_queue', at }),
    ),
  },
  {
    weight: 6,
    arbitrary: tuple(when, nodeId, rules).map(
      ([at, nodeId, clinic]): Happening =>
        () => ({ type: 'start', at, nodeId, clinic }),
    ),
  },
  {
    weight: 6,
    arbitrary: tuple(role, when, nodeId).map(
      ([role, at, nodeId]): Happening =>
        () => ({ type: 'join', role, at, nodeId }),
    ),
  },
  {
    weight: 8,
    arbitrary: tuple(role, offset, cause, when, rules).map(
      ([role, by, cause, at, clinic]): Happening =>
        ({ context }) => ({
          type: 'drop',
          role,
          seat: context.seats[role].seat + by,
          cause,
          at,
          clinic,
        }),
    ),
  },
  {
    weight: 2,
    arbitrary: tuple(role, offset, when).map(
      ([role, by, at]): Happening =>
        ({ context }) => ({
          type: 'deadline',
          role,
          absence: context.seats[role].absence + by,
          at,
        }),
    ),
  },
  {
    weight: 1,
    arbitrary: tuple(desk, when).map(
      ([by, at]): Happening =>
        () => ({ type: 'end', by, at }),
    ),
  },
  {
    weight: 1,
    arbitrary: tuple(desk, when).map(
      ([by, at]): Happening =>
        () => ({ type: 'cancel', by, at }),
    ),
  },
  {
    weight: 1,
    arbitrary: tuple(when, when).map(
      ([at, scheduledAt]): Happening =>
        () => ({ type: 'reschedule', at, scheduledAt }),
    ),
  },
  {
    weight: 1,
    arbitrary: tuple(when, rules).map(
      ([at, clinic]): Happening =>
        () => ({ type: 'max_duration', at, clinic }),
    ),
  },
  {
    weight: 1,
    arbitrary: tuple(when, rules).map(
      ([at, clinic]): Happening =>
        () => ({ type: 'no_show', at, clinic }),
    ),
  },
);
const story = array(happening, { maxLength: 30 });
const seed = Number(process.env['SEED'] ?? Date.now() % 0x7fffffff);

/** Walks through many stories and hands each pair of neighbours to `check`. */
function always(check: (before: StoredMeeting, after: StoredMeeting) => void, options = { numRuns: 500, seed }): void {
  const walk = (happenings: readonly Happening[]) => {
    let stored = scheduled();
    for (const next of happenings) {
      const result = step(stored, next(stored));
      const after = result.accepted ? result.stored : stored;
      check(stored, after);
      stored = after;
    }
  };
  assert(property(story, walk), options);
}

describe(`after any sequence of events (SEED=${seed})`, () => {
  it('an ended or cancelled meeting stays as it is', () => {
    always((before, after) => {
      const over = ['ended', 'cancelled'].includes(statusOf(before));
      expect(over ? after : before).toBe(before);
    });
  });

  it('a meeting only goes from scheduled to active to ended, or from scheduled to cancelled', () => {
    const ways = ['scheduled active', 'active ended', 'scheduled cancelled'];
    always((before, after) => {
      const [from, to] = [statusOf(before), statusOf(after)];
      expect(from === to || ways.includes(`${from} ${to}`)).toBe(true);
    });
  });

  it('a meeting was started once, and its columns fit its state', () => {
    always((before, after) => {
      const { startedAt } = before.context;
      expect(after.context.startedAt).toBe(startedAt ?? after.context.startedAt);
      const { status, endReason, startedAt: started, endedAt, durationSeconds } = derivedColumns(after);
      expect(started !== null).toBe(status === 'active' || status === 'ended');
      expect(endedAt !== null).toBe(status === 'ended');
      expect(durationSeconds !== null && durationSeconds >= 0).toBe(status === 'ended');
      expect(endReason !== null).toBe(status === 'ended' || status === 'cancelled');
    });
  });

  it('a reconnect deadline is there exactly when somebody is away', () => {
    always((_before, after) => {
      const { value, context } = after;
      const away = typeof value !== 'string' && Object.values(value.active).includes('away');
      expect(reconnectDeadline(after) !== null).toBe(away);
      for (const role of roles) {
        const presence = typeof value === 'string' ? 'absent' : value.active[role];
        expect(context.seats[role].deadline !== null).toBe(presence === 'away');
        expect(context.seats[role].cause !== null).toBe(presence === 'away');
        expect(context.seats[role].nodeId !== null).toBe(presence === 'present');
      }
    });
  });

  it('seat and absence numbers only grow, by one, and together by at most one event each', () => {
    always((before, after) => {
      for (const role of roles) {
        const [was, is] = [before.context.seats[role], after.context.seats[role]];
        expect([0, 1]).toContain(is.seat - was.seat);
        expect([0, 1]).toContain(is.absence - was.absence);
        expect(is.absence).toBeLessThanOrEqual(is.seat);
      }
    });
  });

  it('the snapshot survives the way through the database', () => {
    always((_before, after) => {
      expect(StoredMeeting.parse(JSON.parse(JSON.stringify(after)))).toEqual(after);
    });
  });

  it('the clock owes something exactly while the meeting is not over, and taking what is due ends it', () => {
    always((_before, after) => {
      const over = ['ended', 'cancelled'].includes(statusOf(after));
      expect(pendingEvents(after, clinic).length > 0).toBe(!over);
      const due = dueEvent(after, clinic, at(1e6));
      expect(due === null).toBe(over);
      const taken = due && step(after, due);
      expect(taken?.accepted === true && ['ended', 'cancelled'].includes(statusOf(taken.stored))).toBe(!over);
    });
  });

  it('a transition is what XState’s own comes to, and leaves an event that is not taken without a trace', () => {
    const walk = (happenings: readonly Happening[]) => {
      let stored = scheduled();
      for (const next of happenings) {
        const [event, before] = [next(stored), meetingMachine.resolveState(stored)];
        const [after, actions] = transition(before, event);
        const [expected, expectedActions] = ofXState(meetingMachine, before, event);
        const { value, context, status } = expected;
        expect(after).toMatchObject({ value, context, status });
        const told = (all: typeof actions) => all.map(({ type, params }) => ({ type, params }));
        expect(told(actions)).toEqual(told(expectedActions));
        expect(after === before).toBe(!before.can(event));
        const result = step(stored, event);
        if (result.accepted) stored = result.stored;
      }
    };
    assert(property(story, walk), { numRuns: 200, seed });
  });

  it('reaches every state, so that all this is about something', () => {
    const seen = new Set<string>();
    // Both away at once is rare, so with a seed of its own that shows it.
    always((_before, after) => seen.add(JSON.stringify(after.value)), { numRuns: 2000, seed: 1 });
    expect(seen.size).toBe(9);
  });
});

describe('a new meeting', () => {
  it('is scheduled with two empty seats', () => {
    const stored = scheduleMeeting(new Date('2026-11-21T10:00:00Z'));
    expect(stored.value).toBe('scheduled');
    expect(StoredMeeting.parse(stored).context.seats).toEqual({
      doctor: { seat: 0, absence: 0, nodeId: null, deadline: null, cause: null },
      patient: { seat: 0, absence: 0, nodeId: null, deadline: null, cause: null },
    });
  });
});
