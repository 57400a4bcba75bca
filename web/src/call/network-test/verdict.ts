/** What the figures of a network test mean for a visit. Pure. */

export interface Figures {
  /** There and back. Null where the browser does not say. */
  roundTripMs: number | null;
  /** Shares of packets that did not arrive, 0 to 1. */
  lossUp: number | null;
  lossDown: number | null;
  /** The worse of both directions, of sound. */
  jitterMs: number | null;
  upKbps: number | null;
  downKbps: number | null;
  /** How the packets went; null when none did. */
  way: 'udp' | 'tcp' | 'relay' | null;
}

export const nothingMeasured: Figures = {
  roundTripMs: null,
  lossUp: null,
  lossDown: null,
  jitterMs: null,
  upKbps: null,
  downKbps: null,
  way: null,
};

export type NetworkVerdict = 'good' | 'fair' | 'poor';

interface Limits {
  /** Below these. */
  loss: number;
  jitterMs: number;
  roundTripMs: number;
  /** At least. */
  kbps: number;
}

/**
 * Good carries sound and a picture that nobody complains of; fair carries sound, and a picture that stutters or is small.
 * ITU-T G.114 has 150 ms one way as good and 400 ms as the end of what is acceptable; Opus hides 5 % of loss.
 */
const good: Limits = { loss: 0.01, jitterMs: 30, roundTripMs: 300, kbps: 400 };
const fair: Limits = { loss: 0.05, jitterMs: 100, roundTripMs: 800, kbps: 100 };

/** Null when so little was measured that nothing honest can be said. */
export function networkVerdict(figures: Figures): NetworkVerdict | null {
  const { lossUp, lossDown, upKbps, downKbps } = figures;
  if (lossUp === null && lossDown === null && upKbps === null && downKbps === null) return null;
  if (keeps(figures, good)) return 'good';
  return keeps(figures, fair) ? 'fair' : 'poor';
}

function keeps({ lossUp, lossDown, jitterMs, roundTripMs, upKbps, downKbps }: Figures, limits: Limits): boolean {
  return (
    isBelow(lossUp, limits.loss) &&
    isBelow(lossDown, limits.loss) &&
    isBelow(jitterMs, limits.jitterMs) &&
    isBelow(roundTripMs, limits.roundTripMs) &&
    isEnough(upKbps, limits.kbps) &&
    isEnough(downKbps, limits.kbps)
  );
}

const isBelow = (value: number | null, limit: number): boolean => value === null || value < limit;
const isEnough = (value: number | null, limit: number): boolean => value === null || value >= limit;
