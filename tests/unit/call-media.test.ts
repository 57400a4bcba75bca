/** When media counts as flowing, shaky or lost, and how good it is. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { hasProgress, watchFlow } from '../../web/src/call/media/flow-watch.ts';
import { inboundCount } from '../../web/src/call/media/inbound.ts';
import type { InboundCount } from '../../web/src/call/media/media-session.ts';
import { nextQuality, qualityBetween } from '../../web/src/call/media/quality.ts';
import { createStallWatch } from '../../web/src/call/media/stall-watch.ts';
import { watchTransport } from '../../web/src/call/media/transport-watch.ts';
import { settled } from '../support/call-fakes.ts';

const count = (kind: 'audio' | 'video', patch: Partial<InboundCount> = {}): InboundCount => ({
  participantId: 'd',
  kind,
  packets: 0,
  lost: 0,
  frames: 0,
  jitterSeconds: 0,
  roundTripSeconds: null,
  ...patch,
});

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('the flow', () => {
  it('is pictures where a picture is expected, else sound', () => {
    const sound = [count('audio', { packets: 5 })];
    expect(hasProgress([], sound, true)).toBe(false);
    expect(hasProgress([], sound, false)).toBe(true);
    expect(hasProgress(sound, sound, false)).toBe(false);
    expect(hasProgress([], [count('video', { packets: 50 })], true)).toBe(false);
    expect(hasProgress([], [count('video', { frames: 1 })], true)).toBe(true);
  });

  it('is told when it begins, and again after it had stopped, but not in between', async () => {
    let frames = 0;
    let isFlowing = true;
    let told = 0;
    const stop = watchFlow({
      counts: async () => [count('video', { frames: isFlowing ? ++frames : frames })],
      expectsPicture: () => true,
      events: { flowing: () => (told += 1), quality: () => undefined },
    });
    await jest.advanceTimersByTimeAsync(20_000);
    expect(told).toBe(1);
    isFlowing = false;
    await jest.advanceTimersByTimeAsync(10_000);
    isFlowing = true;
    await jest.advanceTimersByTimeAsync(3_000);
    expect(told).toBe(2);
    stop();
    isFlowing = false;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('looks no further once it was stopped while it looked', async () => {
    let give: ((counts: InboundCount[]) => void) | undefined;
    let told = 0;
    const stop = watchFlow({
      counts: () => new Promise((resolve) => (give = resolve)),
      expectsPicture: () => true,
      events: { flowing: () => (told += 1), quality: () => undefined },
    });
    stop();
    give?.([count('video', { frames: 9 })]);
    await settled();
    expect(told).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});

function watch() {
  const heard: string[] = [];
  const made = watchTransport({ shaky: () => heard.push('shaky'), failed: () => heard.push('failed') });
  return { heard, made };
}

describe('a transport', () => {
  it('that goes quiet is shaky at once, and lost after four seconds', async () => {
    const { heard, made } = watch();
    made.changed('connecting');
    made.changed('connected');
    made.changed('disconnected');
    expect(heard).toEqual(['shaky']);
    await jest.advanceTimersByTimeAsync(3_900);
    expect(heard).toEqual(['shaky']);
    await jest.advanceTimersByTimeAsync(200);
    expect(heard).toEqual(['shaky', 'failed']);
  });

  it('that comes back in time is not lost', async () => {
    const { heard, made } = watch();
    made.changed('disconnected');
    made.changed('connected');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(heard).toEqual(['shaky']);
  });

  it('that never connects is lost after twelve seconds, once', async () => {
    const { heard, made } = watch();
    made.changed('connecting');
    await jest.advanceTimersByTimeAsync(12_000);
    made.changed('failed');
    expect(heard).toEqual(['failed']);
  });

  it('that is not watched any more tells nothing', async () => {
    const { heard, made } = watch();
    made.changed('disconnected');
    made.stop();
    made.changed('failed');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(heard).toEqual(['shaky']);
  });
});

const after = (packets: number, lost: number, patch: Partial<InboundCount> = {}) =>
  qualityBetween([count('audio')], [count('audio', { packets, lost, ...patch })]);

describe('the quality', () => {
  it('is judged by loss between two looks', () => {
    expect([after(100, 0), after(98, 2), after(97, 3), after(90, 10)]).toEqual(['good', 'good', 'weak', 'very_weak']);
  });

  it('is judged by the way there and back, and by the jitter of sound', () => {
    expect(after(100, 0, { roundTripSeconds: 0.31 })).toBe('weak');
    expect(after(100, 0, { roundTripSeconds: 0.9 })).toBe('very_weak');
    expect(after(100, 0, { jitterSeconds: 0.06 })).toBe('weak');
    const bursts = [count('video', { packets: 100, jitterSeconds: 0.5 })];
    expect(qualityBetween([count('video')], bursts)).toBe('good');
  });

  it('is not known when nothing came, and counts that began anew are not negative', () => {
    expect(after(0, 0)).toBeNull();
    expect(qualityBetween([count('audio', { packets: 900, lost: 50 })], [count('audio', { packets: 10 })])).toBeNull();
  });

  it('gets worse at once and better after three looks', () => {
    let state = nextQuality(undefined, 'good');
    state = nextQuality(state, 'very_weak');
    expect(state.level).toBe('very_weak');
    state = nextQuality(nextQuality(state, 'good'), 'good');
    expect(state.level).toBe('very_weak');
    expect(nextQuality(state, 'good').level).toBe('good');
    expect(nextQuality(state, 'very_weak').betterLooks).toBe(0);
  });
});

const entry = (patch: Record<string, unknown>): [string, Record<string, unknown>] => [String(Math.random()), patch];

describe('the browser’s statistics', () => {
  it('are read for the kind of the track, without the bandwidth probe', () => {
    const report = [
      entry({ type: 'codec' }),
      entry({
        type: 'inbound-rtp',
        kind: 'video',
        packetsReceived: 10,
        framesDecoded: 4,
        packetsLost: 1,
        jitter: 0.01,
      }),
      entry({ type: 'inbound-rtp', kind: 'video', packetsReceived: 3 }),
      entry({ type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.12 }),
      entry({ type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 }),
    ];
    expect(inboundCount(report, 'd', 'video')).toEqual(
      count('video', { packets: 10, frames: 4, lost: 1, jitterSeconds: 0.01, roundTripSeconds: 0.12 }),
    );
    expect(inboundCount(report, 'd', 'audio')).toBeNull();
  });
});

describe('a participant from whom nothing comes', () => {
  function stalls() {
    const heard: string[] = [];
    const watch = createStallWatch({
      stalled: (id, attempt) => heard.push(`${id} stalled ${attempt}`),
      resumed: (id) => heard.push(`${id} resumed`),
    });
    let packets = 0;
    return {
      heard,
      again: () => watch.again(),
      reset: () => (packets = 0),
      /** Looks once a second. */
      async seconds(many: number, isFlowing: boolean, expected: readonly string[] = ['d']) {
        for (let second = 0; second < many; second += 1) {
          await jest.advanceTimersByTimeAsync(1_000);
          if (isFlowing) packets += 50;
          watch.look([count('audio', { packets }), count('video', { packets })], expected);
        }
      },
    };
  }

  it('is noticed within five seconds, tried twice, and told when they come again', async () => {
    const { heard, seconds } = stalls();
    await seconds(10, true);
    expect(heard).toEqual([]);
    await seconds(4, false);
    expect(heard).toEqual(['d stalled 1']);
    await seconds(30, false);
    expect(heard).toEqual(['d stalled 1', 'd stalled 2']);
    await seconds(3, true);
    expect(heard).toEqual(['d stalled 1', 'd stalled 2', 'd resumed']);
  });

  it('is not missed before the first packet, while muted with the camera off, nor for having been built again', async () => {
    const { heard, seconds, reset } = stalls();
    await seconds(20, false);
    await seconds(2, true);
    await seconds(20, false, []);
    await seconds(2, true);
    reset();
    await seconds(2, false);
    await seconds(2, true);
    expect(heard).toEqual([]);
  });

  it('is still missed after building again, until something comes', async () => {
    const { heard, seconds, reset } = stalls();
    await seconds(3, true);
    await seconds(5, false);
    reset();
    await seconds(2, false);
    expect(heard).toEqual(['d stalled 1']);
    await seconds(1, true);
    expect(heard).toEqual(['d stalled 1', 'd resumed']);
  });

  it('has its time once more when another way is looked for by a new socket', async () => {
    const { heard, seconds, again } = stalls();
    await seconds(3, true);
    expect(again()).toBe(false);
    await seconds(12, false);
    expect(again()).toBe(true);
    await seconds(3, false);
    expect(heard).toEqual(['d stalled 1', 'd stalled 2']);
    await seconds(1, false);
    expect(heard).toEqual(['d stalled 1', 'd stalled 2', 'd stalled 2']);
    await seconds(1, true);
    expect(again()).toBe(false);
  });

  it('is forgiven when they drop out, which is told in its own way', async () => {
    const { heard, seconds } = stalls();
    await seconds(3, true);
    await seconds(5, false);
    await seconds(1, false, []);
    expect(heard).toEqual(['d stalled 1', 'd resumed']);
  });
});
