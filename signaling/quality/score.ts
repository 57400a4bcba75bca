/** One look at a connection as a number from 1 to 5. Pure. */
import type { LinkReport } from '../protocol/index.ts';

type Score = 1 | 2 | 3 | 4 | 5;

interface Limit {
  loss: number;
  roundTripMs: number;
  jitterMs: number;
}

/**
 * Who stays below all of a line has that score at least. ITU-T G.114: 150 ms one way is good, 400 ms the end of what is
 * acceptable; Opus hides up to 5 % of loss with its redundancy, and cannot hide 10 %.
 */
const limits: readonly [Score, Limit][] = [
  [5, { loss: 0.01, roundTripMs: 200, jitterMs: 20 }],
  [4, { loss: 0.02, roundTripMs: 300, jitterMs: 30 }],
  [3, { loss: 0.05, roundTripMs: 500, jitterMs: 60 }],
  [2, { loss: 0.1, roundTripMs: 800, jitterMs: 150 }],
];

/**
 * What is not known counts as well. Pictures that stand still are left out: it may be the other one's connection, or a
 * slow device, and that is no reason to blame this line.
 */
export function scoreOf(report: LinkReport): Score {
  const loss = Math.max(report.lossUp ?? 0, report.lossDown ?? 0);
  const found = limits.find(
    ([, limit]) =>
      loss < limit.loss && (report.roundTripMs ?? 0) < limit.roundTripMs && (report.jitterMs ?? 0) < limit.jitterMs,
  );
  return found?.[0] ?? 1;
}
