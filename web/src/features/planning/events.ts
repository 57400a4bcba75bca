/** Appointments as the calendar draws them: on the clinic's wall clock. Pure. */
import type { ScheduleEventData } from '@mantine/schedule';
import type { Appointment, AppointmentStatus } from '../../api/scheduling.ts';
import { type ClinicTime, clock } from '../../ui/time.ts';
import { addDays, toWall } from './wall.ts';

const colors: Readonly<Record<AppointmentStatus, string>> = {
  pending: 'yellow',
  booked: 'teal',
  arrived: 'teal',
  fulfilled: 'gray',
  cancelled: 'gray',
  noshow: 'red',
};

/** The visits that take time: those that were called off do not. */
export function shown(appointments: readonly Appointment[]): Appointment[] {
  return appointments.filter(({ status }) => status !== 'cancelled');
}

type Words = (words: { time: string; patient: string; doctor: string }) => string;

export function toEvents(appointments: readonly Appointment[], time: ClinicTime, words: Words): ScheduleEventData[] {
  return shown(appointments).map((one) => ({
    id: one.id,
    title: words({ time: clock(time, one.startsAt), patient: one.patientName, doctor: one.practitionerName }),
    start: toWall(time, one.startsAt),
    end: toWall(time, one.endsAt),
    color: colors[one.status],
    variant: one.status === 'arrived' ? ('filled' as const) : ('light' as const),
  }));
}

const hour = (wall: string) => Number(wall.slice(11, 13));
const two = (value: number) => String(value).padStart(2, '0');

/** The hours of the day that the calendar draws: the usual ones, and earlier or later ones that have a visit. */
export function hoursOf(appointments: readonly Appointment[], time: ClinicTime): { from: string; to: string } {
  const walls = shown(appointments).map(({ startsAt, endsAt }) => [toWall(time, startsAt), toWall(time, endsAt)]);
  const first = Math.min(7, ...walls.map(([start = '']) => hour(start)));
  const last = Math.max(
    20,
    // What ends on the next day needs the whole evening.
    ...walls.map(([start = '', end = '']) => (end.slice(0, 10) > start.slice(0, 10) ? 24 : hour(end) + 1)),
  );
  return { from: `${two(first)}:00:00`, to: last >= 24 ? '23:59:59' : `${two(last)}:00:00` };
}

/** Steps through days or weeks. */
export function step(day: string, view: 'day' | 'week', by: 1 | -1): string {
  return addDays(day, by * (view === 'week' ? 7 : 1));
}
