/** A receiver's first picture that does not come in the largest size is asked for in the smallest. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { hastenFirstPicture, type Receiver, type Way } from '../../signaling/media/sfu/first-picture.ts';

type Change = Partial<Pick<Receiver, 'type' | 'paused' | 'producerPaused' | 'currentLayers' | 'closed'>>;

function open(dtlsState: Way['dtlsState'] = 'connected') {
  const asked: number[] = [];
  const observer = new EventEmitter();
  const consumer = {
    type: 'simulcast',
    closed: false,
    paused: false,
    producerPaused: false,
    currentLayers: undefined,
    preferredLayers: { spatialLayer: 1 },
    setPreferredLayers: async ({ spatialLayer }: { spatialLayer: number }) => void asked.push(spatialLayer),
    observer,
  } as Receiver;
  const transport = Object.assign(new EventEmitter(), { dtlsState }) as EventEmitter & Way;
  const become = (change: Change) => void Object.assign(consumer, change);
  return { asked, observer, consumer, transport, become };
}

describe('a first picture in several sizes', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is asked for in the smallest when none has come in half a second, and in the best again 2 s later', () => {
    const { asked, consumer, transport } = open();
    hastenFirstPicture(consumer, transport, () => undefined);
    jest.advanceTimersByTime(499);
    expect(asked).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(asked).toEqual([0]);
    jest.advanceTimersByTime(1_999);
    expect(asked).toEqual([0]);
    jest.advanceTimersByTime(60_000);
    expect(asked).toEqual([0, 1]);
  });

  it('is waited for from when the way to the receiver is there', () => {
    const { asked, consumer, transport } = open('connecting');
    hastenFirstPicture(consumer, transport, () => undefined);
    transport.emit('dtlsstatechange', 'connecting');
    jest.advanceTimersByTime(5_000);
    expect(asked).toEqual([]);
    transport.emit('dtlsstatechange', 'connected');
    jest.advanceTimersByTime(500);
    expect(asked).toEqual([0]);
    expect(transport.listenerCount('dtlsstatechange')).toBe(0);
  });

  it('is followed by the size that was asked for meanwhile', () => {
    const { asked, consumer, transport } = open();
    let wanted: number | undefined;
    hastenFirstPicture(consumer, transport, () => wanted);
    jest.advanceTimersByTime(500);
    wanted = 0;
    jest.advanceTimersByTime(2_000);
    expect(asked).toEqual([0, 0]);
  });

  it.each<[string, Change]>([
    ['there', { currentLayers: { spatialLayer: 1 } }],
    ['not sent, as the camera is off', { producerPaused: true }],
    ['not wanted yet', { paused: true }],
    ['to be had in one size only', { type: 'simple' }],
  ])('is left alone where it is %s', (_, change) => {
    const { asked, consumer, transport, become } = open();
    become(change);
    hastenFirstPicture(consumer, transport, () => undefined);
    jest.advanceTimersByTime(60_000);
    expect(asked).toEqual([]);
  });

  it('is left alone where the smallest is what was asked for, or the receiver has gone', () => {
    const { asked, consumer, transport, observer } = open();
    hastenFirstPicture(consumer, transport, () => 0);
    jest.advanceTimersByTime(60_000);
    hastenFirstPicture(consumer, transport, () => undefined);
    observer.emit('close');
    jest.advanceTimersByTime(60_000);
    expect(asked).toEqual([]);
  });
});
