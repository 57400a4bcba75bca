/** Free times on days when the clocks change, against luxon, which finds them another way: by asking about each instant. */
import { describe, expect, it, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Busy, ExtraHours, Hours, Schedule, Visit, WeeklyHours } from '../../src/scheduling/slots/model.ts';
import { slotsOf } from '../../src/scheduling/slots/slots.ts';
import { dayMs, minuteMs, weekdayOf, zoneClock } from '../../src/scheduling/slots/zone-clock.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';

const seed = fuzzSeed();
const ms = (iso: string) => Date.parse(iso);
const dayOf = (date: string) => ms(`${date}T00:00:00Z`) / dayMs;

const hours: Hours = {
  locationId: null,
  roomId: null,
  modality: 'both',
  zone: 'Europe/London',
  startMinute: 0,
  endMinute: 1_440,
  stepMinutes: null,
  capacity: 1,
  leadMinutes: 0,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  serviceIds: null,
};
const onDay = (date: string, changes: Partial<Hours> = {}): ExtraHours => ({ ...hours, ...changes, day: dayOf(date) });
const weekly = (weekday: number, changes: Partial<WeeklyHours> = {}): WeeklyHours => ({
  ...hours,
  weekday,
  validFrom: null,
  validTo: null,
  ...changes,
});
const schedule = (changes: Partial<Schedule> = {}): Schedule => ({
  practitionerId: 'p',
  weekly: [],
  extra: [],
  leaves: [],
  busy: [],
  ...changes,
});
const visit = (durationMinutes: number, changes: Partial<Visit> = {}): Visit => ({
  serviceId: 's',
  modality: 'both',
  durationMinutes,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  ...changes,
});
const always = { from: ms('2000-01-01T00:00:00Z'), to: ms('2040-01-01T00:00:00Z'), now: 0 };
const around = (date: string) => ({ from: ms(date) - 2 * dayMs, to: ms(date) + 3 * dayMs, now: 0 });

/** As the wall shows them, with the offset. */
function shown(found: readonly { startsAt: number }[], zone: string): string[] {
  return found.map(({ startsAt }) => DateTime.fromMillis(startsAt, { zone }).toFormat('dd HH:mmZZ'));
}

describe('on a day when the clocks change', () => {
  const on = (zone: string, date: string, start: string, end: string, minutes: number, step: number | null = null) => {
    const of = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const extra = [onDay(date, { zone, startMinute: of(start), endMinute: of(end), stepMinutes: step })];
    return shown(slotsOf(schedule({ extra }), visit(minutes), around(date)), zone);
  };

  it('does not offer a 02:30 that does not exist, nor shifts it on another time', () => {
    expect(on('America/New_York', '2026-03-08', '01:00', '04:30', 30)).toEqual([
      '08 01:00-05:00',
      '08 01:30-05:00',
      '08 03:00-04:00',
      '08 03:30-04:00',
      '08 04:00-04:00',
    ]);
  });

  it('offers an hour that comes twice twice, by the instant, and without overlap', () => {
    expect(on('Europe/London', '2026-10-25', '00:30', '02:30', 30)).toEqual([
      '25 00:30+01:00',
      '25 01:00+01:00',
      '25 01:30+01:00',
      '25 01:00+00:00',
      '25 01:30+00:00',
      '25 02:00+00:00',
    ]);
  });

  it('lets no visit reach over the change into the next time where half an hour comes twice', () => {
    // 01:30 comes twice; 45 minutes from the first one are over at 01:45 of the second.
    expect(on('Australia/Lord_Howe', '2026-04-05', '00:00', '04:00', 45)).toEqual([
      '05 00:00+11:00',
      '05 00:45+11:00',
      '05 01:30+11:00',
      '05 02:15+10:30',
      '05 03:00+10:30',
    ]);
    expect(on('Australia/Lord_Howe', '2026-10-04', '01:00', '04:00', 30)).toEqual([
      '04 01:00+10:30',
      '04 01:30+10:30',
      '04 02:30+11:00',
      '04 03:00+11:00',
      '04 03:30+11:00',
    ]);
  });

  it('has hours that end when the wall first shows their end, so that hours that follow each other share nothing', () => {
    const early = on('Europe/London', '2026-10-25', '00:00', '01:30', 30);
    const late = on('Europe/London', '2026-10-25', '01:30', '03:00', 30);
    expect(early).toEqual(['25 00:00+01:00', '25 00:30+01:00', '25 01:00+01:00']);
    expect(late).toEqual(['25 01:30+01:00', '25 01:30+00:00', '25 02:00+00:00', '25 02:30+00:00']);
  });

  it('knows that Samoa had no 30 December 2011', () => {
    const days = weekly(5, { zone: 'Pacific/Apia', startMinute: 540, endMinute: 600 });
    const window = { from: ms('2011-12-20T00:00:00Z'), to: ms('2012-01-10T00:00:00Z'), now: 0 };
    expect(shown(slotsOf(schedule({ weekly: [days] }), visit(60), window), 'Pacific/Apia')).toEqual([
      '23 09:00-10:00',
      '06 09:00+14:00',
    ]);
    expect(on('Pacific/Apia', '2011-12-30', '00:00', '24:00', 60)).toEqual([]);
    expect(on('Pacific/Apia', '2011-12-29', '22:00', '24:00', 60)).toEqual(['29 22:00-10:00', '29 23:00-10:00']);
    expect(on('Pacific/Apia', '2011-12-31', '00:00', '02:00', 60)).toEqual(['31 00:00+14:00', '31 01:00+14:00']);
  });

  it('follows Morocco, which set its clocks back for Ramadan (until its law of 2026)', () => {
    expect(on('Africa/Casablanca', '2025-02-23', '01:00', '04:00', 60)).toEqual([
      '23 01:00+01:00',
      '23 02:00+01:00',
      '23 02:00+00:00',
      '23 03:00+00:00',
    ]);
    expect(on('Africa/Casablanca', '2025-04-06', '01:00', '05:00', 60)).toEqual([
      '06 01:00+00:00',
      '06 03:00+01:00',
      '06 04:00+01:00',
    ]);
  });
});

/** Zones with what is odd about them, and dates around it. */
const odd = [
  { zone: 'Asia/Kolkata', dates: ['2026-11-22', '2026-03-08'] },
  { zone: 'America/New_York', dates: ['2026-03-08', '2026-11-01', '2027-03-14'] },
  { zone: 'Europe/London', dates: ['2026-03-29', '2026-10-25'] },
  { zone: 'Australia/Lord_Howe', dates: ['2026-04-05', '2026-10-04'] },
  { zone: 'Pacific/Apia', dates: ['2011-12-30', '2012-04-01', '2020-09-27'] },
  { zone: 'Africa/Casablanca', dates: ['2025-02-23', '2025-04-06', '2026-02-15', '2026-09-20'] },
  { zone: 'America/Sao_Paulo', dates: ['2018-11-04', '2018-02-18'] },
  { zone: 'Africa/Cairo', dates: ['2026-04-24', '2026-10-30'] },
  { zone: 'Asia/Kathmandu', dates: ['2026-11-22'] },
  { zone: 'Antarctica/Troll', dates: ['2026-03-29', '2026-10-25'] },
];

/** Every minute of the window, as luxon shows it: what a person with a clock and a list of hours would write down. */
function byTheClock(one: ExtraHours, durationMinutes: number, window: { from: number; to: number }): number[] {
  const date = new Date(one.day * dayMs).toISOString().slice(0, 10);
  const step = one.stepMinutes ?? durationMinutes;
  const wall = (instant: number) => {
    const at = DateTime.fromMillis(instant, { zone: one.zone });
    const days = Math.round(ms(`${at.toISODate()}T00:00:00Z`) / dayMs) - one.day;
    return {
      isToday: at.toISODate() === date,
      minute: at.hour * 60 + at.minute,
      local: days * 1_440 + at.hour * 60 + at.minute,
    };
  };
  let closes: number | undefined;
  let opens: number | undefined;
  for (let instant = window.from; instant <= window.to && closes === undefined; instant += minuteMs) {
    const { local } = wall(instant);
    if (local >= one.startMinute) opens ??= instant;
    if (local >= one.endMinute) closes = instant;
  }
  const starts: number[] = [];
  if (opens === undefined || closes === undefined) throw new Error('The window is too short for these hours.');
  for (let instant = opens; instant + durationMinutes * minuteMs <= closes; instant += minuteMs) {
    const { isToday, minute } = wall(instant);
    const isOnStep = minute >= one.startMinute && minute < one.endMinute && (minute - one.startMinute) % step === 0;
    const last = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (isToday && isOnStep && instant - last >= step * minuteMs) starts.push(instant);
  }
  return starts;
}

test('any hours on any odd day give what luxon’s clock gives, minute by minute', () => {
  const days = fc
    .constantFrom(...odd)
    .chain(({ zone, dates }) =>
      fc.tuple(fc.constant(zone), fc.constantFrom(...dates), fc.integer({ min: -1, max: 1 })),
    );
  const times = fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 })).filter(([a, b]) => a < b);
  const lengths = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.option(fc.integer({ min: 1, max: 12 })));
  fc.assert(
    fc.property(days, times, lengths, ([zone, date, shift], [start, end], [length, step]) => {
      const day = dayOf(date) + shift;
      const one: ExtraHours = {
        ...hours,
        zone,
        day,
        startMinute: start * 15,
        endMinute: end * 15,
        stepMinutes: step === null ? null : step * 10,
      };
      const window = { from: (day - 1) * dayMs, to: (day + 2.5) * dayMs, now: 0 };
      const wide = { ...window, from: window.from - dayMs, to: window.to + dayMs };
      const found = slotsOf(schedule({ extra: [one] }), visit(length * 10), wide).map(({ startsAt }) => startsAt);
      expect(found).toEqual(byTheClock(one, length * 10, window));
    }),
    { numRuns: 60, seed },
  );
});

test('the wall’s clock agrees with luxon at every quarter of an hour around every change', () => {
  for (const { zone, dates } of odd) {
    for (const date of dates) {
      const [from, until] = [ms(date) - 2 * dayMs, ms(date) + 3 * dayMs];
      const clock = zoneClock(zone, from, until);
      for (let instant = from; instant < until; instant += 15 * minuteMs) {
        const luxon = DateTime.fromMillis(instant, { zone });
        expect({ zone, date, at: clock.shown(instant) }).toEqual({ zone, date, at: instant + luxon.offset * minuteMs });
      }
    }
  }
});

test('days have the weekday that luxon gives them', () => {
  for (const date of ['1969-12-28', '1970-01-01', '2000-02-29', '2026-11-22', '2199-12-31']) {
    expect(weekdayOf(dayOf(date))).toBe(DateTime.fromISO(date, { zone: 'utc' }).weekday);
  }
});

describe('weekly hours', () => {
  const monday = weekly(1, { startMinute: 540, endMinute: 660, zone: 'Asia/Kolkata' });
  const fortnight = { from: ms('2026-11-22T00:00:00Z'), to: ms('2026-12-06T00:00:00Z'), now: 0 };
  const find = (of: Partial<Schedule>, what = visit(60), window = fortnight) =>
    shown(slotsOf(schedule({ weekly: [monday], ...of }), what, window), 'Asia/Kolkata');

  it('come back every week, at the local time', () => {
    expect(find({})).toEqual(['23 09:00+05:30', '23 10:00+05:30', '30 09:00+05:30', '30 10:00+05:30']);
  });

  it('hold on the first and on the last day of their validity', () => {
    const only = (from: string | null, to: string | null) =>
      find({ weekly: [{ ...monday, validFrom: from && dayOf(from), validTo: to && dayOf(to) } as WeeklyHours] });
    expect(only('2026-11-30', null)).toEqual(['30 09:00+05:30', '30 10:00+05:30']);
    expect(only(null, '2026-11-23')).toEqual(['23 09:00+05:30', '23 10:00+05:30']);
    expect(only('2026-11-24', '2026-11-29')).toEqual([]);
  });

  it('offer starts within the window only, its end excluded', () => {
    const window = { from: ms('2026-11-23T03:31:00Z'), to: ms('2026-11-30T03:30:00Z'), now: 0 };
    expect(find({}, visit(60), window)).toEqual(['23 10:00+05:30']);
  });

  it('offer nothing that is past, nor what is nearer than the lead time', () => {
    const at = (now: string, leadMinutes = 0) =>
      find({ weekly: [{ ...monday, leadMinutes }] }, visit(60), { ...fortnight, now: ms(now) });
    expect(at('2026-11-23T03:30:00Z')).toHaveLength(4);
    expect(at('2026-11-23T03:30:01Z')).toHaveLength(3);
    expect(at('2026-11-23T02:30:00Z', 60)).toHaveLength(4);
    expect(at('2026-11-23T02:31:00Z', 60)).toHaveLength(3);
  });

  it('are cut by leave: the own, the place’s, the clinic’s', () => {
    const day = (date: string, from = 0, until = 1_440) => ({
      locationId: null,
      fromMinute: dayOf(date) * 1_440 + from,
      untilMinute: dayOf(date) * 1_440 + until,
    });
    expect(find({ leaves: [day('2026-11-23')] })).toEqual(['30 09:00+05:30', '30 10:00+05:30']);
    expect(find({ leaves: [day('2026-11-23', 570, 580)] })).toEqual([
      '23 10:00+05:30',
      '30 09:00+05:30',
      '30 10:00+05:30',
    ]);
    expect(find({ leaves: [{ ...day('2026-11-23'), locationId: 'elsewhere' }] })).toHaveLength(4);
    const there = [{ ...monday, locationId: 'here' }];
    expect(find({ weekly: there, leaves: [{ ...day('2026-11-23'), locationId: 'here' }] })).toHaveLength(2);
  });

  it('are for the services they name, and for visits of their kind', () => {
    expect(find({ weekly: [{ ...monday, serviceIds: ['other'] }] })).toEqual([]);
    expect(find({ weekly: [{ ...monday, serviceIds: ['other', 's'] }] })).toHaveLength(4);
    expect(find({ weekly: [{ ...monday, modality: 'video' }] }, visit(60, { modality: 'in_person' }))).toEqual([]);
    const kinds = (a: Hours['modality'], b: Visit['modality']) =>
      slotsOf(schedule({ weekly: [{ ...monday, modality: a }] }), visit(60, { modality: b }), fortnight)[0]?.modality;
    expect(kinds('both', 'both')).toBe('both');
    expect(kinds('both', 'video')).toBe('video');
    expect(kinds('in_person', 'both')).toBe('in_person');
  });

  it('tell a time once that the week and extra hours both offer', () => {
    const extra = [onDay('2026-11-23', { zone: 'Asia/Kolkata', startMinute: 600, endMinute: 720 })];
    expect(find({ extra })).toEqual([
      '23 09:00+05:30',
      '23 10:00+05:30',
      '23 11:00+05:30',
      '30 09:00+05:30',
      '30 10:00+05:30',
    ]);
  });
});

describe('what is booked', () => {
  const day = onDay('2026-11-23', { zone: 'UTC', startMinute: 540, endMinute: 720 });
  const at = (time: string) => ms(`2026-11-23T${time}:00Z`);
  const booked = (start: string, end: string, buffer = 0): Busy => ({
    from: at(start) - buffer * minuteMs,
    until: at(end) + buffer * minuteMs,
    groupStart: at(start),
  });
  const find = (busy: Busy[], one: Partial<Hours> = {}, what = visit(30), rooms = new Map<string, Busy[]>()) =>
    slotsOf(schedule({ extra: [{ ...day, ...one }], busy }), what, around('2026-11-23'), { rooms }).map(
      ({ startsAt }) => new Date(startsAt).toISOString().slice(11, 16),
    );

  it('is not offered, and what touches it is', () => {
    expect(find([booked('10:00', '10:30')])).toEqual(['09:00', '09:30', '10:30', '11:00', '11:30']);
    expect(find([booked('09:50', '10:05')])).toEqual(['09:00', '10:30', '11:00', '11:30']);
    expect(find([booked('08:00', '12:00')])).toEqual([]);
  });

  it('keeps its buffers free, and the visit its own', () => {
    expect(find([booked('10:00', '10:30', 10)])).toEqual(['09:00', '11:00', '11:30']);
    const careful = visit(30, { bufferAfterMinutes: 15 });
    expect(find([], {}, careful)).toEqual(['09:00', '09:45', '10:30', '11:15']);
    expect(find([booked('10:00', '10:30')], { stepMinutes: 30 }, careful)).toEqual([
      '09:00',
      '10:30',
      '11:00',
      '11:30',
    ]);
    expect(find([booked('10:00', '10:30')], { stepMinutes: 30, bufferBeforeMinutes: 5 })).toEqual([
      '09:00',
      '09:30',
      '11:00',
      '11:30',
    ]);
  });

  it('leaves room in a group until it is full; another visit at that time fills it at once', () => {
    const one = booked('10:00', '10:30');
    expect(find([one, one], { capacity: 3 })).toContain('10:00');
    expect(find([one, one, one], { capacity: 3 })).not.toContain('10:00');
    expect(find([{ ...one, groupStart: null }], { capacity: 3 })).not.toContain('10:00');
    expect(find([booked('09:45', '10:15')], { capacity: 3 })).not.toContain('10:00');
  });

  it('in the same room is in the way too, whoever is there', () => {
    const rooms = new Map([['r', [booked('10:00', '10:30')]]]);
    expect(find([], { roomId: 'r' }, visit(30), rooms)).toEqual(['09:00', '09:30', '10:30', '11:00', '11:30']);
    expect(find([], { roomId: 'other' }, visit(30), rooms)).toContain('10:00');
  });

  it('is found among many, by a search that any order of lengths survives', () => {
    const minutes = fc.array(fc.tuple(fc.integer({ min: 0, max: 1_300 }), fc.integer({ min: 1, max: 1_440 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(minutes, (rows) => {
        const busy = rows
          .map(([start, length]) => {
            const [from, until] = [
              at('00:00') + (start - 600) * minuteMs,
              at('00:00') + (start - 600 + length) * minuteMs,
            ];
            return { from, until, groupStart: null };
          })
          .toSorted((a, b) => a.from - b.from);
        const expected = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'].filter(
          (time) => !busy.some(({ from, until }) => from < at(time) + 30 * minuteMs && until > at(time)),
        );
        expect(find(busy)).toEqual(expected);
      }),
      { numRuns: 200, seed },
    );
  });
});

test('forty years of a window are no endless work: hours are found by their day, not by walking to it', () => {
  const begun = performance.now();
  const found = slotsOf(schedule({ weekly: [weekly(3, { startMinute: 600, endMinute: 660 })] }), visit(60), always);
  expect(found.length).toBe(2_087);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
