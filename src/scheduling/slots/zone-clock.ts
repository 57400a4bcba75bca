/**
 * The clock on the wall of a time zone. Local time is a count of milliseconds as if the wall's clock were UTC's; between two
 * transitions one offset leads from it to the instant, so that a thousand times need a thousand additions.
 */
import { Temporal } from 'temporal-polyfill';
import { AppError } from '../../platform/errors.ts';

/** From `from` (inclusive) to `until` (exclusive), both epoch milliseconds, the wall shows the instant plus `offset`. */
export interface Stretch {
  from: number;
  until: number;
  /** Milliseconds. */
  offset: number;
}

export interface ZoneClock {
  /** In order and without a gap over the span asked for, whatever it is. */
  stretches: readonly Stretch[];
  /** What the wall shows at an instant. */
  shown(instant: number): number;
  /**
   * The first instant at which the wall shows `local` or later. So an hour that does not exist is over as it begins, and
   * of an hour that comes twice the first is meant (RFC 5545, 3.3.5).
   */
  first(local: number): number;
}

/** Between `from` and `until`, epoch milliseconds; outside of them the nearest offset goes on. Throws for an unknown zone. */
export function zoneClock(zone: string, from: number, until: number): ZoneClock {
  const stretches = stretchesOf(zone, from, until);
  return {
    stretches,
    shown: (instant) => instant + stretchAt(stretches, instant).offset,
    first: (local) => {
      for (const stretch of stretches) {
        const instant = Math.max(stretch.from, local - stretch.offset);
        if (instant < stretch.until) return instant;
      }
      throw new Error('The last stretch of a clock has no end.');
    },
  };
}

function stretchAt(stretches: readonly Stretch[], instant: number): Stretch {
  const found = stretches.findLast((stretch) => stretch.from <= instant);
  if (!found) throw new Error('The first stretch of a clock has no beginning.');
  return found;
}

function stretchesOf(zone: string, from: number, until: number): Stretch[] {
  const stretches: Stretch[] = [];
  let begin = Number.NEGATIVE_INFINITY;
  let at = zoned(zone, from);
  for (;;) {
    const offset = at.offsetNanoseconds / 1e6;
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > until) return [...stretches, { from: begin, until: Infinity, offset }];
    stretches.push({ from: begin, until: next.epochMilliseconds, offset });
    begin = next.epochMilliseconds;
    at = next;
  }
}

function zoned(zone: string, instant: number): Temporal.ZonedDateTime {
  try {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  } catch (error) {
    throw new AppError('INTERNAL', 'A time zone that is stored is not known.', { cause: error });
  }
}

export const dayMs = 86_400_000;
export const minuteMs = 60_000;

/** ISO 8601: 1 is Monday. Days are counted from 1970-01-01, a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
