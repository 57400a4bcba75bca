/** Times on the screen: in the clinic's zone whatever the reader's, also where clocks are changed. */
import { describe, expect, it } from '@jest/globals';
import {
  clock,
  clockWithZone,
  dayStart,
  duration,
  isoDay,
  longDay,
  minutesSince,
  near,
  nextDay,
  running,
  zoneName,
} from '../../web/src/ui/time.ts';

const kolkata = { timeZone: 'Asia/Kolkata', locale: 'en-IN' };
const newYork = { timeZone: 'America/New_York', locale: 'en-US' };
const london = { timeZone: 'Europe/London', locale: 'en-GB' };
const at = '2026-11-21T20:58:00.000Z';

/** Without the narrow spaces that locales put between number and unit. */
const plain = (text: string | null) => text?.replaceAll(/\s/g, ' ');

describe('a time', () => {
  it('is written in the clinic’s zone, with the zone where it matters', () => {
    expect(plain(clock(kolkata, at))).toBe('2:28 am');
    expect(plain(clockWithZone(kolkata, at))).toBe('2:28 am IST');
    expect(plain(clockWithZone(newYork, at))).toBe('3:58 PM EST');
    expect(zoneName(kolkata, at)).toBe('India Standard Time');
  });

  it('is on the clinic’s day, which may be another one than in London', () => {
    expect(isoDay(kolkata, at)).toBe('2026-11-22');
    expect(isoDay(london, at)).toBe('2026-11-21');
    expect(longDay(london, at, at)).toBe('Saturday 21 November');
    expect(longDay(london, at, '2027-01-01T12:00:00Z')).toBe('Saturday, 21 November 2026');
  });

  it('is said relative while it is near, and not beyond twelve hours', () => {
    const now = Date.parse(at);
    expect(near(london, now + 12 * 60_000, now)).toBe('in 12 minutes');
    expect(near(london, now - 3 * 3_600_000, now)).toBe('3 hours ago');
    expect(near(london, now, now)).toBe('this minute');
    expect(near(london, now + 12 * 3_600_000, now)).toBeNull();
  });
});

describe('the beginning of a day', () => {
  it('is midnight at the clinic', () => {
    expect(dayStart(kolkata, '2026-11-22')?.toISOString()).toBe('2026-11-21T18:30:00.000Z');
    expect(dayStart(newYork, '2026-11-22')?.toISOString()).toBe('2026-11-22T05:00:00.000Z');
  });

  it('is right on both sides of a change of the clocks', () => {
    expect(dayStart(newYork, '2026-03-08')?.toISOString()).toBe('2026-03-08T05:00:00.000Z');
    expect(dayStart(newYork, '2026-03-09')?.toISOString()).toBe('2026-03-09T04:00:00.000Z');
    expect(dayStart(london, '2026-10-25')?.toISOString()).toBe('2026-10-24T23:00:00.000Z');
    expect(dayStart(london, '2026-10-26')?.toISOString()).toBe('2026-10-26T00:00:00.000Z');
  });

  it('is nothing for what is no day', () => {
    expect(dayStart(london, 'tomorrow')).toBeNull();
    expect(dayStart(london, '2026-13-01')).toBeNull();
  });

  it('has a day after it, over the ends of months and years', () => {
    expect([nextDay('2026-11-30'), nextDay('2026-12-31'), nextDay('2028-02-28')]).toEqual([
      '2026-12-01',
      '2027-01-01',
      '2028-02-29',
    ]);
  });
});

describe('a length of time', () => {
  it('is said in the units that fit', () => {
    expect(duration(london, 40)).toBe('40 secs');
    expect(duration(london, 59.9)).toBe('59 secs');
    expect(duration(london, 300)).toBe('5 mins');
    expect(duration(london, 3_600)).toBe('1 hr');
    expect(duration(london, 4_800)).toBe('1 hr 20 mins');
  });

  it('runs as a clock, and is never negative', () => {
    expect([running(5), running(245), running(3_729), running(-3)]).toEqual(['0:05', '4:05', '1:02:09', '0:00']);
    expect(minutesSince(at, Date.parse(at) + 119_000)).toBe(1);
    expect(minutesSince(at, Date.parse(at) - 60_000)).toBe(0);
  });
});
