/** A visit drawn as lanes over time: who was there, waiting or away, from when to when. Pure. */
import type { Meeting, TimelineEntry } from '../../api/meetings.ts';

export type SpanKind = 'waiting' | 'present' | 'away';

export interface Span {
  kind: SpanKind;
  /** Epoch milliseconds. */
  from: number;
  to: number;
}

export interface Lane {
  who: 'doctor' | 'patient';
  spans: readonly Span[];
}

export interface Lanes {
  from: number;
  to: number;
  lanes: readonly Lane[];
}

type Who = Lane['who'];

interface Open {
  kind: SpanKind;
  from: number;
}

/** What an entry makes of a lane: a kind of span begins, or whatever was there is over; null when it says nothing of it. */
function turnOf(entry: TimelineEntry, who: Who): SpanKind | 'over' | null {
  const isOwn = entry.detail['role'] === who || (entry.detail['role'] === undefined && entry.actorRole === who);
  switch (entry.type) {
    case 'waited':
      return isOwn ? 'waiting' : null;
    case 'left_queue':
      return isOwn ? 'over' : null;
    case 'start':
      return who === 'doctor' ? 'present' : null;
    case 'join':
      return isOwn ? 'present' : null;
    case 'drop':
      return isOwn ? 'away' : null;
    case 'deadline':
    case 'end':
    case 'max_duration':
    case 'cancel':
    case 'no_show':
      return 'over';
    default:
      return null;
  }
}

function spansOf(who: Who, entries: readonly TimelineEntry[], end: number): Span[] {
  const spans: Span[] = [];
  let open: Open | undefined;
  for (const entry of entries) {
    const turn = turnOf(entry, who);
    const at = Date.parse(entry.at);
    if (turn === null || turn === open?.kind) continue;
    if (open) spans.push({ ...open, to: at });
    open = turn === 'over' ? undefined : { kind: turn, from: at };
  }
  if (open) spans.push({ ...open, to: Math.max(end, open.from) });
  return spans;
}

/** The lanes of a visit; what has not ended goes on until `now`. Null when nobody was ever there. */
export function lanesOf(meeting: Meeting, entries: readonly TimelineEntry[], now: number): Lanes | null {
  const times = entries.map(({ at }) => Date.parse(at));
  const first = Math.min(...times);
  if (times.length === 0) return null;
  const isOver = meeting.status === 'ended' || meeting.status === 'cancelled';
  const end = isOver ? Math.max(...times) : Math.max(now, ...times);
  const lanes = (['doctor', 'patient'] as const).map((who) => ({ who, spans: spansOf(who, entries, end) }));
  if (lanes.every(({ spans }) => spans.length === 0)) return null;
  // A moment is drawn too: nothing may be divided by no time at all.
  return { from: first, to: Math.max(end, first + 1_000), lanes };
}

/** Where on a line of 0 to 1 something lies. */
export function placeOf({ from, to }: Pick<Lanes, 'from' | 'to'>, span: Pick<Span, 'from' | 'to'>) {
  const whole = to - from;
  return { start: (span.from - from) / whole, size: (span.to - span.from) / whole };
}
