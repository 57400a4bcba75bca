/** What the clock alone will do to a meeting, and when. */
import type { ClinicRules, EventOf } from './model.ts';
import { type StoredMeeting, statusOf } from './step.ts';
import { isDue, longestUntil, noShowAt } from './windows.ts';

export type ClockEvent = EventOf<'deadline'> | EventOf<'max_duration' | 'no_show'>;

/** Each with the instant at which it falls due as its `at`, earliest first. Spans follow the settings of now, absences their own. */
export function pendingEvents(stored: StoredMeeting, clinic: ClinicRules): ClockEvent[] {
  const { scheduledAt, startedAt, seats } = stored.context;
  const status = statusOf(stored);
  if (status === 'scheduled') return [{ type: 'no_show', at: noShowAt(scheduledAt, clinic), clinic }];
  if (status !== 'active') return [];
  const events: ClockEvent[] = [];
  for (const role of ['doctor', 'patient'] as const) {
    const { deadline, absence } = seats[role];
    if (deadline !== null) events.push({ type: 'deadline', role, absence, at: deadline });
  }
  const longest = longestUntil(startedAt, clinic);
  if (longest !== null) events.push({ type: 'max_duration', at: longest, clinic });
  return events.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

/** The first one that has fallen due by `now`. */
export function dueEvent(stored: StoredMeeting, clinic: ClinicRules, now: string): ClockEvent | null {
  const first = pendingEvents(stored, clinic)[0];
  return first && isDue(first.at, now) ? first : null;
}

/** The earliest deadline of somebody who is away. */
export function reconnectDeadline(stored: StoredMeeting): string | null {
  const { doctor, patient } = stored.context.seats;
  const deadlines = [doctor.deadline, patient.deadline].filter((deadline) => deadline !== null);
  return deadlines.toSorted()[0] ?? null;
}
