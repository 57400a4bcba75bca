/** When a picture that was given up for the sound comes back, at the limits of the rule (SPEC.md, QL3). */
import { describe, expect, it } from '@jest/globals';
import { nextSoundFirst, pictureToo, type SoundFirst } from '../../signaling/quality/sound-first.ts';

const start = 1_000_000;
const many = (score: number, count: number): number[] => Array.from({ length: count }, () => score);

/** After `scores`, one each `everyMs`; and the moments, in seconds, at which pictures stopped and came back. */
function after(scores: readonly number[], everyMs = 5_000, from: SoundFirst = pictureToo) {
  let state = from;
  const turns: number[] = [];
  for (const [index, score] of scores.entries()) {
    const wasOn = state.on;
    state = nextSoundFirst(state, score, start + index * everyMs);
    if (wasOn !== state.on) turns.push((index * everyMs) / 1_000);
  }
  return { state, turns };
}

const soundOnly = after([1, 1], 0).state;
const at = (seconds: number) => start + seconds * 1_000;

describe('a picture that was given up', () => {
  it('comes back with the third look of 3 once it has rested for 15 s, not a moment before', () => {
    const twice = nextSoundFirst(nextSoundFirst(soundOnly, 3, at(1)), 3, at(2));
    expect(nextSoundFirst(twice, 3, at(14.999)).on).toBe(true);
    expect(nextSoundFirst(twice, 3, at(15)).on).toBe(false);
    const late = nextSoundFirst(nextSoundFirst(soundOnly, 3, at(40)), 3, at(50));
    expect(late.on).toBe(true);
    expect(nextSoundFirst(late, 3, at(60)).on).toBe(false);
  });

  it('is waited for anew after each look of less', () => {
    for (const less of [1, 2]) {
      expect(after([1, 1, 5, 5, less, 5, 5, less, 5, 5, 5]).turns).toEqual([5, 50]);
    }
  });

  it('never rests for longer than two minutes, and for 15 s again after a minute that was well', () => {
    let state = soundOnly;
    let now = start;
    const rests: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      const since = now;
      while (state.on) state = nextSoundFirst(state, 5, (now += 1_000));
      rests.push((now - since) / 1_000);
      now += time === 4 ? 60_000 : 5_000;
      state = nextSoundFirst(nextSoundFirst(state, 1, now), 1, now);
    }
    expect(rests).toEqual([15, 30, 60, 120, 120, 15]);
  });

  it('is tried again on a line that was bearable for eight rests and never better, and then after twice as long', () => {
    const satellite = [1, 1, ...many(2, 25), 1, 1, ...many(2, 49)];
    expect(after(satellite).turns).toEqual([5, 130, 140, 385]);
  });

  it('stays away while bad looks come now and then', () => {
    const turns = Array.from({ length: 20 }, () => [...many(2, 20), 1]).flat();
    expect(after([1, 1, ...turns]).turns).toEqual([5]);
  });
});
