/** Watches whether the others' media flows, and how well, by the browser's counts. */
import type { QualityLevel } from '../../../../signaling/protocol/index.ts';
import type { InboundCount } from './media-session.ts';
import { nextQuality, type QualityState, qualityBetween } from './quality.ts';

export interface FlowWatchOptions {
  counts: () => Promise<InboundCount[]>;
  /** True when a picture is expected; sound alone is then not taken for the media flowing. */
  expectsPicture: () => boolean;
  events: {
    /** It began to flow, or began again. */
    flowing(): void;
    quality(participantId: string, level: QualityLevel): void;
    /** Each look, as it is. */
    looked?(counts: readonly InboundCount[]): void;
  };
}

/** Often while people look at a dark screen, seldom once they talk; often enough to notice a stall within five seconds. */
const eagerMs = 150;
const calmMs = 1_000;
const qualityMs = 2_000;
/** Nothing for so long means that it stopped; short enough that its return is told. */
const stoppedMs = 4_000;

/** Begins at once; answers how to stop. */
export function watchFlow({ counts, expectsPicture, events }: FlowWatchOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let before: readonly InboundCount[] = [];
  let lastProgress: number | null = null;
  const measure = qualityMeter();
  let qualityAt = Date.now();

  async function look(): Promise<void> {
    const now = await counts();
    if (isStopped) return;
    if (hasProgress(before, now, expectsPicture())) {
      if (lastProgress === null || Date.now() - lastProgress > stoppedMs) events.flowing();
      lastProgress = Date.now();
    }
    before = now;
    events.looked?.(now);
    if (Date.now() - qualityAt >= qualityMs) {
      for (const [id, level] of measure(now)) events.quality(id, level);
      qualityAt = Date.now();
    }
    const isCalm = lastProgress !== null && Date.now() - lastProgress < stoppedMs;
    timer = setTimeout(() => void look(), isCalm ? calmMs : eagerMs);
  }

  void look();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

export function hasProgress(
  before: readonly InboundCount[],
  now: readonly InboundCount[],
  expectsPicture: boolean,
): boolean {
  return now.some((count) => {
    const earlier = before.find((one) => one.kind === count.kind && one.participantId === count.participantId);
    if (count.kind === 'video') return count.frames > (earlier?.frames ?? 0);
    return !expectsPicture && count.packets > (earlier?.packets ?? 0);
  });
}

/** Looks at each participant's counts; answers their levels. What is said of somebody new begins anew. */
function qualityMeter(): (now: readonly InboundCount[]) => Map<string, QualityLevel> {
  let before: readonly InboundCount[] = [];
  const states = new Map<string, QualityState>();
  return (now) => {
    for (const id of new Set(now.map((count) => count.participantId))) {
      const of = (counts: readonly InboundCount[]) => counts.filter((one) => one.participantId === id);
      const seen = qualityBetween(of(before), of(now));
      if (seen) states.set(id, nextQuality(states.get(id), seen));
    }
    before = now;
    return new Map([...states].map(([id, { level }]) => [id, level]));
  };
}
