/** How well media arrives, from the browser's own counts. The server does the same for media that goes through it. */
import type { QualityLevel } from '../../../../signaling/protocol/index.ts';
import type { InboundCount } from './media-session.ts';

const levels: readonly QualityLevel[] = ['good', 'weak', 'very_weak'];

/** Speech is understood without effort up to 5 % loss and 300 ms both ways (ITU-T G.114), hardly beyond 15 % and 700 ms. */
export function qualityBetween(before: readonly InboundCount[], now: readonly InboundCount[]): QualityLevel | null {
  let packets = 0;
  let lost = 0;
  let worst = 0;
  for (const count of now) {
    const earlier = before.find((one) => one.kind === count.kind && one.participantId === count.participantId);
    if (!earlier) continue;
    packets += Math.max(0, count.packets - earlier.packets);
    lost += Math.max(0, count.lost - earlier.lost);
    worst = Math.max(worst, grade(count.roundTripSeconds ?? 0, 0.3, 0.7), grade(count.jitterSeconds, 0.05, 0.12));
  }
  if (packets + lost === 0) return null;
  return levels[Math.max(worst, grade(lost / (packets + lost), 0.05, 0.15))] ?? null;
}

function grade(value: number, weak: number, veryWeak: number): number {
  if (value > veryWeak) return 2;
  return value > weak ? 1 : 0;
}
