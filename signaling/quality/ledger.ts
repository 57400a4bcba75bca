/** Adds up what one participant's client reports during one stay. */
import type { LinkReport, Way } from '../protocol/index.ts';
import { scoreOf } from './score.ts';
import { nextSoundFirst, pictureToo, type SoundFirst } from './sound-first.ts';

/** Average and worst of a figure; null when nobody ever said. */
export type Spread = { average: number; worst: number } | null;

export interface LinkSummary {
  from: Date;
  until: Date;
  way: Way | null;
  scoreAverage: number;
  scoreWorst: number;
  frozenSeconds: number;
  soundOnlySeconds: number;
  roundTripMs: Spread;
  jitterMs: Spread;
  lossUp: Spread;
  lossDown: Spread;
  upKbps: Spread;
  downKbps: Spread;
  /** The worst score of each `scoreEverySeconds`, from the beginning; null where nothing was reported. */
  scores: (number | null)[];
  scoreEverySeconds: number;
}

export interface Noted {
  score: number;
  soundFirst: boolean;
}

const figures = ['roundTripMs', 'jitterMs', 'lossUp', 'lossDown', 'upKbps', 'downKbps'] as const;
type Figure = (typeof figures)[number];

interface Sum {
  total: number;
  weight: number;
  worst: number;
}

/** A report speaks for no longer than this, whatever silence went before it. */
const longestMs = 15_000;
/** Reports that come closer together say nothing new, and a client that sends many is not listened to. */
const shortestMs = 1_000;
/** Of the chart: 3 hours in steps of 10 s. */
const stepMs = 10_000;
const mostSteps = 1_080;

export class LinkLedger {
  readonly #from: number;
  #until: number;
  #way: Way | null = null;
  readonly #sums = new Map<Figure, Sum>();
  #scores: Sum = { total: 0, weight: 0, worst: 5 };
  #frozenMs = 0;
  #soundOnlyMs = 0;
  #steps: (number | null)[] = [];
  #soundFirst: SoundFirst = pictureToo;

  /** Epoch milliseconds. */
  constructor(now: number) {
    this.#from = now;
    this.#until = now;
  }

  /**
   * Null, and nothing kept, when the report comes too soon after the last one. What is excused is kept like everything, and
   * takes no picture away.
   */
  note(report: LinkReport, now: number, isExcused = false): Noted | null {
    const lastedMs = Math.min(now - this.#until, longestMs);
    if (lastedMs < shortestMs) return null;
    this.#until = now;
    // Nothing can stand still for longer than the time that has passed.
    const frozenMs = Math.min(report.frozenMs, lastedMs);
    const score = scoreOf(report);
    this.#frozenMs += frozenMs;
    if (this.#soundFirst.on) this.#soundOnlyMs += lastedMs;
    this.#way = report.way ?? this.#way;
    for (const figure of figures) this.#add(figure, report[figure], lastedMs);
    this.#addScore(score, lastedMs, now);
    if (!isExcused || score > 1) this.#soundFirst = nextSoundFirst(this.#soundFirst, score, now);
    return { score, soundFirst: this.#soundFirst.on };
  }

  /** Undefined before the first report. */
  summary(): LinkSummary | undefined {
    if (this.#scores.weight === 0) return undefined;
    return {
      from: new Date(this.#from),
      until: new Date(this.#until),
      way: this.#way,
      scoreAverage: this.#scores.total / this.#scores.weight,
      scoreWorst: this.#scores.worst,
      frozenSeconds: Math.round(this.#frozenMs / 1_000),
      soundOnlySeconds: Math.round(this.#soundOnlyMs / 1_000),
      roundTripMs: this.#spread('roundTripMs'),
      jitterMs: this.#spread('jitterMs'),
      lossUp: this.#spread('lossUp'),
      lossDown: this.#spread('lossDown'),
      upKbps: this.#spread('upKbps'),
      downKbps: this.#spread('downKbps'),
      scores: [...this.#steps],
      scoreEverySeconds: stepMs / 1_000,
    };
  }

  #add(figure: Figure, value: number | null, weight: number): void {
    if (value === null) return;
    const sum = this.#sums.get(figure);
    // Less is worse of a bitrate alone.
    const worse = figure === 'upKbps' || figure === 'downKbps' ? Math.min : Math.max;
    this.#sums.set(figure, {
      total: (sum?.total ?? 0) + value * weight,
      weight: (sum?.weight ?? 0) + weight,
      worst: sum ? worse(sum.worst, value) : value,
    });
  }

  #addScore(score: number, weight: number, now: number): void {
    const { total, weight: before, worst } = this.#scores;
    this.#scores = { total: total + score * weight, weight: before + weight, worst: Math.min(worst, score) };
    const step = Math.floor((now - this.#from) / stepMs);
    if (step >= mostSteps) return;
    while (this.#steps.length <= step) this.#steps.push(null);
    this.#steps[step] = Math.min(this.#steps[step] ?? 5, score);
  }

  #spread(figure: Figure): Spread {
    const sum = this.#sums.get(figure);
    return sum ? { average: round(sum.total / sum.weight), worst: round(sum.worst) } : null;
  }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
