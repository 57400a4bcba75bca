/** The scores of a participant as a line over the time of the visit. Pure. */
import type { ParticipantQuality, QualityStay } from '../../api/meeting-quality.ts';

/** The drawing's own units; it is scaled to the page. */
export const chart = { width: 600, height: 60 } as const;

export interface Frame {
  /** Epoch milliseconds. */
  from: number;
  to: number;
}

/** From the first stay's beginning to the last one's end; null when nobody was measured. */
export function frameOf(participants: readonly ParticipantQuality[]): Frame | null {
  const stays = participants.flatMap((one) => one.stays);
  if (stays.length === 0) return null;
  const from = Math.min(...stays.map((stay) => Date.parse(stay.from)));
  const to = Math.max(...stays.map((stay) => Date.parse(stay.until)));
  return { from, to: Math.max(to, from + 1_000) };
}

/** SVG path data: a step for each score, a gap where nothing was reported. */
export function pathOf(stay: QualityStay, { from, to }: Frame): string {
  const x = (at: number) => ((Math.min(at, to) - from) / (to - from)) * chart.width;
  const begin = Date.parse(stay.from);
  let isDrawing = false;
  const steps = stay.scores.map((score, index) => {
    if (score === null) {
      isDrawing = false;
      return '';
    }
    const [left, right] = [index, index + 1].map((step) => x(begin + step * stay.scoreEverySeconds * 1_000));
    const move = isDrawing ? 'L' : 'M';
    isDrawing = true;
    return `${move}${round(left ?? 0)} ${round(heightOf(score))}L${round(right ?? 0)} ${round(heightOf(score))}`;
  });
  return steps.join('');
}

/** 5 is at the top. */
function heightOf(score: number): number {
  return chart.height - ((score - 1) / 4) * (chart.height - 4) - 2;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
