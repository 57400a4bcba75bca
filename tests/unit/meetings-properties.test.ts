/** What holds after any sequence of events whatever. A failure prints the seed and the shortest sequence. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MeetingEvent } from '../../src/meetings/model.ts';
import { dueEvent, pendingEvents, reconnectDeadline } from '../../src/meetings/pending.ts';
import { derivedColumns } from '../../src/meetings/rows.ts';
import { StoredMeeting, scheduleMeeting, statusOf, step } from '../../src/meetings/step.ts';
import { at, clinic, nodeA, nodeB, scheduled } from '../support/meeting-steps.ts';

const role = fc.constantFrom('doctor' as const, 'patient' as const);
const number = fc.integer({ min: 0, max: 4 });
const nodeId = fc.constantFrom(nodeA, nodeB);
const when = fc.integer({ min: -3000, max: 20_000 }).map(at);
const rules = fc.record({
  reconnectWindowSeconds: fc.constantFrom(0, 20, 300),
  doctorGraceSeconds: fc.constantFrom(0, 0, 45),
  recoveryWindowSeconds: fc.constantFrom(0, 60),
  earlyStartMinutes: fc.constantFrom(1, 30),
  noShowMinutes: fc.constantFrom(5, 30),
  maxDurationMinutes: fc.constantFrom(10, 240),
});
const desk = fc.constantFrom('doctor' as const, 'staff' as const, 'admin' as const);

const event: fc.Arbitrary<MeetingEvent> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ type: fc.constant('wait' as const), at: when }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('leave_queue' as const), at: when }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('start' as const), at: when, nodeId, clinic: rules }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('join' as const), role, at: when, nodeId }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('drop' as const),
      role,
      seat: number,
      cause: fc.constantFrom('connection' as const, 'leave' as const, 'server' as const, 'server' as const),
      at: when,
      clinic: rules,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('deadline' as const), role, absence: number, at: when }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('end' as const), by: desk, at: when }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const), by: desk, at: when }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('max_duration' as const), at: when, clinic: rules }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('no_show' as const), at: when, clinic: rules }) },
);
const events = fc.array(event, { maxLength: 40 });

/** Walks through the events and hands each pair of neighbours to `check`. */
function walk(
  sequence: readonly MeetingEvent[],
  check: (before: StoredMeeting, after: StoredMeeting, event: MeetingEvent) => void,
): void {
  let stored = scheduled();
  for (const one of sequence) {
    const result = step(stored, one);
    const next = result.accepted ? result.stored : stored;
    check(stored, next, one);
    stored = next;
  }
}

const always = (check: Parameters<typeof walk>[1]) =>
  fc.assert(
    fc.property(events, (sequence) => walk(sequence, check)),
    { numRuns: 400 },
  );

describe('after any sequence of events', () => {
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
      for (const role of ['doctor', 'patient'] as const) {
        const presence = typeof value === 'string' ? 'absent' : value.active[role];
        expect(context.seats[role].deadline !== null).toBe(presence === 'away');
        expect(context.seats[role].cause !== null).toBe(presence === 'away');
        expect(context.seats[role].nodeId !== null).toBe(presence === 'present');
      }
    });
  });

  it('seat and absence numbers only grow, by one, and together by at most one event each', () => {
    always((before, after) => {
      for (const role of ['doctor', 'patient'] as const) {
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

  it('reaches every state, so that all this is about something', () => {
    const seen = new Set<string>();
    always((_before, after) => seen.add(JSON.stringify(after.value)));
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
