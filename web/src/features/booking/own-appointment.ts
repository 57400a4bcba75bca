/** What the patient can do with an appointment now, as the clinic's rules have it. Pure; the server has the last word. */
import type { Appointment } from '../../api/scheduling.ts';

export interface Possible {
  /** An offer from the waiting list that can still be taken. */
  answer: boolean;
  move: boolean;
  /** It would be moved if it were not too late for that. */
  tooLateToMove: boolean;
  cancel: boolean;
  /** Calling off now is noted as late. */
  isLate: boolean;
}

const hourMs = 3_600_000;

export function possible(
  { status, startsAt, holdUntil }: Pick<Appointment, 'status' | 'startsAt' | 'holdUntil'>,
  now: number,
  freeHours: number,
): Possible {
  const start = Date.parse(startsAt);
  const isComing = status === 'booked' && now < start;
  const isFree = now <= start - freeHours * hourMs;
  return {
    answer: status === 'pending' && holdUntil !== null && now < Date.parse(holdUntil),
    move: isComing && isFree,
    tooLateToMove: isComing && !isFree,
    cancel: isComing,
    isLate: isComing && !isFree,
  };
}
