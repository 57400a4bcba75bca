/** Tells the server every few seconds how this browser's connection is, by the browser's own counts. */
import type { CallInput } from '../../../../signaling/protocol/index.ts';
import { type Counts, countsOf, figuresBetween } from '../network-test/counts.ts';
import type { Report } from './way.ts';

export interface Statistics {
  /** Of the connections that send, and of those that receive; one that does both is in both. */
  up: readonly Report[];
  down: readonly Report[];
}

export interface ReportingOptions {
  statistics: () => Promise<Statistics>;
  tell: (report: CallInput<'media:report'>) => void;
  now?: () => number;
}

const everyMs = 5_000;

/** Begins at once; answers how to stop. A moment in which nothing can be said is passed over. */
export function startReporting({ statistics, tell, now = () => performance.now() }: ReportingOptions): () => void {
  let before: Counts | null = null;
  let isStopped = false;
  async function look(): Promise<void> {
    const counts = await statistics().then(
      ({ up, down }) => countsOf(up, down, now()),
      () => null,
    );
    if (isStopped || !counts) return;
    if (before) tell(reportBetween(before, counts));
    before = counts;
  }
  void look();
  const timer = setInterval(() => void look(), everyMs);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}

export function reportBetween(before: Counts, now: Counts): CallInput<'media:report'> {
  const { roundTripMs, jitterMs, lossUp, lossDown, upKbps, downKbps, way } = figuresBetween(before, now, [now]);
  return {
    roundTripMs: within(roundTripMs, 60_000),
    jitterMs: within(jitterMs, 60_000),
    lossUp,
    lossDown,
    // Counts begin anew with a connection: what went down then is not known.
    upKbps: within(upKbps, 100_000),
    downKbps: within(downKbps, 100_000),
    frozenMs: Math.round(Math.min(60_000, Math.max(0, (now.frozenSeconds - before.frozenSeconds) * 1_000))),
    way,
  };
}

function within(value: number | null, most: number): number | null {
  return value === null || value < 0 ? null : Math.min(most, value);
}
