/** What a screen sees after each fact. */
import { describe, expect, it } from '@jest/globals';
import {
  type CallModel,
  initialModel,
  type RemoteTracks,
  withAttempt,
  withChat,
  withJoined,
  withLost,
  withoutMedia,
  withTracks,
} from '../../web/src/call/call-state.ts';
import type { Fact } from '../../web/src/call/connection/link.ts';
import { factApplied } from '../../web/src/call/facts.ts';
import { takeSeat } from '../../web/src/call/seat.ts';
import { createStore } from '../../web/src/call/store.ts';
import { aJoin, aMeeting, aPerson, FakeLink, fakeStream, meetingId, settled } from '../support/call-fakes.ts';

const now = Date.parse('2026-11-21T10:00:00.000Z');
const inside = (): CallModel => withJoined(initialModel(), aJoin());
const hear = (model: CallModel, fact: Fact): CallModel => factApplied(model, fact, { meetingId, now });
const arriving = (patch: Partial<RemoteTracks> = {}): RemoteTracks => ({
  stream: fakeStream(),
  audio: true,
  video: true,
  ...patch,
});
const doctor = aPerson('doctor');
const line = { id: 'l1', from: doctor.id, text: 'Hello', clientId: 'c1', sentAt: '2026-11-21T10:00:00.000Z' };

describe('a meeting', () => {
  it('is replaced by a newer version only, whatever arrives twice or late', () => {
    const model = hear(inside(), { name: 'meeting:changed', payload: { meeting: aMeeting({ version: 5 }) } });
    const late = hear(model, { name: 'meeting:changed', payload: { meeting: aMeeting({ version: 4 }) } });
    expect(late).toBe(model);
    expect(hear(model, { name: 'meeting:started', payload: { meeting: aMeeting({ version: 5 }) } })).toBe(model);
  });

  it('is not replaced by another meeting of the same person', () => {
    const model = inside();
    const other = aMeeting({ id: '01930000-0000-7000-8000-00000000bbbb', version: 99 });
    expect(hear(model, { name: 'meeting:ended', payload: { meeting: other } })).toBe(model);
  });
});

describe('the others', () => {
  it('are seen when a track arrives and they say that it is on', () => {
    const model = withTracks(inside(), doctor.id, arriving());
    expect(model.remotes[0]).toMatchObject({ hasVideo: true, hasAudio: true });
    const sending = { audio: true, video: false };
    const off = hear(model, { name: 'media:sending', payload: { participantId: doctor.id, sending } });
    expect(off.remotes[0]).toMatchObject({ hasVideo: false, hasAudio: true });
    expect(off.remotes[0]?.stream).toBe(model.remotes[0]?.stream);
  });

  it('keep their stream through a rejoin of one’s own', () => {
    const before = withTracks(inside(), doctor.id, arriving());
    const after = withJoined(withLost(before, now), aJoin());
    expect(after.remotes[0]?.stream).toBe(before.remotes[0]?.stream);
    expect(after.reconnect).toBeNull();
  });

  it('are away with their deadline, return, and go', () => {
    const deadline = '2026-11-21T10:05:00.000Z';
    const away = hear(inside(), {
      name: 'participant:dropped',
      payload: { participant: aPerson('doctor', { presence: 'away' }), deadline },
    });
    expect(away.remotes[0]?.participant).toMatchObject({ presence: 'away', deadline });
    const back = hear(away, { name: 'participant:returned', payload: { participant: doctor } });
    expect(back.remotes[0]?.participant).toMatchObject({ presence: 'present', deadline: null });
    expect(hear(back, { name: 'participant:left', payload: { participant: doctor } }).remotes).toEqual([]);
  });

  it('have a quality that changes nothing when it is the same', () => {
    const fact: Fact = { name: 'media:quality', payload: { participantId: doctor.id, level: 'weak' } };
    const weak = hear(inside(), fact);
    expect(weak.remotes[0]?.quality).toBe('weak');
    expect(hear(weak, fact)).toBe(weak);
  });

  it('who are not known change nothing', () => {
    const model = inside();
    const fact: Fact = { name: 'media:quality', payload: { participantId: 'unknown', level: 'weak' } };
    expect(hear(model, fact)).toBe(model);
  });
});

describe('a loss', () => {
  it('in the room is a phase of its own, and keeps when it began', () => {
    const lost = withAttempt(withLost(inside(), now), 1, now);
    const later = withAttempt(lost, 2, now + 5_000);
    expect(later).toMatchObject({
      phase: 'reconnecting',
      reconnect: { since: now, until: now + 300_000, attempts: 2 },
    });
  });

  it('before the room changes no phase', () => {
    const connecting: CallModel = { ...initialModel(), phase: 'connecting' };
    expect(withLost(connecting, now)).toMatchObject({ phase: 'connecting', reconnect: { since: now } });
  });

  it('is none when nothing is wanted', () => {
    for (const phase of ['idle', 'taken', 'left', 'ended', 'refused'] as const) {
      const model: CallModel = { ...initialModel(), phase };
      expect(withLost(model, now)).toBe(model);
    }
  });

  it('tells until when the place is kept when a drop of the same role told the window', () => {
    const dropped = hear(inside(), {
      name: 'participant:dropped',
      payload: { participant: aPerson('patient'), deadline: '2026-11-21T10:05:00.000Z' },
    });
    expect(withLost(dropped, now + 60_000).reconnect?.until).toBe(now + 360_000);
  });

  it('keeps no place when the window is 0', () => {
    const model = withJoined(initialModel(), aJoin({ returnWindowSeconds: 0 }));
    expect(withLost(model, now).reconnect?.until).toBeNull();
  });
});

describe('chat', () => {
  it('has each line once', () => {
    const once = hear(inside(), { name: 'chat:sent', payload: line });
    expect(hear(once, { name: 'chat:sent', payload: line })).toBe(once);
    expect(withChat(once, { ...line, id: 'other id', text: 'Hello' })).toBe(once);
    expect(withChat(once, { ...line, id: 'l2', clientId: 'c2' }).chat).toHaveLength(2);
  });
});

describe('the end', () => {
  it('leaves nobody’s stream behind', () => {
    const model = withTracks(inside(), doctor.id, arriving());
    expect(withoutMedia(model).remotes[0]).toMatchObject({ stream: null, hasVideo: false, hasAudio: false });
  });
});

describe('a fact that this client does not know', () => {
  it('changes nothing', () => {
    const model = inside();
    expect(hear(model, { name: 'weather:changed', payload: {} } as unknown as Fact)).toBe(model);
  });
});

const outcome = async (code: Parameters<FakeLink['refuse']>[0]) => {
  const link = new FakeLink('token', { up() {}, down() {}, refused() {}, fact() {} });
  const taking = takeSeat(link.ask, 'start', meetingId);
  await settled();
  await link.last('meeting:start').fail(code);
  return (await taking).kind;
};

describe('taking a seat', () => {
  it.each([
    ['MEETING_ENDED', 'over'],
    ['MEETING_CANCELLED', 'over'],
    ['NO_ANSWER', 'lost'],
    ['UNAUTHENTICATED', 'lost'],
    ['RATE_LIMITED', 'later'],
    ['UNAVAILABLE', 'later'],
    ['INTERNAL', 'later'],
    ['TOO_EARLY', 'refused'],
    ['NOT_ASSIGNED', 'refused'],
    ['MEETING_NOT_FOUND', 'refused'],
    ['PAYMENT_REQUIRED', 'refused'],
  ] as const)('after %s is %s', async (code, kind) => {
    expect(await outcome(code)).toBe(kind);
  });
});

describe('a store', () => {
  it('tells of another value only, to those who still listen', () => {
    const store = createStore({ n: 1 });
    const heard: string[] = [];
    const stopSecond: { now: () => void } = { now: () => undefined };
    const stopFirst = store.subscribe(() => {
      heard.push('first');
      stopSecond.now();
    });
    stopSecond.now = store.subscribe(() => heard.push('second'));
    store.set(store.value);
    store.set({ n: 2 });
    stopFirst();
    store.set({ n: 3 });
    expect(heard).toEqual(['first']);
  });
});
