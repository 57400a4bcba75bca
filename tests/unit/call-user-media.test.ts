/** What the browser is asked for: the devices that were chosen before, and a voice without noise and echo. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseDevices, chosenDevices } from '../../web/src/call/local/chosen-devices.ts';
import { requestUserMedia } from '../../web/src/call/local/user-media.ts';
import { FakeTrack } from '../support/call-fakes.ts';

const key = 'housecall.devices';
const kept = new Map<string, string>();
let asked: MediaStreamConstraints[] = [];
let given: FakeTrack[] = [];

const stands: Record<string, unknown> = {
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  },
  RTCPeerConnection: true,
  navigator: {
    mediaDevices: {
      getUserMedia: async (constraints: MediaStreamConstraints) => {
        asked.push(constraints);
        given = [new FakeTrack('audio'), new FakeTrack('video')];
        const audio = () => given.filter((track) => track.kind === 'audio');
        return { getTracks: () => given, getAudioTracks: audio };
      },
    },
  },
};
const before = Object.keys(stands).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);

beforeAll(() => {
  for (const [name, value] of Object.entries(stands))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
});
afterAll(() => {
  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
});
beforeEach(() => {
  asked = [];
});

const voice = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const whole = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

describe('the browser', () => {
  it('is asked for what was chosen at the last visit, and for a voice, whatever was sent then', async () => {
    kept.set(key, JSON.stringify({ camera: 'cam-2', microphone: 'mic-2', speaker: 'out-2', sound: 'full' }));
    await requestUserMedia({ audio: true, video: true });
    expect(asked).toMatchObject([
      { audio: { ...voice, deviceId: { ideal: 'mic-2' } }, video: { deviceId: { ideal: 'cam-2' } } },
    ]);
    expect(given[0]?.contentHint).toBe('speech');
    expect(chosenDevices().speaker).toBe('out-2');
  });

  it('is asked for another one from the next choice on, which is kept beside the others', async () => {
    chooseDevices({ camera: 'cam-3' });
    await requestUserMedia({ audio: false, video: true });
    expect(asked).toMatchObject([{ audio: false, video: { deviceId: { ideal: 'cam-3' } } }]);
    expect(JSON.parse(kept.get(key) ?? '')).toMatchObject({ camera: 'cam-3', microphone: 'mic-2', speaker: 'out-2' });
  });

  it('leaves the sound as it is where the whole of it is wanted', async () => {
    chooseDevices({ sound: 'full' });
    await requestUserMedia({ audio: true, video: false });
    expect(asked).toMatchObject([{ audio: whole, video: false }]);
    expect(given[0]?.contentHint).toBe('music');
  });
});
