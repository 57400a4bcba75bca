/** The connection that is ready before anybody is there: who has one, for how long, and that no relay is held for nothing. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MediaKeeper } from '../../web/src/call/media/media-keeper.ts';
import { Spare } from '../../web/src/call/media/spare.ts';
import { aJoin, aPerson, FakeLink, settled } from '../support/call-fakes.ts';

/** As far as a spare touches it. */
class FakeConnection {
  static readonly all: FakeConnection[] = [];
  readonly configuration: RTCConfiguration;
  isClosed = false;
  signalingState = 'stable';
  localDescription: { type: string; sdp: string } | null = null;
  onicecandidate: unknown = null;
  readonly lines: string[] = [];

  constructor(configuration: RTCConfiguration) {
    this.configuration = configuration;
    FakeConnection.all.push(this);
  }

  getTransceivers(): string[] {
    return this.lines;
  }

  addTransceiver(kind: string): void {
    this.lines.push(kind);
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    this.localDescription = { type: 'offer', sdp: `an offer of ${this.lines.join(', ')}` };
    this.signalingState = 'have-local-offer';
  }

  close(): void {
    this.isClosed = true;
  }
}

const relays = [{ urls: ['turn:127.0.0.1:3478'], username: 'one', credential: 'two' }];
const open = () => FakeConnection.all.filter(({ isClosed }) => !isClosed);
const doctorId = aPerson('doctor').id;
const real = globalThis.RTCPeerConnection;
const minuteMs = 60_000;

beforeEach(() => {
  jest.useFakeTimers();
  FakeConnection.all.length = 0;
  globalThis.RTCPeerConnection = FakeConnection as unknown as typeof RTCPeerConnection;
});

afterEach(() => {
  jest.useRealTimers();
  globalThis.RTCPeerConnection = real;
});

function aSpare() {
  const hearing = new Set<() => void>();
  const watch = (changed: () => void) => {
    hearing.add(changed);
    return () => void hearing.delete(changed);
  };
  return { spare: new Spare({ watch, now: Date.now }), hearing };
}

describe('a spare connection', () => {
  it('gathers before it is needed, and is handed out once', () => {
    const { spare, hearing } = aSpare();
    spare.keep(relays);
    spare.keep(relays);
    expect(FakeConnection.all.map(({ configuration }) => configuration)).toEqual([
      { iceServers: relays, bundlePolicy: 'max-bundle', iceCandidatePoolSize: 1 },
    ]);
    expect(spare.take('answers')).toBe(FakeConnection.all[0]);
    expect(spare.take('answers')).toBeNull();
    expect(hearing.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
    expect(open()).toHaveLength(1);
  });

  it('is another one when the network is another one', () => {
    const { spare, hearing } = aSpare();
    spare.keep(relays);
    for (const changed of hearing) changed();
    expect(FakeConnection.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(spare.take('answers')).toBe(FakeConnection.all[1]);
  });

  it('is renewed while it is kept, and given back after an hour', () => {
    const { spare, hearing } = aSpare();
    spare.keep(relays);
    for (let minute = 1; minute <= 60; minute += 1) {
      jest.advanceTimersByTime(minuteMs);
      expect(open()).toHaveLength(1);
    }
    expect(FakeConnection.all).toHaveLength(16);
    jest.advanceTimersByTime(5 * minuteMs);
    expect(open()).toHaveLength(0);
    expect([hearing.size, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('makes its offer where it is to be given, and is of no use for answering then', async () => {
    const { spare } = aSpare();
    spare.keep(relays);
    await settled();
    expect(spare.takeOffered()).toBeNull();
    spare.keep(relays, 'offers');
    expect(spare.takeOffered()).toBeNull();
    await settled();
    expect(FakeConnection.all.map(({ lines, isClosed }) => [lines.join(), isClosed])).toEqual([
      ['', true],
      ['audio,video,video', false],
    ]);
    expect(spare.takeOffered()).toBe(FakeConnection.all[1]);
    spare.keep(relays, 'offers');
    jest.advanceTimersByTime(5 * minuteMs);
    await settled();
    expect(open().map(({ lines }) => lines.length)).toEqual([3, 3]);
    expect(spare.take('answers')).toBeNull();
    expect(open()).toEqual([FakeConnection.all[1]]);
  });

  it('is not handed out by a machine that has slept', () => {
    const { spare } = aSpare();
    spare.keep(relays);
    jest.setSystemTime(Date.now() + 30 * minuteMs);
    expect(spare.take('answers')).toBeNull();
    expect(open()).toHaveLength(0);
  });
});

describe('media before there is a seat', () => {
  function keeping() {
    const link = new FakeLink('token', { up() {}, down() {}, refused() {}, fact() {} });
    const nothing = () => undefined;
    const { spare } = aSpare();
    const keeper = new MediaKeeper({
      ask: link.ask,
      spare,
      expectsPicture: () => false,
      expected: () => [],
      events: {
        tracks: nothing,
        screen: nothing,
        speaker: nothing,
        quality: nothing,
        flowing: nothing,
        stalled: nothing,
        shaky: nothing,
        stuck: nothing,
      },
    });
    return { keeper, link };
  }

  it('asks once, and has a connection ready where media goes to the other browser', async () => {
    const { keeper, link } = keeping();
    keeper.prepare(false);
    keeper.prepare(false);
    expect(link.names()).toEqual(['media:prepare']);
    await link.last('media:prepare').answer({ kind: 'p2p', iceServers: relays });
    keeper.prepare(false);
    expect(link.names()).toEqual(['media:prepare']);
    expect(open()).toHaveLength(1);
    keeper.close();
    expect(open()).toHaveLength(0);
  });

  it('has none where media goes through the server', async () => {
    const { keeper, link } = keeping();
    keeper.prepare(false);
    await link.last('media:prepare').answer({ kind: 'sfu' });
    expect(FakeConnection.all).toHaveLength(0);
  });

  it('goes on without where the server knows no such call, and asks again with the next occasion', async () => {
    const { keeper, link } = keeping();
    keeper.prepare(false);
    await link.last('media:prepare').fail('INVALID_CALL');
    expect(FakeConnection.all).toHaveLength(0);
    keeper.prepare(false);
    expect(link.names()).toEqual(['media:prepare', 'media:prepare']);
  });

  it('takes no answer that comes after the call was closed', async () => {
    const { keeper, link } = keeping();
    keeper.prepare(false);
    keeper.close();
    await link.last('media:prepare').answer({ kind: 'p2p', iceServers: relays });
    expect(FakeConnection.all).toHaveLength(0);
  });

  async function greeted() {
    const { keeper, link } = keeping();
    keeper.prepare(true);
    await link.last('media:prepare').answer({ kind: 'p2p', iceServers: relays });
    const [connection] = FakeConnection.all;
    keeper.greet(doctorId);
    return { keeper, link, connection };
  }

  it('gives the offer to whoever is there, and takes it back when there is no seat', async () => {
    const { keeper, link, connection } = await greeted();
    const description = { type: 'offer', sdp: 'an offer of audio, video, video' };
    expect(link.last('signal:send').input).toEqual({ to: doctorId, description });
    expect(connection?.isClosed).toBe(false);
    await link.last('signal:send').fail('NOT_JOINED');
    expect(connection?.isClosed).toBe(true);
    keeper.prepare(true);
    expect(link.names()).toEqual(['media:prepare', 'signal:send', 'media:prepare']);
  });

  it('takes the offer back when whoever it was for is not there, and with the call and its socket', async () => {
    const ends = [
      (keeper: MediaKeeper) => keeper.open(aJoin({ participants: [] })),
      (keeper: MediaKeeper) => keeper.suspend(),
      (keeper: MediaKeeper) => keeper.close(),
      (keeper: MediaKeeper) => keeper.greet(doctorId),
    ];
    for (const end of ends) {
      FakeConnection.all.length = 0;
      const { keeper, connection } = await greeted();
      end(keeper);
      expect(connection?.isClosed).toBe(true);
      keeper.close();
    }
    expect(jest.getTimerCount()).toBe(0);
  });

  it('greets nobody before there is an offer to give', async () => {
    const { keeper, link } = keeping();
    keeper.greet(doctorId);
    keeper.prepare(false);
    await link.last('media:prepare').answer({ kind: 'p2p', iceServers: relays });
    keeper.greet(doctorId);
    expect(link.names()).toEqual(['media:prepare']);
    keeper.close();
  });

  it('has one ready for whoever comes into an empty room, which goes with the call', async () => {
    const { keeper } = keeping();
    keeper.open(aJoin({ participants: [], iceServers: relays }));
    await settled();
    expect(open()).toHaveLength(1);
    keeper.close();
    expect(open()).toHaveLength(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});
