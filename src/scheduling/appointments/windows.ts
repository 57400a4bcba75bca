/** The spans of time that decide about an appointment. Instants are ISO 8601 as `toISOString()` writes them. */
import type { VisitModality } from '../schema.ts';
import type { AppointmentContext } from './model.ts';
import type { AppointmentStatus } from './schema.ts';

interface Closing {
  status: AppointmentStatus;
  modality: VisitModality;
  endsAt: Date;
}

const hourMs = 3_600_000;
const before = (instant: string, hours: number): string => new Date(Date.parse(instant) - hours * hourMs).toISOString();

export function hasBegun({ startsAt }: Pick<AppointmentContext, 'startsAt'>, at: string): boolean {
  return at >= startsAt;
}

/** Within the time in which the clinic lets a patient move it alone, and call it off without being noted as late. */
export function isFree({ startsAt }: Pick<AppointmentContext, 'startsAt'>, at: string, freeHours: number): boolean {
  return at <= before(startsAt, freeHours);
}

/** Nobody comes, and nothing is done, a day too early. */
export function isDay({ startsAt }: Pick<AppointmentContext, 'startsAt'>, at: string): boolean {
  return at >= before(startsAt, 24);
}

/** When the clock closes a visit on site that nobody has closed: the desk has a day for it. A meeting closes its own. */
export function closeAtOf({ status, modality, endsAt }: Closing): Date | null {
  if (modality === 'video' || (status !== 'booked' && status !== 'arrived')) return null;
  return new Date(endsAt.getTime() + 24 * hourMs);
}

/** An offer is gone at its own instant, not after it. */
export function isHeld({ holdUntil }: Pick<AppointmentContext, 'holdUntil'>, at: string): boolean {
  return holdUntil !== null && at < holdUntil;
}
