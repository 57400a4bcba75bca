/** What the quality meter makes of mediasoup's counters; that real streams count like this was seen with browsers. */
import { describe, expect, it } from '@jest/globals';
import type { Mediasoup, types } from '../../signaling/media/sfu/mediasoup.ts';
import { QualityMeter } from '../../signaling/media/sfu/quality-meter.ts';

const mediasoup = (flavour: Mediasoup['flavour']): Mediasoup => ({
  flavour,
  version: 'of the test',
  createWorker: () => Promise.reject(new Error('No worker is started here.')),
});

/** The part of a producer that the meter reads, with counters to turn by hand. */
function stream(kind: 'audio' | 'video') {
  const stat = { ssrc: 7, kind, packetCount: 0, packetsLost: 0, jitter: 0, roundTripTime: 0 };
  const producer = {
    id: `a ${kind}`,
    closed: false,
    paused: false,
    rtpParameters: { codecs: [{ clockRate: kind === 'audio' ? 48_000 : 90_000 }] },
    getStats: async () => [{ ...stat }],
  };
  return {
    stat,
    producer,
    produced: {
      source: kind === 'audio' ? 'microphone' : 'camera',
      producer: producer as unknown as types.Producer,
    } as const,
    count(received: number, lost: number) {
      stat.packetCount += received;
      stat.packetsLost += lost;
    },
  };
}

function meterOf(streams: ReturnType<typeof stream>[], flavour: Mediasoup['flavour'] = 'official') {
  const meter = new QualityMeter(mediasoup(flavour));
  const look = async () => {
    const changes = await meter.look([
      { participantId: 'somebody', produced: streams.map(({ produced }) => produced) },
    ]);
    return changes.map(({ level }) => level);
  };
  return { meter, look };
}

describe('the quality meter', () => {
  it('says nothing at the first look, then the level, then only what changes', async () => {
    const sound = stream('audio');
    const { look } = meterOf([sound]);
    sound.count(100, 0);
    expect(await look()).toEqual([]);
    sound.count(250, 0);
    expect(await look()).toEqual(['good']);
    sound.count(250, 0);
    expect(await look()).toEqual([]);
    sound.count(230, 20);
    expect(await look()).toEqual(['weak']);
  });

  it('counts what was lost since the look before, not since the beginning', async () => {
    const sound = stream('audio');
    const { look } = meterOf([sound]);
    sound.count(100, 900);
    await look();
    sound.count(250, 0);
    expect(await look()).toEqual(['good']);
  });

  it('takes the worst stream of a participant', async () => {
    const [sound, picture] = [stream('audio'), stream('video')];
    const { look } = meterOf([sound, picture]);
    await look();
    sound.count(250, 0);
    picture.count(100, 50);
    expect(await look()).toEqual(['very_weak']);
  });

  it('does not judge the loss of a handful of packets', async () => {
    const sound = stream('audio');
    const { look } = meterOf([sound]);
    await look();
    sound.count(9, 1);
    expect(await look()).toEqual(['good']);
  });

  it('sees that nothing arrives any more, but not where the sender has switched it off', async () => {
    const sound = stream('audio');
    const { look } = meterOf([sound]);
    await look();
    sound.count(250, 0);
    expect(await look()).toEqual(['good']);
    sound.producer.paused = true;
    expect(await look()).toEqual([]);
    sound.producer.paused = false;
    expect(await look()).toEqual([]);
    expect(await look()).toEqual(['very_weak']);
  });

  it.each([
    ['official', 48 * 60],
    ['older', 60],
  ] as const)('reads 60 ms of jitter in the units of the %s mediasoup, and of sound alone', async (flavour, jitter) => {
    const [sound, picture] = [stream('audio'), stream('video')];
    const { look } = meterOf([sound, picture], flavour);
    picture.stat.jitter = 1_000_000;
    await look();
    sound.count(250, 0);
    picture.count(200, 0);
    expect(await look()).toEqual(['good']);
    sound.stat.jitter = jitter;
    sound.count(250, 0);
    picture.count(200, 0);
    expect(await look()).toEqual(['weak']);
  });

  it('knows a long way from one that the browser has not measured yet', async () => {
    const sound = stream('audio');
    const { look } = meterOf([sound]);
    await look();
    sound.count(250, 0);
    expect(await look()).toEqual(['good']);
    sound.stat.roundTripTime = 850;
    sound.count(250, 0);
    expect(await look()).toEqual(['very_weak']);
  });

  it('begins anew with somebody who left and returned', async () => {
    const sound = stream('audio');
    const { meter, look } = meterOf([sound]);
    await look();
    sound.count(250, 0);
    expect(await look()).toEqual(['good']);
    meter.forget('somebody');
    sound.count(250, 0);
    expect(await look()).toEqual(['good']);
  });

  it('passes over a stream that ends while it is looked at', async () => {
    const [sound, picture] = [stream('audio'), stream('video')];
    const { look } = meterOf([sound, picture]);
    await look();
    sound.count(250, 0);
    picture.producer.getStats = () => Promise.reject(new Error('The producer is closed.'));
    expect(await look()).toEqual(['good']);
  });
});
