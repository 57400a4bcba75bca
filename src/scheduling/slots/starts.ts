import type { Period } from './periods.ts';

/**
 * The instants at which a visit may start: the wall shows the start of the hours, or a whole number of steps later, and
 * `durationMs` later it is not yet closed. A time that the wall leaves out is left out; one that it shows twice comes
 * twice. Where the clock was put right by something else than whole steps, nothing starts until a step has really passed.
 */
export function startsIn(
  { clock, opens, closes, localFrom, localUntil }: Period,
  stepMs: number,
  durationMs: number,
): number[] {
  const starts: number[] = [];
  const latest = closes - durationMs;
  let previous = Number.NEGATIVE_INFINITY;
  for (const { from, until, offset } of clock.stretches) {
    if (until <= opens) continue;
    if (from >= closes) break;
    const localLow = Math.max(from, opens) + offset;
    const steps = Math.max(0, Math.ceil((localLow - localFrom) / stepMs));
    for (let local = localFrom + steps * stepMs; local < localUntil; local += stepMs) {
      const instant = local - offset;
      if (instant >= until || instant > latest) break;
      if (instant < previous + stepMs) continue;
      starts.push(instant);
      previous = instant;
    }
  }
  return starts;
}
