/** A clinic's settings. Every default but the time zone's: a missing zone is an error, never a silent fallback (T3). */
import { z } from 'zod';

const seconds = (fallback: number, max: number) => z.int().min(0).max(max).default(fallback);
const minutes = (fallback: number, max: number) => z.int().min(1).max(max).default(fallback);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const TenantSettings = z
  .object({
    timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, e.g. Asia/Kolkata'),
    locale: z.string().min(2).max(35).default('en'),
    emergencyNumber: z.string().regex(/^[0-9+][0-9 ]{1,15}$/).default('112'),
    /** How long a patient who dropped may take to come back. */
    reconnectWindowSeconds: seconds(300, 3_600),
    /** How long a doctor who dropped may take; 0 ends the meeting at once. */
    doctorGraceSeconds: seconds(0, 3_600),
    /** How long both may take when a server, not they, went away. */
    recoveryWindowSeconds: seconds(60, 3_600),
    earlyStartMinutes: minutes(30, 1_440),
    noShowMinutes: minutes(30, 1_440),
    maxDurationMinutes: minutes(240, 1_440),
  })
  .meta({ id: 'TenantSettings' });
export type TenantSettings = z.infer<typeof TenantSettings>;
