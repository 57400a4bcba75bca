/** What the calendar shows, as it stands in the address. Pure. */
import { type ClinicTime, isoDay } from '../../ui/time.ts';
import { addDays, mondayOf } from './wall.ts';

export type CalendarView = 'day' | 'week';

export interface CalendarPlace {
  view: CalendarView;
  day: string;
  doctor: string | null;
  place: string | null;
}

export function readCalendar(search: string, time: ClinicTime, now: number): CalendarPlace {
  const query = new URLSearchParams(search);
  const day = query.get('day') ?? '';
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
  return {
    view: query.get('view') === 'week' ? 'week' : 'day',
    day: isDay ? day : isoDay(time, now),
    doctor: query.get('doctor') || null,
    place: query.get('place') || null,
  };
}

export function writeCalendar(place: CalendarPlace): string {
  const pairs = Object.entries(place).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[key, value]] : [],
  );
  return `?${new URLSearchParams(pairs)}`;
}

/** The first day that is shown, and the first one that is not any more. */
export function spanOf({ view, day }: CalendarPlace): { first: string; end: string } {
  const first = view === 'week' ? mondayOf(day) : day;
  return { first, end: addDays(first, view === 'week' ? 7 : 1) };
}
