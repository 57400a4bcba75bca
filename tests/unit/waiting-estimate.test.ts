/** How long a patient is told that it may take (src/meetings/waiting/estimate.ts). */
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { estimateOf } from '../../src/meetings/waiting/estimate.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const minutesFromNow = (date: Date | undefined) => date && (date.getTime() - now.getTime()) / 60_000;
const minutes = (...all: number[]) => all.map((one) => one * 60);
const due = { scheduledAt: new Date('2026-11-23T09:55:00.000Z') };
const busyFor = (min: number) => new Date(now.getTime() - min * 60_000);
const between = (estimate: ReturnType<typeof estimateOf>) =>
  estimate && [minutesFromNow(estimate.earliest), minutesFromNow(estimate.latest)];

const usual = minutes(8, 10, 10, 12, 20);

describe('the estimate', () => {
  it('is the middle half of the recent visits for each one ahead', () => {
    const pace = { busySince: null, own: usual, clinic: [] };
    expect(between(estimateOf(pace, { ...due, ahead: 1 }, now))).toEqual([10, 12]);
    expect(between(estimateOf(pace, { ...due, ahead: 3 }, now))).toEqual([30, 36]);
  });

  it('adds what is left of the visit that goes on, judged by the visits that lasted as long', () => {
    const pace = { busySince: busyFor(5), own: usual, clinic: [] };
    expect(between(estimateOf(pace, { ...due, ahead: 0 }, now))).toEqual([5, 7]);
    expect(between(estimateOf({ ...pace, busySince: busyFor(11) }, { ...due, ahead: 0 }, now))).toEqual([3, 7]);
  });

  it('goes by the clinic where too little is known of the doctor', () => {
    const pace = { busySince: null, own: minutes(60), clinic: usual };
    expect(between(estimateOf(pace, { ...due, ahead: 1 }, now))).toEqual([10, 12]);
  });

  it('says nothing where nothing can be known: too few visits, one longer than all of them, a free doctor and nobody ahead', () => {
    const next = { ...due, ahead: 0 };
    expect(estimateOf({ busySince: busyFor(1), own: minutes(9, 9), clinic: minutes(9) }, next, now)).toBeNull();
    expect(estimateOf({ busySince: busyFor(21), own: usual, clinic: [] }, next, now)).toBeNull();
    expect(estimateOf({ busySince: null, own: usual, clinic: [] }, next, now)).toBeNull();
  });

  it('calls nobody before their time', () => {
    const early = { ahead: 1, scheduledAt: new Date('2026-11-23T11:00:00.000Z') };
    expect(between(estimateOf({ busySince: null, own: usual, clinic: [] }, early, now))).toEqual([60, 60]);
  });

  it('is never in the past, never the wrong way round, and never shorter for who is further behind', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 60, max: 7_200 }), { maxLength: 20 }),
        fc.option(fc.integer({ min: -5, max: 120 })),
        fc.nat(10),
        (own, busy, ahead) => {
          const pace = { busySince: busy === null ? null : busyFor(busy), own, clinic: [] };
          const mine = estimateOf(pace, { ...due, ahead }, now);
          const behind = estimateOf(pace, { ...due, ahead: ahead + 1 }, now);
          if (!mine || !behind) return;
          expect(mine.earliest >= now && mine.latest >= mine.earliest).toBe(true);
          expect(behind.earliest >= mine.earliest && behind.latest >= mine.latest).toBe(true);
        },
      ),
    );
  });
});
