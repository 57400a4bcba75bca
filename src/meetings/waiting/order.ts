/**
 * In which order a doctor's patients are called. Pure.
 *
 * The rule: everybody counts from the moment they are both due and here, which is the later one of the appointment's time
 * and the arrival. So who is due comes before who came early; among those who are due, nobody loses by somebody else's coming
 * late; those who came early follow each other by their times. Whoever is equal by that goes by arrival. The order does not
 * change by the passing of time, only by somebody's coming, going, or being moved.
 */

export interface Queued {
  meetingId: string;
  scheduledAt: Date;
  /** When they came into the waiting room. */
  since: Date;
  /** From which moment they count since somebody moved them; null when nobody has. */
  place: Date | null;
}

/** From which moment they count, epoch milliseconds. */
export function countsFrom({ place, scheduledAt, since }: Queued): number {
  return place?.getTime() ?? Math.max(scheduledAt.getTime(), since.getTime());
}

export function inOrder<Q extends Queued>(queue: readonly Q[]): Q[] {
  return queue.toSorted(
    (a, b) =>
      countsFrom(a) - countsFrom(b) ||
      a.since.getTime() - b.since.getTime() ||
      (a.meetingId < b.meetingId ? -1 : Number(a.meetingId > b.meetingId)),
  );
}

export interface Moved {
  /** Counted from 1, as it will be. */
  position: number;
  /** Who counts from another moment then: the one who is moved, and whoever would otherwise be equal with them. */
  places: { meetingId: string; place: Date }[];
}

/** What gives somebody in the queue the place `position`, or the last when there are fewer; null when they are not in it. */
export function moveTo(queue: readonly Queued[], meetingId: string, position: number): Moved | null {
  const others = inOrder(queue).filter((one) => one.meetingId !== meetingId);
  if (others.length === queue.length) return null;
  const at = Math.min(position, others.length + 1) - 1;
  const [before, behind] = [others[at - 1], others.slice(at)];
  // Right behind the one before, or right ahead of the next one.
  const next = behind[0];
  let last = before ? countsFrom(before) + 1 : next ? countsFrom(next) - 1 : null;
  // Alone in the queue there is nothing to move.
  if (last === null) return { position: 1, places: [] };
  const places = [{ meetingId, place: new Date(last) }];
  for (const one of behind) {
    if (countsFrom(one) > last) break;
    last += 1;
    places.push({ meetingId: one.meetingId, place: new Date(last) });
  }
  return { position: at + 1, places };
}
