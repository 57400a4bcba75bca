/** The order of a doctor's queue, and moving in it (src/meetings/waiting/order.ts). */
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { inOrder, moveTo, type Queued } from '../../src/meetings/waiting/order.ts';

const at = (time: string) => new Date(`2026-11-23T${time}:00.000Z`);
const one = (meetingId: string, scheduled: string, since: string): Queued => ({
  meetingId,
  scheduledAt: at(scheduled),
  since: at(since),
  place: null,
});
const names = (queue: readonly Queued[]) => queue.map(({ meetingId }) => meetingId).join(' ');

describe('the order of the queue', () => {
  it('lets who is due come before who came early, however early they came', () => {
    expect(names(inOrder([one('early', '11:00', '08:00'), one('due', '10:00', '09:55')]))).toBe('due early');
  });

  it('takes who are due by when each was both due and here, so that nobody loses by another’s coming late', () => {
    const queue = [
      one('late', '10:00', '10:20'),
      one('in-time', '10:15', '10:05'),
      one('a-bit-late', '10:00', '10:14'),
    ];
    expect(names(inOrder(queue))).toBe('a-bit-late in-time late');
  });

  it('takes those who came early by their times, and who is equal by arrival', () => {
    const queue = [one('b', '11:00', '09:10'), one('c', '11:15', '08:00'), one('a', '11:00', '09:05')];
    expect(names(inOrder(queue))).toBe('a b c');
  });
});

describe('moving', () => {
  const queue = [one('a', '10:00', '09:50'), one('b', '10:15', '09:55'), one('c', '10:30', '10:00')];
  const after = (moved: ReturnType<typeof moveTo>, all: readonly Queued[]) =>
    inOrder(
      all.map((each) => ({
        ...each,
        place: moved?.places.find(({ meetingId }) => meetingId === each.meetingId)?.place ?? each.place,
      })),
    );

  it('gives the place that was asked for, and the last when there are fewer', () => {
    expect(names(after(moveTo(queue, 'c', 1), queue))).toBe('c a b');
    expect(names(after(moveTo(queue, 'a', 2), queue))).toBe('b a c');
    expect(moveTo(queue, 'a', 99)?.position).toBe(3);
    expect(names(after(moveTo(queue, 'a', 99), queue))).toBe('b c a');
  });

  it('leaves the place of somebody who comes later to the rule', () => {
    const moved = after(moveTo(queue, 'c', 2), queue);
    const comes = one('d', '10:05', '10:06');
    expect(names(inOrder([...moved, comes]))).toBe('a c d b');
  });

  it('has nothing to do for somebody alone, and says so of somebody who is not there', () => {
    expect(moveTo([one('a', '10:00', '09:50')], 'a', 3)).toEqual({ position: 1, places: [] });
    expect(moveTo(queue, 'x', 1)).toBeNull();
  });

  it('is right for any queue, ties included, and again on its own result; nobody else changes places', () => {
    const minute = fc.integer({ min: 0, max: 5 }).map((minutes) => at(`10:0${minutes}`));
    const queues = fc
      .array(fc.record({ scheduledAt: minute, since: minute }), { minLength: 1, maxLength: 7 })
      .map((all) => all.map((each, index): Queued => ({ ...each, meetingId: `m${index}`, place: null })));
    fc.assert(
      fc.property(
        queues,
        fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 8 })), { maxLength: 6 }),
        (all, moves) => {
          let now: Queued[] = inOrder(all);
          for (const [which, position] of moves) {
            const meetingId = now[which % now.length]?.meetingId ?? '';
            const others = now.filter((each) => each.meetingId !== meetingId);
            const moved = moveTo(now, meetingId, position);
            const next = after(moved, now);
            expect(moved?.position).toBe(Math.min(position, now.length));
            expect(next.findIndex((each) => each.meetingId === meetingId) + 1).toBe(moved?.position);
            expect(names(next.filter((each) => each.meetingId !== meetingId))).toBe(names(others));
            now = next;
          }
        },
      ),
    );
  });
});
