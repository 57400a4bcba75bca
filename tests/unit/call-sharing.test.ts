/** What people do in a call beside talking: share a screen, change a device, write; and who of them is speaking. */
import { describe, expect, it } from '@jest/globals';
import {
  initialModel,
  withJoined,
  withoutMedia,
  withParticipant,
  withScreen,
  withSending,
  withSpeaker,
} from '../../web/src/call/call-state.ts';
import { LocalMedia } from '../../web/src/call/local/local-media.ts';
import { createScreenShare } from '../../web/src/call/local/screen-share.ts';
import { createOutbox } from '../../web/src/call/outbox.ts';
import { nextSpeaker, type SpeakerState } from '../../web/src/call/speaking.ts';
import { aJoin, aPerson, FakeDevices, FakeTrack, fakeScreen, fakeStream, settled } from '../support/call-fakes.ts';

function sharing(request: (() => Promise<MediaStream>) | null) {
  const changes: (MediaStreamTrack | null)[] = [];
  const screen = createScreenShare({ request, onChange: () => changes.push(screen.track) });
  return { screen, changes };
}

describe('a shared screen', () => {
  it('is there until the person stops, and asks for readable letters', async () => {
    const track = new FakeTrack('video');
    const { screen, changes } = sharing(async () => fakeScreen(track));
    expect(await screen.start()).toBe('shared');
    expect(track.contentHint).toBe('detail');
    expect(screen.track).toBe(track);
    screen.stop();
    screen.stop();
    expect(track.readyState).toBe('ended');
    expect(changes).toEqual([track, null]);
  });

  it('is gone when the browser’s own button, or the window itself, ends it', async () => {
    const track = new FakeTrack('video');
    const { screen, changes } = sharing(async () => fakeScreen(track));
    await screen.start();
    track.vanish();
    expect(screen.stream).toBeNull();
    expect(changes).toEqual([track, null]);
  });

  it('says why there is none: the person’s no, a fault, a browser that cannot', async () => {
    const failing = (name: string) => sharing(() => Promise.reject(Object.assign(new Error(name), { name }))).screen;
    expect(await failing('NotAllowedError').start()).toBe('refused');
    expect(await failing('NotReadableError').start()).toBe('failed');
    expect(await sharing(null).screen.start()).toBe('unsupported');
  });

  it('is let go of when it is picked after the call was left', async () => {
    const track = new FakeTrack('video');
    let pick: (stream: MediaStream) => void = () => undefined;
    const { screen, changes } = sharing(() => new Promise((resolve) => (pick = resolve)));
    const started = screen.start();
    screen.stop();
    pick(fakeScreen(track));
    expect(await started).toBe('refused');
    expect(track.readyState).toBe('ended');
    expect(changes).toEqual([]);
  });

  it('of the other one is seen when it arrives and they say that they share it, beside their camera', () => {
    const doctor = aPerson('doctor');
    const stream = fakeStream();
    const arrived = withScreen(withJoined(initialModel(), aJoin()), doctor.id, stream);
    expect(arrived.remotes[0]?.screen).toBeNull();
    const both = { audio: true, video: true };
    const shared = withSending(arrived, doctor.id, { ...both, screen: true });
    expect(shared.remotes[0]).toMatchObject({ screen: stream });
    expect(withSending(shared, doctor.id, both).remotes[0]?.screen).toBeNull();
    expect(withoutMedia(shared).remotes[0]?.screen).toBeNull();
  });
});

describe('changing devices in the call', () => {
  async function opened() {
    const devices = new FakeDevices();
    const local = new LocalMedia({ request: devices.request, newStream: fakeStream, onChange: () => undefined });
    local.open();
    await settled();
    return { devices, local };
  }

  it('takes the chosen one in place of the one in use, which is let go of first', async () => {
    const { devices, local } = await opened();
    const first = local.tracks.video;
    local.renew('video');
    await settled();
    expect(devices.requests).toEqual(['audio+video', 'video']);
    expect(local.tracks.video).not.toBe(first);
    expect(devices.live()).toEqual(['audio', 'video']);
    expect(local.state.replaced).toBeUndefined();
  });

  it('leaves a camera off that is off', async () => {
    const { devices, local } = await opened();
    local.set('video', false);
    local.renew('video');
    await settled();
    expect(devices.requests).toEqual(['audio+video']);
    expect(local.state.camera).toBe(false);
  });

  it('says which one took the place of one that was unplugged', async () => {
    let now = 0;
    const devices = new FakeDevices();
    const local = new LocalMedia({
      request: devices.request,
      newStream: fakeStream,
      onChange: () => undefined,
      now: () => now,
    });
    local.open();
    await settled();
    now = 10_000;
    devices.handedOut.find(({ kind }) => kind === 'audio')?.vanish();
    await settled();
    expect(local.state).toMatchObject({ microphone: true, fault: null, replaced: { kind: 'audio' } });
    local.renew('audio');
    await settled();
    expect(local.state.replaced).toBeUndefined();
  });
});

describe('who speaks', () => {
  const nobody: SpeakerState = { speaker: null, heardAt: 0 };
  const at = (levels: Record<string, number>) =>
    Object.entries(levels).map(([participantId, level]) => ({ participantId, level }));

  it('is the loudest voice, and nobody in a quiet room', () => {
    expect(nextSpeaker(nobody, at({ a: 0.005, b: 0.01 }), 5_000).speaker).toBeNull();
    expect(nextSpeaker(nobody, at({ a: 0.02, b: 0.2 }), 5_000).speaker).toBe('b');
  });

  it('stays through a pause between words, and ends after a longer one', () => {
    const speaking = nextSpeaker(nobody, at({ a: 0.1 }), 5_000);
    const pause = nextSpeaker(speaking, at({ a: 0 }), 6_000);
    expect(pause.speaker).toBe('a');
    expect(nextSpeaker(pause, [], 6_600).speaker).toBeNull();
  });

  it('changes to whoever is clearly louder, not to an echo', () => {
    const speaking = nextSpeaker(nobody, at({ a: 0.1 }), 5_000);
    expect(nextSpeaker(speaking, at({ a: 0.1, b: 0.12 }), 5_250).speaker).toBe('a');
    expect(nextSpeaker(speaking, at({ a: 0.1, b: 0.3 }), 5_250).speaker).toBe('b');
    expect(nextSpeaker(speaking, at({ a: 0.001, b: 0.05 }), 5_250).speaker).toBe('b');
  });
});

describe('the speaker in the room', () => {
  it('is marked, until another speaks, nobody does, or they drop', () => {
    const doctor = aPerson('doctor');
    const inside = withJoined(initialModel(), aJoin());
    const speaking = withSpeaker(inside, doctor.id);
    expect(speaking.remotes[0]?.isSpeaking).toBe(true);
    expect(withSpeaker(speaking, doctor.id).remotes[0]).toBe(speaking.remotes[0]);
    expect(withSpeaker(speaking, null).remotes[0]?.isSpeaking).toBe(false);
    const dropped = withParticipant(speaking, { ...doctor, presence: 'away' });
    expect(dropped.remotes[0]?.isSpeaking).toBe(false);
    expect(withoutMedia(speaking)).toMatchObject({ speaker: null, remotes: [{ isSpeaking: false }] });
  });
});

describe('a line on its way', () => {
  function writing() {
    const sent: { text: string; clientId: string; settle: (ok: boolean) => Promise<void> }[] = [];
    let made = 0;
    const outbox = createOutbox(
      (text, clientId) =>
        new Promise((resolve, reject) => {
          const settle = (ok: boolean) => {
            if (ok) resolve();
            else reject(new Error('Not sent.'));
            return settled();
          };
          sent.push({ text, clientId, settle });
        }),
      () => `line-${(made += 1)}`,
    );
    return { outbox, sent };
  }

  it('is shown until it has arrived', async () => {
    const { outbox, sent } = writing();
    outbox.say('  Good morning  ');
    outbox.say('   ');
    expect(outbox.lines).toEqual([{ clientId: 'line-1', text: 'Good morning', state: 'sending' }]);
    await sent[0]?.settle(true);
    expect(outbox.lines).toEqual([]);
  });

  it('that failed is kept, and sent again as the same line', async () => {
    const { outbox, sent } = writing();
    outbox.say('One');
    outbox.say('Two');
    await sent[0]?.settle(false);
    expect(outbox.lines.map(({ text, state }) => `${text} ${state}`)).toEqual(['One failed', 'Two sending']);
    outbox.retry('line-1');
    outbox.retry('line-2');
    expect(sent.map(({ clientId }) => clientId)).toEqual(['line-1', 'line-2', 'line-1']);
    await sent[2]?.settle(true);
    expect(outbox.lines.map(({ text }) => text)).toEqual(['Two']);
  });

  it('can be given up once it failed, not while it is on its way', async () => {
    const { outbox, sent } = writing();
    outbox.say('One');
    outbox.discard('line-1');
    expect(outbox.lines).toHaveLength(1);
    await sent[0]?.settle(false);
    outbox.discard('line-1');
    expect(outbox.lines).toEqual([]);
  });
});
