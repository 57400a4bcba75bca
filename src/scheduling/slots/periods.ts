/** Hours on the wall's clock as periods of real time, on the days of a window. */
import type { Hours, Schedule, WeeklyHours, Window } from './model.ts';
import { dayMs, minuteMs, weekdayOf, type ZoneClock, zoneClock } from './zone-clock.ts';

/** One day's hours: open from one instant until another, while the wall shows `localFrom` to `localUntil`. */
export interface Period {
  hours: Hours;
  clock: ZoneClock;
  opens: number;
  closes: number;
  localFrom: number;
  localUntil: number;
}

/** Asked for per window, not per practitioner: a hundred of them share a zone and a calendar. */
export type Calendar = (zone: string) => ZoneDays;

/** The days that a window touches in one zone. */
interface ZoneDays {
  clock: ZoneClock;
  firstDay: number;
  lastDay: number;
  /** Where each day begins and ends; shared, as nearly all hours are of ordinary days. */
  period(day: number, hours: Hours): Period;
}

/** `from` and `to` as in Window. */
export function calendarOf({ from, to }: Pick<Window, 'from' | 'to'>): Calendar {
  const zones = new Map<string, ZoneDays>();
  return (zone) => {
    let days = zones.get(zone);
    if (!days) zones.set(zone, (days = zoneDays(zone, from, to)));
    return days;
  };
}

function zoneDays(zone: string, from: number, to: number): ZoneDays {
  // A clock is put right by a day at most (Pacific/Apia, 2011).
  const clock = zoneClock(zone, from - 3 * dayMs, to + 3 * dayMs);
  return {
    clock,
    firstDay: Math.floor(clock.shown(from) / dayMs) - 1,
    lastDay: Math.floor(clock.shown(to) / dayMs) + 1,
    period: (day, hours) => {
      const localFrom = day * dayMs + hours.startMinute * minuteMs;
      const localUntil = day * dayMs + hours.endMinute * minuteMs;
      const [opens, closes] = [clock.first(localFrom), clock.first(localUntil)];
      return { hours, clock, opens, closes, localFrom, localUntil };
    },
  };
}

/** Every period of the schedule's hours that the window touches; leave is not yet taken off. */
export function* periodsOf(
  { weekly, extra }: Pick<Schedule, 'weekly' | 'extra'>,
  { from, to }: Pick<Window, 'from' | 'to'>,
  calendar: Calendar,
): Generator<Period> {
  const touches = ({ opens, closes }: Period) => opens < closes && opens < to && closes > from;
  for (const hours of weekly) {
    const { firstDay, lastDay, period } = calendar(hours.zone);
    for (const day of daysOf(hours, firstDay, lastDay)) {
      const one = period(day, hours);
      if (touches(one)) yield one;
    }
  }
  for (const hours of extra) {
    const one = calendar(hours.zone).period(hours.day, hours);
    if (touches(one)) yield one;
  }
}

function* daysOf({ weekday, validFrom, validTo }: WeeklyHours, firstDay: number, lastDay: number): Generator<number> {
  const first = Math.max(firstDay, validFrom ?? firstDay);
  const last = Math.min(lastDay, validTo ?? lastDay);
  const wait = (weekday - weekdayOf(first) + 7) % 7;
  for (let day = first + wait; day <= last; day += 7) yield day;
}

/** A stretch of leave in real time, for hours of that zone and place. */
export interface Closed {
  from: number;
  until: number;
}

/** What of the leaves cuts into hours of this zone and place, in real time. */
export function closedFor(
  { leaves }: Pick<Schedule, 'leaves'>,
  { zone, locationId }: Pick<Hours, 'zone' | 'locationId'>,
  calendar: Calendar,
): Closed[] {
  const { clock } = calendar(zone);
  return leaves
    .filter((leave) => leave.locationId === null || leave.locationId === locationId)
    .map(({ fromMinute, untilMinute }) => ({
      from: clock.first(fromMinute * minuteMs),
      until: clock.first(untilMinute * minuteMs),
    }));
}
