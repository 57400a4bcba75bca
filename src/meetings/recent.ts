/**
 * Meetings as they were when last written here, so that the next event need not read before it writes. A hint and never the
 * truth: what is decided on it is written only if the row still has this version, and decided again under the lock if not.
 */
import type { LockedMeeting } from './rows.ts';

/** More than a node has in progress; a few kilobytes each. */
const most = 2_000;
/** Who hangs up with the end, or a moment later, changes nothing: as many as end within some seconds. */
const mostOver = 500;

export class RecentMeetings {
  readonly #kept = new Map<string, LockedMeeting>();
  /** They stay as they are for ever. */
  readonly #over = new Map<string, LockedMeeting>();

  find(tenantId: string, meetingId: string): LockedMeeting | undefined {
    const kept = this.#kept.get(meetingId) ?? this.#over.get(meetingId);
    return kept?.tenantId === tenantId ? kept : undefined;
  }

  /** Drops the one that was longest without a change when there are too many; those that are over do not push out the others. */
  keep(meeting: LockedMeeting): void {
    this.#kept.delete(meeting.id);
    if (isOver(meeting)) hold(this.#over, meeting, mostOver);
    else hold(this.#kept, meeting, most);
  }

  forget(meetingId: string): void {
    this.#kept.delete(meetingId);
  }
}

/** Nothing changes it any more, on whichever node. */
export function isOver({ stored: { value } }: Pick<LockedMeeting, 'stored'>): boolean {
  return value === 'ended' || value === 'cancelled';
}

function hold(meetings: Map<string, LockedMeeting>, meeting: LockedMeeting, atMost: number): void {
  meetings.set(meeting.id, meeting);
  if (meetings.size <= atMost) return;
  const [oldest] = meetings.keys();
  if (oldest !== undefined) meetings.delete(oldest);
}
