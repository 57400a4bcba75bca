/**
 * Meetings as they were when last written here, or by a node that tells of it, so that the next event need not read before it
 * writes. A hint and never the truth: what is decided on it is written only if the row still has this version, and decided
 * again under the lock if not.
 */
import type { Meeting } from '../../signaling/protocol/index.ts';
import { besideOf, takenOver } from './recent-elsewhere.ts';
import type { LockedMeeting } from './rows.ts';

/** More than a node has in progress; a few kilobytes each. */
const most = 2_000;
/** Who hangs up with the end, or a moment later, changes nothing: as many as end within some seconds. */
const mostOver = 500;

interface Told {
  id: string;
  meeting: Meeting;
  beside: unknown;
}

/** What it holds for other nodes it gives and takes as signaling/meeting-memory.ts says. */
export class RecentMeetings {
  readonly #kept = new Map<string, LockedMeeting>();
  /** They stay as they are for ever. */
  readonly #over = new Map<string, LockedMeeting>();
  /** As other nodes told of them, until one is asked for. */
  readonly #told = new Map<string, Told>();

  find(tenantId: string, meetingId: string): LockedMeeting | undefined {
    this.#takeOver(meetingId);
    const kept = this.#kept.get(meetingId) ?? this.#over.get(meetingId);
    return kept?.tenantId === tenantId ? kept : undefined;
  }

  /** Drops the one that was longest without a change when there are too many; those that are over do not push out the others. */
  keep(meeting: LockedMeeting): void {
    this.forget(meeting.id);
    if (isOver(meeting)) hold(this.#over, meeting, mostOver);
    else hold(this.#kept, meeting, most);
  }

  forget(meetingId: string): void {
    this.#kept.delete(meetingId);
    this.#told.delete(meetingId);
  }

  beside({ id, version }: Meeting): unknown {
    const kept = this.#kept.get(id);
    return kept?.version === version ? besideOf(kept) : undefined;
  }

  heard(meeting: Meeting, beside?: unknown): void {
    const { id, version } = meeting;
    const known = this.#kept.get(id) ?? this.#over.get(id) ?? this.#told.get(id)?.meeting;
    if (known && known.version >= version) return;
    this.forget(id);
    if (beside !== undefined) hold(this.#told, { id, meeting, beside }, most);
  }

  isOver(meetingId: string): boolean {
    return this.#over.has(meetingId);
  }

  #takeOver(meetingId: string): void {
    const told = this.#told.get(meetingId);
    if (!told) return;
    const meeting = takenOver(told);
    if (meeting) this.keep(meeting);
    else this.forget(meetingId);
  }
}

/** Nothing changes it any more, on whichever node. */
export function isOver({ stored: { value } }: Pick<LockedMeeting, 'stored'>): boolean {
  return value === 'ended' || value === 'cancelled';
}

function hold<M extends { id: string }>(meetings: Map<string, M>, meeting: M, atMost: number): void {
  meetings.set(meeting.id, meeting);
  if (meetings.size <= atMost) return;
  const [oldest] = meetings.keys();
  if (oldest !== undefined) meetings.delete(oldest);
}
