/** The clock on the clinic's wall, as the calendar writes it (`2026-11-23 09:30:00`), and instants. Pure. */
import { type ClinicTime, isoDay } from '../../ui/time.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let made = formats.get(timeZone);
  if (made === undefined) {
    made = new Intl.DateTimeFormat('en-u-nu-latn', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, made);
  }
  return made;
}

export function toWall(time: ClinicTime, when: string | number): string {
  return `${isoDay(time, when)} ${clockOf(time.timeZone).format(new Date(when))}`;
}

const asUtc = (wall: string) => Date.parse(`${wall.replace(' ', 'T')}Z`);

/**
 * The instant at which the wall shows this. Of an hour that the change of clocks gives twice it is the first; of one that it
 * leaves out, the instant that the wall would have shown without the change.
 */
export function fromWall(time: ClinicTime, wall: string): Date {
  const wanted = asUtc(wall);
  const offset = (at: number) => asUtc(toWall(time, at)) - at;
  // Before and after any change of that day; the earlier instant that fits is the one.
  const candidates = [wanted - offset(wanted - 86_400_000), wanted - offset(wanted + 86_400_000)];
  const fitting = candidates.filter((at) => toWall(time, at) === wall);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : (candidates[0] ?? wanted));
}

/** A day further, or back. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of a day's week (ISO 8601). */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}
