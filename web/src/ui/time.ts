/** Times as people say them, always in the clinic's zone and with the zone named where it matters. Pure. */

export interface ClinicTime {
  /** IANA name. */
  timeZone: string;
  /** BCP 47. */
  locale: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();

function format({ timeZone, locale }: ClinicTime, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    formats.set(key, made);
  }
  return made;
}

type When = string | number | Date;
const date = (when: When) => new Date(when);

/** `14:05`, or as the locale writes it. */
export function clock(time: ClinicTime, when: When): string {
  return format(time, { hour: 'numeric', minute: '2-digit' }).format(date(when));
}

/** `14:05:09`. */
export function clockWithSeconds(time: ClinicTime, when: When): string {
  return format(time, { hour: 'numeric', minute: '2-digit', second: '2-digit' }).format(date(when));
}

/** `14:05 IST`. */
export function clockWithZone(time: ClinicTime, when: When): string {
  return format(time, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).format(date(when));
}

/** `Saturday, 21 November`; with the year when it is another one than now's. */
export function longDay(time: ClinicTime, when: When, now: When): string {
  const sameYear = yearOf(time, when) === yearOf(time, now);
  return format(time, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date(when));
}

/** `21 Nov 2026, 14:05`, for tables. */
export function stamp(time: ClinicTime, when: When): string {
  return format(time, { dateStyle: 'medium', timeStyle: 'short' }).format(date(when));
}

/** The zone's own name, `India Standard Time`. */
export function zoneName(time: ClinicTime, when: When): string {
  const part = format(time, { timeZoneName: 'long' })
    .formatToParts(date(when))
    .find(({ type }) => type === 'timeZoneName');
  return part?.value ?? time.timeZone;
}

interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

function yearOf(time: ClinicTime, when: When): number {
  return calendarDay(time, when).year;
}

/** The day in the clinic's zone, in the Gregorian calendar whatever the locale. */
function calendarDay({ timeZone }: ClinicTime, when: When): CalendarDay {
  const parts = format(
    { timeZone, locale: 'en-u-ca-gregory-nu-latn' },
    { year: 'numeric', month: '2-digit', day: '2-digit' },
  ).formatToParts(date(when));
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return { year: number('year'), month: number('month'), day: number('day') };
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-11-21`: the clinic's day at an instant, as `<input type="date">` writes it. */
export function isoDay(time: ClinicTime, when: When): string {
  const { year, month, day } = calendarDay(time, when);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** How far the zone is from UTC at an instant, in milliseconds. */
function offset({ timeZone }: ClinicTime, at: number): number {
  const parts = format(
    { timeZone, locale: 'en-u-ca-gregory-nu-latn' },
    {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    },
  ).formatToParts(at);
  const number = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(
    number('year'),
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
    number('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}

/** The instant at which a day (`2026-11-21`) begins in the clinic's zone; null when it is no day. */
export function dayStart(time: ClinicTime, isoDate: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(isoDate)) return null;
  const utc = Date.parse(`${isoDate}T00:00:00.000Z`);
  if (Number.isNaN(utc)) return null;
  // The offset may change between the two: looked up again at the instant that the first one gave.
  const first = utc - offset(time, utc);
  return new Date(utc - offset(time, first));
}

/** The day after, `2026-11-22`. */
export function nextDay(isoDate: string): string {
  return new Date(Date.parse(`${isoDate}T00:00:00.000Z`) + day).toISOString().slice(0, 10);
}

/** `in 12 minutes`, `3 hours ago`; null when it is further away than twelve hours and a clock time says it better. */
export function near({ locale }: ClinicTime, when: When, now: When): string | null {
  const distance = date(when).getTime() - date(now).getTime();
  if (Math.abs(distance) >= 12 * hour) return null;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = Math.round(distance / minute);
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  return relative.format(Math.round(distance / hour), 'hour');
}

/** Whole minutes since, never negative. */
export function minutesSince(when: When, now: When): number {
  return Math.max(0, Math.floor((date(now).getTime() - date(when).getTime()) / minute));
}

/** `5 min`, `1 hr, 20 min`, `40 sec`: how long something took, in whole seconds given. */
export function duration({ locale }: Pick<ClinicTime, 'locale'>, seconds: number): string {
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (seconds < 60) return unit(Math.max(0, Math.floor(seconds)), 'second');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours === 0) return unit(minutes, 'minute');
  return minutes === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
}

/** `4:05`, `1:02:09`: a running clock. */
export function running(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}
