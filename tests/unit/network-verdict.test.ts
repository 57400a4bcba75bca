/** What the browser's counts of a network test come to. */
import { describe, expect, it } from '@jest/globals';
import { type Counts, countsOf, figuresBetween } from '../../web/src/call/network-test/counts.ts';
import { type Figures, networkVerdict, nothingMeasured } from '../../web/src/call/network-test/verdict.ts';

const well: Figures = {
  roundTripMs: 40,
  lossUp: 0,
  lossDown: 0.005,
  jitterMs: 8,
  upKbps: 900,
  downKbps: 880,
  way: 'udp',
};

describe('the verdict', () => {
  it.each<[string, Partial<Figures>, 'good' | 'fair' | 'poor']>([
    ['all is well', {}, 'good'],
    ['1 % is lost on the way up', { lossUp: 0.01 }, 'fair'],
    ['1 % is lost on the way down', { lossDown: 0.01 }, 'fair'],
    ['jitter reaches 30 ms', { jitterMs: 30 }, 'fair'],
    ['an answer takes 300 ms', { roundTripMs: 300 }, 'fair'],
    ['there is not enough for a picture', { upKbps: 399 }, 'fair'],
    ['5 % is lost', { lossUp: 0.05 }, 'poor'],
    ['jitter reaches 100 ms', { jitterMs: 100 }, 'poor'],
    ['there is not enough for more than sound', { downKbps: 99 }, 'poor'],
    ['the browser tells no jitter', { jitterMs: null }, 'good'],
  ])('when %s', (_when, change, verdict) => {
    expect(networkVerdict({ ...well, ...change })).toBe(verdict);
  });

  it('is none when no packet was counted', () => {
    expect(networkVerdict({ ...nothingMeasured, roundTripMs: 12 })).toBeNull();
  });
});

/** One look at both ends, `seconds` after the beginning: 50 packets of sound a second, and a picture. */
function look(seconds: number, { lostUp = 0, lostDown = 0, protocol = 'udp', candidateType = 'host' } = {}): Counts {
  const of = (id: string, entry: Record<string, unknown>): [string, Record<string, unknown>] => [id, entry];
  const up = [
    of('a', { type: 'outbound-rtp', kind: 'audio', packetsSent: 50 * seconds, bytesSent: 5_000 * seconds }),
    of('b', { type: 'outbound-rtp', kind: 'video', packetsSent: 100 * seconds, bytesSent: 95_000 * seconds }),
    of('c', { type: 'remote-inbound-rtp', kind: 'audio', packetsLost: lostUp, jitter: 0.004 }),
    of('d', { type: 'remote-inbound-rtp', kind: 'video', packetsLost: 0, jitter: 0.5 }),
    of('e', {
      type: 'candidate-pair',
      nominated: true,
      state: 'succeeded',
      currentRoundTripTime: seconds === 8 ? 2 : 0.05,
      localCandidateId: 'f',
    }),
    of('f', { type: 'local-candidate', protocol, candidateType }),
  ];
  const down = [
    of('g', {
      type: 'inbound-rtp',
      kind: 'audio',
      trackIdentifier: 't',
      packetsReceived: 50 * seconds - lostDown,
      packetsLost: lostDown,
      bytesReceived: 5_000 * seconds,
      jitter: 0.012,
    }),
    of('probe', { type: 'inbound-rtp', kind: 'video', bytesReceived: 1_000_000 * seconds }),
  ];
  return countsOf([up], [down], seconds * 1_000);
}

describe('the figures', () => {
  it('are those between the first look and the last, the worse kind for loss, the middle of delays', () => {
    const looks = [look(2), look(4), look(6), look(8, { lostUp: 15, lostDown: 6 })];
    const [first, last] = [looks[0], looks.at(-1)];
    if (!first || !last) throw new Error('There are four.');
    expect(figuresBetween(first, last, looks)).toEqual({
      roundTripMs: 50,
      jitterMs: 12,
      lossUp: 0.05,
      lossDown: 0.02,
      upKbps: 800,
      downKbps: 40,
      way: 'udp',
    });
  });

  it('tell of the way that was chosen', () => {
    expect(look(3, { protocol: 'tcp' }).way).toBe('tcp');
    expect(look(3, { candidateType: 'relay' }).way).toBe('relay');
  });

  it('say nothing of loss from a handful of packets', () => {
    expect(figuresBetween(look(2), look(2.2), [look(2)])).toMatchObject({ lossUp: null, lossDown: null });
  });
});
