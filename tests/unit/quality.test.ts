import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { levelOf, nextQuality, type QualitySample, type QualityState } from '../../signaling/media/quality.ts';
import type { QualityLevel } from '../../signaling/protocol/index.ts';

const fine: QualitySample = { loss: 0, roundTripMs: 40, jitterMs: 5, stalled: false };
const weak: QualitySample = { ...fine, loss: 0.05 };
const bad: QualitySample = { ...fine, loss: 0.2 };

const rank = (level: QualityLevel) => ['good', 'weak', 'very_weak'].indexOf(level);

/** The levels that a listener would see, one a sample. */
function levels(samples: readonly QualitySample[]): QualityLevel[] {
  let state: QualityState | undefined;
  return samples.map((sample) => {
    state = nextQuality(state, sample);
    return state.level;
  });
}

describe('the quality of one look', () => {
  it.each<[string, Partial<QualitySample>, QualityLevel]>([
    ['nothing wrong', {}, 'good'],
    ['2.9 % lost, which Opus hides', { loss: 0.029 }, 'good'],
    ['3 % lost', { loss: 0.03 }, 'weak'],
    ['10 % lost', { loss: 0.1 }, 'very_weak'],
    ['an answer after 299 ms', { roundTripMs: 299 }, 'good'],
    ['an answer after 300 ms', { roundTripMs: 300 }, 'weak'],
    ['an answer after 800 ms', { roundTripMs: 800 }, 'very_weak'],
    ['50 ms of jitter', { jitterMs: 50 }, 'weak'],
    ['150 ms of jitter', { jitterMs: 150 }, 'very_weak'],
    ['nothing that arrives', { stalled: true }, 'very_weak'],
    ['nothing known', { loss: undefined, roundTripMs: undefined, jitterMs: undefined }, 'good'],
    ['little loss and a long way', { loss: 0.03, roundTripMs: 900 }, 'very_weak'],
  ])('with %s', (_what, change, level) => {
    expect(levelOf({ ...fine, ...change })).toBe(level);
  });
});

describe('the quality over time', () => {
  it('gets worse at once', () => {
    expect(levels([fine, bad])).toEqual(['good', 'very_weak']);
    expect(levels([fine, weak, bad])).toEqual(['good', 'weak', 'very_weak']);
  });

  it('gets better after three better looks in a row', () => {
    expect(levels([bad, fine, fine, fine])).toEqual(['very_weak', 'very_weak', 'very_weak', 'good']);
  });

  it('begins to count anew after a look that was not better', () => {
    expect(levels([weak, fine, fine, weak, fine, fine])).toEqual(Array(6).fill('weak'));
  });

  it('rises to the worst of the better looks, not to the best', () => {
    expect(levels([bad, fine, weak, fine])).toEqual(['very_weak', 'very_weak', 'very_weak', 'weak']);
  });

  it('is never better than the look itself, and never flickers between two looks', () => {
    const sample = fc.constantFrom(fine, weak, bad);
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 40 }), (samples) => {
        const seen = levels(samples);
        const flattered = seen.filter((level, i) => rank(level) < rank(levelOf(samples[i] ?? fine)));
        const rises = seen.flatMap((level, i) => (i > 0 && rank(level) < rank(seen[i - 1] ?? 'good') ? [i] : []));
        // The three levels before a rise are one and the same.
        const hasty = rises.filter((i) => i < 3 || new Set(seen.slice(i - 3, i)).size > 1);
        expect({ flattered, hasty }).toEqual({ flattered: [], hasty: [] });
      }),
    );
  });
});
