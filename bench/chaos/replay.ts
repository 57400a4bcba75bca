/** Whether a meeting's timeline, played through the machine from the start, comes to what is stored. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { ParticipantRole } from '../../signaling/protocol/index.ts';
import type { Ender, MeetingEvent } from '../../src/meetings/model.ts';
import { type StoredMeeting, scheduleMeeting, step } from '../../src/meetings/step.ts';

export interface TimelineRow {
  id: string;
  type: string;
  actorRole: string;
  at: Date;
  nodeId: string | null;
  detail: { role?: ParticipantRole; seat?: number; cause?: 'connection' | 'leave' | 'server'; absence?: number };
}

export type Rules = Extract<MeetingEvent, { type: 'start' }>['clinic'];

/** What is wrong, in words; undefined when nothing is. `rows` in the order of their ids. */
export function replayFault(
  scheduledAt: Date,
  rows: readonly TimelineRow[],
  clinic: Rules,
  stored: StoredMeeting,
): string | undefined {
  let now = scheduleMeeting(scheduledAt);
  const left = [...rows];
  while (left.length > 0) {
    const taken = left.findIndex((row) => isOfSameInstant(row, left[0]) && takes(now, row, clinic));
    const [row] = left.splice(Math.max(0, taken), 1);
    if (!row) break;
    const event = eventOf(row, clinic);
    if (!event) continue;
    const next = step(now, event);
    if (!next.accepted || !next.changed) return `the entry ${row.type} of ${row.at.toISOString()} changes nothing`;
    const fault = seatFault(row, next.stored);
    if (fault) return fault;
    now = next.stored;
  }
  return isDeepStrictEqual(now, stored) ? undefined : 'what is stored is not what the timeline comes to';
}

/** Two processes number what they do in one millisecond by chance. */
const isOfSameInstant = (row: TimelineRow, first: TimelineRow | undefined): boolean =>
  row.id.slice(0, 13) === first?.id.slice(0, 13);

function takes(now: StoredMeeting, row: TimelineRow, clinic: Rules): boolean {
  const event = eventOf(row, clinic);
  if (!event) return true;
  const next = step(now, event);
  return next.accepted && next.changed && seatFault(row, next.stored) === undefined;
}

function seatFault({ type, detail, at }: TimelineRow, { context }: StoredMeeting): string | undefined {
  const { role, seat } = detail;
  if (role === undefined || seat === undefined || context.seats[role].seat === seat) return undefined;
  return `the entry ${type} of ${at.toISOString()} names seat ${seat}, and it is ${context.seats[role].seat}`;
}

/** Undefined for what the machine knows nothing of. */
function eventOf(row: TimelineRow, clinic: Rules): MeetingEvent | undefined {
  const { type, actorRole, nodeId, detail } = row;
  const { role = 'doctor', seat = 0, cause = 'connection', absence = 0 } = detail;
  const at = row.at.toISOString();
  switch (type) {
    case 'start':
      return { type, at, nodeId: nodeId ?? '', clinic };
    case 'join':
      return { type, role, at, nodeId: nodeId ?? '' };
    case 'drop':
      return { type, role, seat, cause, at, clinic };
    case 'deadline':
      return { type, role, absence, at };
    case 'end':
    case 'cancel':
      return { type, by: actorRole as Ender, at };
    case 'max_duration':
    case 'no_show':
      return { type, at, clinic };
    default:
      return undefined;
  }
}
