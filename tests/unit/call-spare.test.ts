/** The connection that is ready before anybody is there: who has one, for how long, and that no relay is held for nothing. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MediaKeeper } from '../../web/src/call/media/media-keeper.ts';
import { Spare } from '../../web/src/call/media/spare.ts';
import { aJoin, FakeLink, settled } from '../support/call-fakes.ts';

/** As far as a spare touches it. */
class FakeConnection {
  static readonly all: FakeConnection[] = [];
  readonly configuration: RTCConfiguration;
  isClosed = false;

  constructor(configuration: RTCConfiguration) {
    this.configuration = configuration;
    FakeConnection.all.push(this);
  }

  close(): void {
    this.isClosed = true;
  }
}

const relays = [{ urls: ['turn:127.0.0.1:3478'], username: 'one', credential: 'two' }];
const open = () => FakeConnection.all.filter(({ isClosed }) => !isClosed);
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
    expect(spare.take()).toBe(FakeConnection.all[0]);
    expect(spare.take()).toBeNull();
    expect(hearing.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
    expect(open()).toHaveLength(1);
  });

  it('is another one when the network is another one', () => {
    const { spare, hearing } = aSpare();
    spare.keep(relays);
    for (const changed of hearing) changed();
    expect(FakeConnection.all.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(spare.take()).toBe(FakeConnection.all[1]);
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

  it('is not handed out by a machine that has slept', () => {
    const { spare } = aSpare();
    spare.keep(relays);
    jest.setSystemTime(Date.now() + 30 * minuteMs);
    expect(spare.take()).toBeNull();
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
    keeper.prepare();
    keeper.prepare();
    expect(link.names()).toEqual(['media:prepare']);
    await link.last('media:prepare').answer({ kind: 'p2p', iceServers: relays });
    keeper.prepare();
    expect(link.names()).toEqual(['media:prepare']);
    expect(open()).toHaveLength(1);
    keeper.close();
    expect(open()).toHaveLength(0);
  });

  it('has none where media goes through the server', async () => {
    const { keeper, link } = keeping();
    keeper.prepare();
    await link.last('media:prepare').answer({ kind: 'sfu' });
    expect(FakeConnection.all).toHaveLength(0);
  });

  it('goes on without where the server knows no such call, and asks again with the next occasion', async () => {
    const { keeper, link } = keeping();
    keeper.prepare();
    await link.last('media:prepare').fail('INVALID_CALL');
    expect(FakeConnection.all).toHaveLength(0);
    keeper.prepare();
    expect(link.names()).toEqual(['media:prepare', 'media:prepare']);
  });

  it('takes no answer that comes after the call was closed', async () => {
    const { keeper, link } = keeping();
    keeper.prepare();
    keeper.close();
    await link.last('media:prepare').answer({ kind: 'p2p', iceServers: relays });
    expect(FakeConnection.all).toHaveLength(0);
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
