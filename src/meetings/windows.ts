/**
 * Every span of time that MEETING.md names. Instants are ISO 8601 as `toISOString()` writes them: all of one length,
 * in UTC, so that they compare as text.
 */
import type { AwayCause, ParticipantRole } from '../../signaling/protocol/index.ts';
import type { ClinicRules } from './model.ts';

const after = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** The doctor may start from here on. */
export function mayStartFrom(scheduledAt: string, clinic: ClinicRules): string {
  return after(scheduledAt, -clinic.earlyStartMinutes * 60);
}

/** A meeting that nobody has started by then is a no-show. */
export function noShowAt(scheduledAt: string, clinic: ClinicRules): string {
  return after(scheduledAt, clinic.noShowMinutes * 60);
}

/** A meeting that was never started has no longest duration. */
export function longestUntil(startedAt: string | null, clinic: ClinicRules): string | null {
  return startedAt === null ? null : after(startedAt, clinic.maxDurationMinutes * 60);
}

/** Whoever was cut off by a server gets at least the recovery window, whatever their own window is. */
export function endOfAbsence(role: ParticipantRole, cause: AwayCause, lostAt: string, clinic: ClinicRules): string {
  const own = role === 'doctor' ? clinic.doctorGraceSeconds : clinic.reconnectWindowSeconds;
  return after(lostAt, cause === 'server' ? Math.max(clinic.recoveryWindowSeconds, own) : own);
}

/** A doctor without grace ends the meeting by going; a server that goes away never does. */
export function endsAtOnce(role: ParticipantRole, cause: AwayCause, clinic: ClinicRules): boolean {
  return role === 'doctor' && cause !== 'server' && clinic.doctorGraceSeconds === 0;
}

/** A deadline has passed at its own instant, not after it. */
export function isDue(deadline: string | null, now: string): boolean {
  return deadline !== null && now >= deadline;
}
