/** Turns what mediasoup counted on a room's producers into a quality level per participant. */
import type { QualityLevel } from '../../protocol/index.ts';
import { nextQuality, type QualitySample, type QualityState } from '../quality.ts';
import { jitterMs, type Mediasoup, type types } from './mediasoup.ts';
import type { Produced } from './participant-media.ts';

/** Fewer packets than this say nothing of loss: one of ten that a silent microphone sent is not ten percent. */
const packetsToJudge = 20;

interface Counted {
  received: number;
  lost: number;
}

/** The counters of each stream, by its producer and SSRC. */
type Counters = Map<string, Counted>;

export class QualityMeter {
  readonly #mediasoup: Mediasoup;
  readonly #states = new Map<string, QualityState>();
  #before: Counters = new Map();
  #isLooking = false;

  constructor(mediasoup: Mediasoup) {
    this.#mediasoup = mediasoup;
  }

  forget(participantId: string): void {
    this.#states.delete(participantId);
  }

  /** Answers whose level is new since the look before. Never throws; a look while another runs sees nothing. */
  async look(
    people: readonly { participantId: string; produced: readonly Produced[] }[],
  ): Promise<{ participantId: string; level: QualityLevel }[]> {
    if (this.#isLooking) return [];
    this.#isLooking = true;
    try {
      const counters: Counters = new Map();
      const changed: { participantId: string; level: QualityLevel }[] = [];
      for (const { participantId, produced } of people) {
        const sample = await this.#sample(produced, counters);
        if (!sample) continue;
        const known = this.#states.get(participantId);
        const state = nextQuality(known, sample);
        this.#states.set(participantId, state);
        if (state.level !== known?.level) changed.push({ participantId, level: state.level });
      }
      this.#before = counters;
      return changed;
    } finally {
      this.#isLooking = false;
    }
  }

  /** Undefined when nothing is being sent that was there at the look before. */
  async #sample(produced: readonly Produced[], counters: Counters): Promise<QualitySample | undefined> {
    const streams: Stream[] = [];
    for (const { producer } of produced) {
      if (producer.closed || producer.paused) continue;
      // A producer that closes meanwhile has nothing to say.
      const stats = await producer.getStats().catch(() => []);
      for (const stat of stats) {
        const key = `${producer.id} ${stat.ssrc}`;
        const now = { received: stat.packetCount, lost: stat.packetsLost };
        counters.set(key, now);
        const before = this.#before.get(key);
        if (before) streams.push(this.#stream(producer, stat, before, now));
      }
    }
    return streams.length === 0 ? undefined : worstOf(streams);
  }

  #stream(producer: types.Producer, stat: types.ProducerStat, before: Counted, now: Counted): Stream {
    const received = Math.max(0, now.received - before.received);
    const lost = Math.max(0, now.lost - before.lost);
    const clockRate = producer.rtpParameters.codecs[0]?.clockRate ?? 48_000;
    return {
      received,
      loss: received + lost < packetsToJudge ? undefined : lost / (received + lost),
      // Zero means that the browser has not said yet.
      roundTripMs: stat.roundTripTime || undefined,
      // Of sound alone: a frame's packets share one timestamp, so that pacing a picture looks like jitter.
      jitterMs: stat.kind === 'audio' ? jitterMs(this.#mediasoup, stat.jitter, clockRate) : undefined,
    };
  }
}

type Stream = Omit<QualitySample, 'stalled'> & { received: number };

function worstOf(streams: readonly Stream[]): QualitySample {
  const worst = (value: (stream: Stream) => number | undefined) => {
    const known = streams.map(value).filter((it) => it !== undefined);
    return known.length === 0 ? undefined : Math.max(...known);
  };
  return {
    loss: worst((stream) => stream.loss),
    roundTripMs: worst((stream) => stream.roundTripMs),
    jitterMs: worst((stream) => stream.jitterMs),
    stalled: streams.every((stream) => stream.received === 0),
  };
}
