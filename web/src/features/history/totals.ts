/** The sums under the columns, of the rows that are shown. Pure. */
import type { Meeting } from '../../api/meetings.ts';

export interface Totals {
  visits: number;
  /** Of the visits that took place. */
  seconds: number;
  averageSeconds: number | null;
  byReason: readonly { reason: NonNullable<Meeting['endReason']>; count: number }[];
}

export function totalsOf(meetings: readonly Meeting[]): Totals {
  const lengths = meetings.flatMap(({ durationSeconds }) => (durationSeconds === null ? [] : [durationSeconds]));
  const seconds = lengths.reduce((sum, length) => sum + length, 0);
  const counts = new Map<NonNullable<Meeting['endReason']>, number>();
  for (const { endReason } of meetings) {
    if (endReason !== null) counts.set(endReason, (counts.get(endReason) ?? 0) + 1);
  }
  return {
    visits: meetings.length,
    seconds,
    averageSeconds: lengths.length === 0 ? null : seconds / lengths.length,
    byReason: Array.from(counts, ([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
  };
}
