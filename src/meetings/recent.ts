/**
 * Meetings as they were when last written here, so that the next event need not read before it writes. A hint and never the
 * truth: what is decided on it is written only if the row still has this version, and decided again under the lock if not.
 */
import type { LockedMeeting } from './rows.ts';

/** More than a node has in progress; a few kilobytes each. */
const most = 2_000;

export class RecentMeetings {
  readonly #kept = new Map<string, LockedMeeting>();

  find(tenantId: string, meetingId: string): LockedMeeting | undefined {
    const kept = this.#kept.get(meetingId);
    return kept?.tenantId === tenantId ? kept : undefined;
  }

  /** Keeps a meeting that goes on, and drops the one that was longest without a change when there are too many. */
  keep(meeting: LockedMeeting): void {
    this.#kept.delete(meeting.id);
    if (typeof meeting.stored.value === 'string' && meeting.stored.value !== 'scheduled') return;
    this.#kept.set(meeting.id, meeting);
    if (this.#kept.size <= most) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  forget(meetingId: string): void {
    this.#kept.delete(meetingId);
  }
}
