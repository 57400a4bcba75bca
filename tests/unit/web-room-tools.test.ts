/** Keys of the call, and what of people's sending is told to who does not see the screen. */
import { describe, expect, it } from '@jest/globals';
import type { CallState } from '../../web/src/call/call.ts';
import { initialModel, withJoined, withSending } from '../../web/src/call/call-state.ts';
import { captionSource, onCaptionSource } from '../../web/src/call/captions.ts';
import { browserName } from '../../web/src/features/check/browser-name.ts';
import { openCaptionDoor } from '../../web/src/features/room/caption-door.ts';
import { sendingNewsOf } from '../../web/src/features/room/sending-news.ts';
import { deedOf, shortcuts } from '../../web/src/features/room/shortcuts.ts';
import { aJoin, aPerson, fakeStream } from '../support/call-fakes.ts';

const press = (key: string, patch: Partial<Parameters<typeof deedOf>[0]> = {}) =>
  deedOf({ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, defaultPrevented: false, ...patch });

describe('a key in the call', () => {
  it('does one thing, in either case, and no key does two', () => {
    expect([press('m'), press('M'), press('?'), press('x')]).toEqual(['mute', 'mute', 'help', null]);
    expect(new Set(shortcuts.map(({ key }) => key)).size).toBe(shortcuts.length);
  });

  it('leaves the browser’s and the system’s combinations alone, and does nothing over and over when held', () => {
    for (const patch of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }])
      expect(press('f', patch)).toBeNull();
    expect(press('c', { defaultPrevented: true })).toBeNull();
  });
});

describe('what is told of sending', () => {
  const doctor = aPerson('doctor');
  const both = { audio: true, video: true };
  const inside = withSending(withJoined(initialModel(), aJoin()), doctor.id, both);
  const name = inside.remotes[0]?.participant.displayName;

  it('is who was muted and who shares a screen, both ways', () => {
    const muted = withSending(inside, doctor.id, { audio: false, video: true });
    expect(sendingNewsOf(inside, muted)).toEqual([{ kind: 'muted', name }]);
    expect(sendingNewsOf(muted, inside)).toEqual([{ kind: 'unmuted', name }]);
    const sharing = withSending(inside, doctor.id, { ...both, screen: true });
    expect(sendingNewsOf(inside, sharing)).toEqual([{ kind: 'shares', name }]);
    expect(sendingNewsOf(sharing, inside)).toEqual([{ kind: 'sharesNoMore', name }]);
  });

  it('is one’s own screen, also when the browser’s button ended it, and a device that was replaced, once', () => {
    const sharing: CallState = { ...inside, ownScreen: fakeStream() };
    expect(sendingNewsOf(inside, sharing)).toEqual([{ kind: 'sharing' }]);
    expect(sendingNewsOf(sharing, inside)).toEqual([{ kind: 'notSharing' }]);
    const replaced = { kind: 'audio' as const, label: 'Headset' };
    const after: CallState = { ...inside, local: { ...inside.local, replaced } };
    expect(sendingNewsOf(inside, after)).toEqual([{ kind: 'audioReplaced', label: 'Headset' }]);
    expect(sendingNewsOf(after, { ...after })).toEqual([]);
  });

  it('is one’s own microphone and camera, whether a key, a button or a device that went away switched them', () => {
    const withLocal = (patch: Partial<CallState['local']>): CallState => ({
      ...inside,
      local: { ...inside.local, ...patch },
    });
    const quiet = withLocal({ microphone: false });
    expect(sendingNewsOf(inside, quiet)).toEqual([{ kind: 'youMuted' }]);
    expect(sendingNewsOf(quiet, inside)).toEqual([{ kind: 'youUnmuted' }]);
    expect(sendingNewsOf(inside, withLocal({ camera: false }))).toEqual([{ kind: 'cameraOff' }]);
    expect(sendingNewsOf(withLocal({ camera: false }), inside)).toEqual([{ kind: 'cameraOn' }]);
  });

  it('is nothing of what was so on arrival, and nothing outside the room', () => {
    const muted = withSending(inside, doctor.id, { audio: false, video: true });
    expect(sendingNewsOf({ ...inside, phase: 'connecting' }, muted)).toEqual([]);
    expect(sendingNewsOf({ ...inside, remotes: [] }, muted)).toEqual([]);
  });
});

describe('the browser that somebody sits in front of', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36',
      0,
      'chrome',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0', 0, 'edge'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 0, 'firefox'],
    [`${mac} AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15`, 0, 'safari'],
    [`${mac} AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15`, 5, 'ios'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/142.0 Mobile Safari/604.1', 5, 'ios'],
    ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36', 5, 'android'],
    ['Mozilla/5.0 (Android 14; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0', 5, 'firefoxAndroid'],
    ['Lynx/2.9', 0, 'other'],
  ])('%s with %i touch points is %s', (userAgent, touchPoints, name) => {
    expect(browserName(userAgent, touchPoints)).toBe(name);
  });
});

describe('captions', () => {
  const aSource = () => ({ open: () => () => undefined });
  const give = (page: EventTarget, detail: unknown) =>
    page.dispatchEvent(new CustomEvent('housecall:captions', { detail }));

  it('come from the source that a clinic’s own script gives, before or in a call, and go with it', () => {
    const [first, second] = [aSource(), aSource()];
    const page = Object.assign(new EventTarget(), { housecallCaptions: first });
    let changes = 0;
    const stop = onCaptionSource(() => (changes += 1));
    const close = openCaptionDoor(page);
    expect(captionSource()).toBe(first);
    give(page, second);
    expect(captionSource()).toBe(second);
    for (const nonsense of ['source', {}, { open: true }]) give(page, nonsense);
    expect({ source: captionSource(), changes }).toEqual({ source: second, changes: 2 });
    give(page, null);
    expect(captionSource()).toBeNull();
    close();
    give(page, first);
    expect({ source: captionSource(), changes }).toEqual({ source: null, changes: 3 });
    stop();
  });
});
