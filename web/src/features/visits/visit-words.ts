/** Where a patient's visit is, in one sentence and one button. Pure. */
import type { Meeting } from '../../api/meetings.ts';

/** So long before its time a visit is near: the waiting room is the next step, before that it is the check. */
const nearBefore = 60 * 60_000;

export type VisitStage = 'active' | 'waiting' | 'soon' | 'late' | 'planned' | 'over';
export type VisitAction = 'join' | 'toWaitingRoom' | 'backToWaitingRoom' | 'prepare';

export function stageOf(meeting: Meeting, now: number): VisitStage {
  if (meeting.status === 'active') return 'active';
  if (meeting.status !== 'scheduled') return 'over';
  if (meeting.waitingSince !== null) return 'waiting';
  const until = Date.parse(meeting.scheduledAt) - now;
  if (until <= 0) return 'late';
  return until <= nearBefore ? 'soon' : 'planned';
}

export const actionOf: Readonly<Record<Exclude<VisitStage, 'over'>, VisitAction>> = {
  active: 'join',
  waiting: 'backToWaitingRoom',
  soon: 'toWaitingRoom',
  late: 'toWaitingRoom',
  planned: 'prepare',
};

const time = (meeting: Meeting) => Date.parse(meeting.scheduledAt);
const isOpen = ({ status }: Meeting) => status === 'active' || status === 'scheduled';

/** What comes first: what goes on now, then by time; and what is over, the latest first. */
export function inOrder(meetings: readonly Meeting[]): { coming: Meeting[]; earlier: Meeting[] } {
  const coming = meetings
    .filter(isOpen)
    .toSorted((a, b) => Number(b.status === 'active') - Number(a.status === 'active') || time(a) - time(b));
  const earlier = meetings.filter((meeting) => !isOpen(meeting)).toSorted((a, b) => time(b) - time(a));
  return { coming, earlier };
}
