/** Media directly between two browsers while people come, drop, reload and return. The peers are fake, the rules are not. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Fact } from '../../web/src/call/connection/link.ts';
import { CallFailed } from '../../web/src/call/failure.ts';
import type { MediaSession } from '../../web/src/call/media/media-session.ts';
import { type GivenOffer, giveOffer } from '../../web/src/call/media/offer-in-hand.ts';
import { openP2pSession } from '../../web/src/call/media/p2p.ts';
import { Spare } from '../../web/src/call/media/spare.ts';
import { aPerson, FakeTrack, settled } from '../support/call-fakes.ts';
import { FakePeer } from '../support/fake-peer.ts';

type Kind = 'audio' | 'video';

function aTransceiver(kind: Kind, direction: RTCRtpTransceiverDirection = 'sendrecv', encoding: object) {
  const sender = {
    track: null as unknown,
    replaceTrack: async (track: unknown) => void (sender.track = track),
    encoding,
    getParameters: () => ({ encodings: [{ ...sender.encoding }] }),
    setParameters: async ({ encodings }: { encodings: object[] }) => void (sender.encoding = { ...encodings[0] }),
  };
  return { direction, sender, receiver: { track: new FakeTrack(kind) } };
}

/** The rest of RTCPeerConnection that a session touches. */
class FakeConnection extends FakePeer {
  static readonly all: FakeConnection[] = [];
  connectionState = 'new';
  onconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: { candidate: { toJSON(): object } }) => void) | null = null;
  ontrack: unknown = null;
  readonly #transceivers: ReturnType<typeof aTransceiver>[] = [];

  constructor() {
    super();
    FakeConnection.all.push(this);
  }

  addTransceiver(kind: Kind, { direction, sendEncodings: [encoding = {}] = [] }: RTCRtpTransceiverInit): void {
    this.#transceivers.push(aTransceiver(kind, direction, encoding));
  }

  getTransceivers(): ReturnType<typeof aTransceiver>[] {
    return this.#transceivers;
  }

  override async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    await super.setRemoteDescription(description);
    if (this.#transceivers.length > 0) return;
    for (const kind of ['audio', 'video', 'video'] as const)
      this.#transceivers.push(aTransceiver(kind, 'recvonly', {}));
  }

  find(candidate: string): void {
    const found = { candidate, usernameFragment: `u${this.session}` };
    this.onicecandidate?.({ candidate: { toJSON: () => found } });
  }

  /** The next offer has new credentials; for the rest it is an offer like any other. */
  restartIce(): void {}

  enter(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.connectionState = 'closed';
  }
}

const people = { doctor: aPerson('doctor'), patient: aPerson('patient') };
type Role = keyof typeof people;
const other = (role: Role): Role => (role === 'doctor' ? 'patient' : 'doctor');

const aSpare = () => new Spare({ watch: () => () => undefined, now: Date.now });

/** A server that relays: whoever has no session at the moment hears nothing. */
class Relay {
  readonly sessions: Partial<Record<Role, MediaSession>> = {};
  /** The page's own, which outlives its sessions. */
  readonly spares: Record<Role, Spare> = { doctor: aSpare(), patient: aSpare() };
  /** Who has no socket now. */
  readonly cutOff = new Set<Role>();
  readonly queue: { to: Role; fact: Fact }[] = [];

  /** Right behind the question for the seat, which is taken by the time the server looks at it. */
  greet(role: Role): GivenOffer {
    const connection = this.spares[role].takeOffered();
    if (!connection) throw new Error('No offer was made.');
    const ask = async (_name: string, { to: _to, ...signal }: { to: string }) => {
      const fact = { name: 'signal:received', payload: { from: people[role].id, ...signal } } as Fact;
      this.queue.push({ to: other(role), fact });
      return {};
    };
    return giveOffer(ask as never, { to: people[other(role)].id, connection }, () => undefined);
  }

  join(role: Role, present: Role[], given: GivenOffer | null = null): MediaSession {
    this.sessions[role]?.close();
    const session = openP2pSession({
      self: people[role],
      present: present.map((one) => people[one].id),
      iceServers: [],
      spare: this.spares[role],
      given,
      tracks: { audio: null, video: null },
      ask: (async (_name: string, input: object) => {
        await Promise.resolve();
        if (this.cutOff.has(role)) throw new CallFailed('NO_ANSWER', 'As without a socket.');
        if (this.sessions[role] !== session) throw new CallFailed('NOT_JOINED', 'As a server would say.');
        const { to: _to, ...signal } = input as { to: string };
        const fact: Fact = { name: 'signal:received', payload: { from: people[role].id, ...signal } };
        this.queue.push({ to: other(role), fact });
        return {};
      }) as never,
      events: { track() {}, trackGone() {}, shaky() {}, failed() {} },
    });
    this.sessions[role] = session;
    return session;
  }

  /** Carries signals until both sides are quiet. */
  async carry(): Promise<void> {
    await settled();
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      if (!this.cutOff.has(next.to)) this.sessions[next.to]?.hear(next.fact);
      await settled();
    }
  }

  tell(role: Role, name: 'participant:joined' | 'participant:returned' | 'participant:dropped'): void {
    const participant = people[other(role)];
    const fact = { name, payload: { participant, deadline: '2026-11-21T10:00:00.000Z' } } as Fact;
    this.sessions[role]?.hear(fact);
  }
}

/** Spares have described nothing yet. */
const inUse = () => FakeConnection.all.filter((one) => one.localDescription !== null || one.remoteDescription !== null);
/** Of these the ones that are still open; two of them agree with each other when the pair is well. */
const open = () => inUse().filter((one) => one.connectionState !== 'closed');
const spare = () => FakeConnection.all.filter((one) => one.connectionState !== 'closed' && !inUse().includes(one));

function pairIsWell(): boolean {
  const [a, b, ...more] = open();
  if (!a || !b || more.length > 0) return false;
  return a.hasAgreedWith(b);
}

const real = globalThis.RTCPeerConnection;

beforeEach(() => {
  jest.useFakeTimers();
  FakeConnection.all.length = 0;
  globalThis.RTCPeerConnection = FakeConnection as unknown as typeof RTCPeerConnection;
});

afterEach(() => {
  jest.useRealTimers();
  globalThis.RTCPeerConnection = real;
});

async function talking(): Promise<Relay> {
  const relay = new Relay();
  relay.join('doctor', []);
  relay.join('patient', ['doctor']);
  relay.tell('doctor', 'participant:joined');
  await relay.carry();
  for (const one of open()) one.enter('connected');
  return relay;
}

describe('a pair', () => {
  it('is made by whoever joins second, with one connection each', async () => {
    await talking();
    expect(pairIsWell()).toBe(true);
    expect(FakeConnection.all).toHaveLength(2);
  });

  it('is joined with the connection that the one who was alone had ready', async () => {
    const relay = new Relay();
    relay.join('doctor', []);
    const [ready] = spare();
    relay.join('patient', ['doctor']);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
    expect(open()).toContain(ready);
    expect(spare()).toHaveLength(0);
  });

  it('is joined with the connection that the newcomer had ready before there was a seat', async () => {
    const relay = new Relay();
    relay.spares.patient.keep([]);
    const [ready] = spare();
    relay.join('doctor', []);
    relay.join('patient', ['doctor']);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
    expect(open()).toContain(ready);
  });

  it('is made of the offer that the newcomer gave before they had the answer to their join', async () => {
    const relay = new Relay();
    relay.spares.patient.keep([], 'offers');
    await settled();
    const [ready] = FakeConnection.all;
    relay.join('doctor', []);
    const given = relay.greet('patient');
    ready?.find('found late');
    const session = relay.join('patient', ['doctor'], given);
    relay.tell('doctor', 'participant:joined');
    await relay.carry();
    expect(pairIsWell()).toBe(true);
    expect(session.kept()).toEqual([]);
    expect(open()).toContain(ready);
    expect(open().find((one) => one !== ready)?.candidates).toEqual(['found late']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(inUse()).toHaveLength(2);
  });

  it('is made of the offer in hand, be it ready or still being made, when it was not given before', async () => {
    for (const turns of [0, 1]) {
      FakeConnection.all.length = 0;
      const relay = new Relay();
      relay.spares.patient.keep([], 'offers');
      if (turns > 0) await settled();
      const [ready] = FakeConnection.all;
      relay.join('doctor', []);
      relay.join('patient', ['doctor']);
      await relay.carry();
      expect(pairIsWell()).toBe(true);
      expect(open()).toContain(ready);
    }
  });

  it('is answered by another connection where the one in hand has made an offer', async () => {
    const relay = new Relay();
    relay.spares.doctor.keep([], 'offers');
    await settled();
    const [ready] = FakeConnection.all;
    relay.join('doctor', []);
    relay.join('patient', ['doctor']);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
    expect(ready?.connectionState).toBe('closed');
  });

  it('is made although both offered at once, one of them before the join was answered', async () => {
    for (const early of ['doctor', 'patient'] as const) {
      FakeConnection.all.length = 0;
      const relay = new Relay();
      relay.spares[early].keep([], 'offers');
      await settled();
      relay.join(other(early), [early]);
      const given = relay.greet(early);
      relay.join(early, [other(early)], given);
      await relay.carry();
      expect(pairIsWell()).toBe(true);
    }
  });

  it('closes the connection that another one replaces, once that one has answered or offered', async () => {
    for (const role of ['doctor', 'patient'] as const) {
      FakeConnection.all.length = 0;
      const relay = await talking();
      const before = open();
      relay.join(role, [other(role)]);
      // The newcomer's page is another one; the old connection of the one who was there says nothing any more.
      before[role === 'patient' ? 0 : 1]?.enter('failed');
      await relay.carry();
      expect(pairIsWell()).toBe(true);
      expect(before.map(({ connectionState }) => connectionState)).toEqual(['closed', 'closed']);
    }
  });

  it('holds up what else the page does until it is there, and a quarter of a second at most', async () => {
    const relay = new Relay();
    const hasty = () => [relay.sessions.doctor, relay.sessions.patient].map((one) => Boolean(one?.inHaste));
    relay.join('doctor', []);
    expect(hasty()).toEqual([true, false]);
    await jest.advanceTimersByTimeAsync(250);
    expect(hasty()).toEqual([false, false]);
    relay.join('patient', ['doctor']);
    expect(hasty()).toEqual([false, true]);
    await relay.carry();
    expect(hasty()).toEqual([true, true]);
    const through = relay.sessions.doctor?.inHaste?.then(() => 'through');
    await jest.advanceTimersByTimeAsync(250);
    expect(hasty()).toEqual([false, false]);
    expect(await through).toBe('through');
  });

  it('limits the pictures of both cameras, and not the screens, before there is a connection', async () => {
    const relay = new Relay();
    relay.join('doctor', []);
    relay.join('patient', ['doctor']);
    await relay.carry();
    const limits = open().map((one) => one.getTransceivers().map(({ sender }) => sender.encoding));
    expect(open().map(({ connectionState }) => connectionState)).toEqual(['new', 'new']);
    expect(limits.map(([, camera, screen]) => [camera, screen])).toEqual([
      [{ maxBitrate: 800_000 }, {}],
      [{ maxBitrate: 800_000 }, {}],
    ]);
  });

  it('is through at once when it is there', async () => {
    const relay = await talking();
    expect([relay.sessions.doctor?.inHaste, relay.sessions.patient?.inHaste]).toEqual([null, null]);
    relay.tell('doctor', 'participant:dropped');
    relay.join('patient', ['doctor']);
    await relay.carry();
    expect(relay.sessions.doctor?.inHaste).not.toBeNull();
    relay.sessions.doctor?.close();
    expect(relay.sessions.doctor?.inHaste).toBeNull();
  });

  it('has another connection ready while one of them is away, and no longer', async () => {
    const relay = await talking();
    relay.tell('doctor', 'participant:dropped');
    expect(spare()).toHaveLength(1);
    relay.tell('doctor', 'participant:returned');
    await jest.advanceTimersByTimeAsync(3_000);
    expect(spare()).toHaveLength(0);
    expect(pairIsWell()).toBe(true);
  });

  it('has none ready that was made while its own way was in doubt', async () => {
    const relay = await talking();
    relay.tell('doctor', 'participant:dropped');
    for (const one of open()) one.enter('disconnected');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(spare()).toHaveLength(0);
  });

  it('is made anew when the patient reloads, without waiting for the facts about it', async () => {
    const relay = await talking();
    relay.join('patient', ['doctor']);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
  });

  it.each(['patient', 'doctor'] as const)('is made anew when the %s drops and returns', async (role) => {
    const relay = await talking();
    relay.tell(other(role), 'participant:dropped');
    relay.sessions[role]?.close();
    delete relay.sessions[role];
    await relay.carry();
    relay.join(role, [other(role)]);
    relay.tell(other(role), 'participant:returned');
    await relay.carry();
    expect(pairIsWell()).toBe(true);
    await jest.advanceTimersByTimeAsync(10_000);
    await relay.carry();
    expect(inUse()).toHaveLength(4);
  });

  it.each(['patient', 'doctor'] as const)('lives on when the %s loses the socket alone', async (role) => {
    const relay = await talking();
    relay.cutOff.add(role);
    relay.tell(other(role), 'participant:dropped');
    await relay.carry();
    relay.cutOff.delete(role);
    expect(relay.sessions[role]?.kept()).toEqual([]);
    relay.sessions[role]?.goOn({ producers: [], present: [people[other(role)].id], iceServers: [] });
    relay.tell(other(role), 'participant:returned');
    await jest.advanceTimersByTimeAsync(10_000);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
    expect(inUse()).toHaveLength(2);
    // A description of the same connections is for them, whatever was thought of the other in between.
    relay.tell(other(role), 'participant:dropped');
    await relay.sessions[role]?.restart();
    await relay.carry();
    expect(pairIsWell()).toBe(true);
    expect(inUse()).toHaveLength(2);
  });

  it('is made anew when its way was lost together with the socket', async () => {
    const relay = await talking();
    relay.cutOff.add('patient');
    relay.tell('doctor', 'participant:dropped');
    for (const one of open()) one.enter('disconnected');
    await relay.carry();
    relay.cutOff.delete('patient');
    relay.sessions.patient?.goOn({ producers: [], present: [people.doctor.id], iceServers: [] });
    relay.tell('doctor', 'participant:returned');
    await relay.carry();
    expect(pairIsWell()).toBe(true);
  });

  it('is not to be kept once a signal was lost', async () => {
    const relay = await talking();
    relay.cutOff.add('patient');
    await relay.sessions.patient?.restart();
    await relay.carry();
    expect(relay.sessions.patient?.kept()).toBeNull();
  });

  it('is made anew when the facts about a drop come after the new offer', async () => {
    const relay = await talking();
    relay.join('patient', ['doctor']);
    await relay.carry();
    relay.tell('doctor', 'participant:dropped');
    relay.tell('doctor', 'participant:returned');
    await jest.advanceTimersByTimeAsync(3_000);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
  });

  it('takes the offer of one who was away although it had made an offer that nobody heard', async () => {
    const relay = await talking();
    const [doctors] = open();
    relay.tell('doctor', 'participant:dropped');
    relay.sessions.patient?.close();
    delete relay.sessions.patient;
    doctors?.enter('failed');
    await jest.advanceTimersByTimeAsync(1_000);
    await relay.carry();
    relay.join('patient', ['doctor']);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
  });

  it('takes the offer of one who dropped before answering, instead of waiting for the answer', async () => {
    const relay = new Relay();
    relay.join('doctor', ['patient']);
    await relay.carry();
    relay.tell('doctor', 'participant:dropped');
    relay.join('patient', ['doctor']);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
  });

  it('is made by the one who was there when the newcomer’s offer does not come', async () => {
    const relay = new Relay();
    relay.join('doctor', []);
    relay.join('patient', []);
    relay.tell('doctor', 'participant:joined');
    await relay.carry();
    expect(open()).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(3_000);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
  });

  it('is made anew when the path between the browsers fails on both sides at once', async () => {
    const relay = await talking();
    for (const one of open()) one.enter('failed');
    await jest.advanceTimersByTimeAsync(1);
    await relay.carry();
    expect(pairIsWell()).toBe(true);
  });

  it('that never connects is tried again, less and less often', async () => {
    const relay = new Relay();
    relay.join('doctor', []);
    relay.join('patient', ['doctor']);
    const made: number[] = [];
    for (let minute = 0; minute < 4; minute += 1) {
      const before = FakeConnection.all.length;
      for (let second = 0; second < 60; second += 1) {
        await jest.advanceTimersByTimeAsync(1_000);
        await relay.carry();
      }
      made.push(FakeConnection.all.length - before);
    }
    expect(made[0]).toBeGreaterThan(made[3] ?? Number.POSITIVE_INFINITY);
    expect(made[3]).toBeGreaterThan(0);
    expect(open()).toHaveLength(2);
  });

  it('leaves no timer and no connection behind', async () => {
    const relay = await talking();
    relay.tell('doctor', 'participant:dropped');
    relay.tell('doctor', 'participant:returned');
    relay.sessions.doctor?.close();
    relay.sessions.patient?.close();
    for (const one of Object.values(relay.spares)) one.drop();
    expect([...open(), ...spare()]).toHaveLength(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});
