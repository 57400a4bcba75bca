/** When a patient is reminded. */
import type { TenantSettings } from '../../identity/tenants/schema.ts';

export interface PlannedReminder {
  minutesBefore: number;
  dueAt: Date;
}

/** By the clinic's offsets, those that are still to come. */
export function remindersOf(
  { reminderMinutesBefore }: Pick<TenantSettings, 'reminderMinutesBefore'>,
  startsAt: Date,
  now: Date,
): PlannedReminder[] {
  return [...new Set(reminderMinutesBefore)]
    .map((minutesBefore) => ({ minutesBefore, dueAt: new Date(startsAt.getTime() - minutesBefore * 60_000) }))
    .filter(({ dueAt }) => dueAt > now);
}
