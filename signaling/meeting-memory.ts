/** What a node remembers of meetings so as not to read them. Signaling carries it between nodes and knows nothing of it. */
import type { Meeting } from './protocol/index.ts';

export interface MeetingMemory {
  /** What another node needs to remember this very version as well; undefined when it is not remembered here. For nobody else. */
  beside(meeting: Meeting): unknown;
  /** The meeting has come so far, perhaps on another node, which may say what it remembers of it. */
  heard(meeting: Meeting, beside?: unknown): void;
  /** Whether it is known here that the meeting does not go on. */
  isOver(meetingId: string): boolean;
}
