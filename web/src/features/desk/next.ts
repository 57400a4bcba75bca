/** Who comes next at the desk. Pure. */
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import type { Meeting } from '../../api/meetings.ts';

export type Next =
  | { kind: 'waiting'; entry: WaitingEntry }
  | { kind: 'planned'; meeting: Meeting }
  | { kind: 'nobody' };

/** Who waits, in the order of the queue; else the next one planned; never the visit one comes from. */
export function nextOf(waiting: readonly WaitingEntry[], today: readonly Meeting[], except: string): Next {
  const entry = waiting.find(({ meetingId }) => meetingId !== except);
  if (entry !== undefined) return { kind: 'waiting', entry };
  const meeting = today.find(({ id, status }) => id !== except && status === 'scheduled');
  return meeting === undefined ? { kind: 'nobody' } : { kind: 'planned', meeting };
}

/** The names that are in the queue now and were not before. */
export function arrivals(before: readonly WaitingEntry[], after: readonly WaitingEntry[]): string[] {
  const known = new Set(before.map(({ meetingId }) => meetingId));
  return after.filter(({ meetingId }) => !known.has(meetingId)).map(({ patientName }) => patientName);
}
