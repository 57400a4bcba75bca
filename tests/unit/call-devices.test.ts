/** One's own camera and microphone: what is asked of the device, and when its lights go out. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { capture, faultOf } from '../../web/src/call/local/capture.ts';
import { handedFirst, handOver } from '../../web/src/call/local/handed-over.ts';
import { loudness } from '../../web/src/call/local/level-meter.ts';
import { LocalMedia } from '../../web/src/call/local/local-media.ts';
import { FakeDevices, fakeStream, settled } from '../support/call-fakes.ts';

const both = { audio: true, video: true };

describe('a capture', () => {
  it('asks for both at once', async () => {
    const devices = new FakeDevices();
    const { tracks, fault } = await capture(devices.request, both);
    expect(devices.requests).toEqual(['audio+video']);
    expect(tracks).toHaveLength(2);
    expect(fault).toBeNull();
  });

  it('falls back to sound alone when there is no camera, and says why', async () => {
    const devices = new FakeDevices();
    devices.refused.set('video', 'NotFoundError');
    const { tracks, fault } = await capture(devices.request, both);
    expect(tracks.map((track) => track.kind)).toEqual(['audio']);
    expect(fault).toBe('not-found');
  });

  it('falls back to a picture alone when the microphone is in use elsewhere', async () => {
    const devices = new FakeDevices();
    devices.refused.set('audio', 'NotReadableError');
    const { tracks, fault } = await capture(devices.request, both);
    expect(devices.requests).toEqual(['audio+video', 'audio', 'video']);
    expect(tracks.map((track) => track.kind)).toEqual(['video']);
    expect(fault).toBe('in-use');
  });

  it('gives nothing, and no rejection, when everything is denied', async () => {
    const devices = new FakeDevices();
    devices.refused.set('audio', 'NotAllowedError').set('video', 'NotAllowedError');
    await expect(capture(devices.request, both)).resolves.toEqual({ tracks: [], fault: 'denied' });
  });

  it('takes what it does not know for a browser that cannot', () => {
    expect(faultOf(new TypeError('x'))).toBe('unsupported');
    expect(faultOf(undefined)).toBe('unsupported');
  });
});

function open(devices = new FakeDevices()) {
  let now = 100_000;
  let changes = 0;
  const local = new LocalMedia({
    request: devices.request,
    newStream: fakeStream,
    onChange: () => (changes += 1),
    now: () => now,
  });
  return { local, devices, later: (ms: number) => (now += ms), changes: () => changes };
}

describe('local media', () => {
  it('lets the camera go when it is off, and opens it again when it is on', async () => {
    const { local, devices } = open();
    local.open();
    await settled();
    local.set('video', false);
    expect(local.state).toMatchObject({ camera: false, microphone: true });
    await settled();
    expect(devices.live()).toEqual(['audio']);
    local.set('video', true);
    await settled();
    expect(devices.requests).toEqual(['audio+video', 'video']);
    expect(devices.live()).toEqual(['audio', 'video']);
  });

  it('mutes without letting the microphone go', async () => {
    const { local, devices } = open();
    local.open();
    await settled();
    local.set('audio', false);
    await settled();
    expect(local.tracks.audio?.enabled).toBe(false);
    local.set('audio', true);
    await settled();
    expect(local.tracks.audio?.enabled).toBe(true);
    expect(devices.requests).toHaveLength(1);
  });

  it('does not open what was switched off before it began', async () => {
    const { local, devices } = open();
    local.set('video', false);
    local.open();
    await settled();
    expect(devices.requests).toEqual(['audio']);
  });

  it('stops a track that arrives after the person has switched it off, or after the end', async () => {
    const { local, devices } = open();
    local.open();
    local.set('video', false);
    await settled();
    expect(devices.live()).toEqual(['audio']);
    const muted = open();
    muted.local.open();
    muted.local.set('audio', false);
    await settled();
    expect(muted.devices.live()).toEqual(['video']);
    const second = open();
    second.local.open();
    second.local.close();
    await settled();
    expect(second.devices.live()).toEqual([]);
    expect(second.local.state.stream).toBeNull();
  });

  it('asks again for a device that went away', async () => {
    const { local, devices, later } = open();
    local.open();
    await settled();
    later(5_000);
    devices.handedOut.find((track) => track.kind === 'video')?.vanish();
    await settled();
    expect(devices.requests).toEqual(['audio+video', 'video']);
    expect(local.state).toMatchObject({ camera: true, fault: null });
  });

  it('gives up a device that is taken away at once, instead of asking for ever', async () => {
    const { local, devices, later } = open();
    local.open();
    await settled();
    later(500);
    devices.handedOut.find((track) => track.kind === 'video')?.vanish();
    await settled();
    expect(devices.requests).toHaveLength(1);
    expect(local.state).toMatchObject({ camera: false, microphone: true, fault: 'in-use' });
  });

  it('tries what was missing again when a device is plugged in, and when the person asks', async () => {
    const { local, devices } = open();
    devices.refused.set('video', 'NotFoundError');
    local.open();
    await settled();
    expect(local.state).toMatchObject({ camera: false, fault: 'not-found' });
    local.set('video', true);
    await settled();
    expect(devices.requests.at(-1)).toBe('video');
    devices.refused.clear();
    local.retryMissed();
    await settled();
    expect(local.state).toMatchObject({ camera: true, fault: null });
  });

  it('keeps one stream while tracks come and go in it', async () => {
    const { local } = open();
    local.open();
    await settled();
    const { stream } = local.state;
    local.set('video', false);
    local.set('video', true);
    await settled();
    expect(local.state.stream).toBe(stream);
    expect(stream?.getTracks()).toHaveLength(2);
  });

  it('puts every light out at the end, and may be opened again', async () => {
    const { local, devices } = open();
    local.open();
    await settled();
    local.close();
    local.close();
    expect(devices.live()).toEqual([]);
    local.open();
    await settled();
    expect(devices.live()).toEqual(['audio', 'video']);
  });
});

describe('the level meter', () => {
  it('shows nothing for silence, everything for the loudest, and half for -30 dB', () => {
    expect(loudness(new Float32Array(1024))).toBe(0);
    expect(loudness(new Float32Array(1024).fill(1))).toBe(1);
    expect(loudness(new Float32Array(1024).fill(10 ** (-30 / 20)))).toBeCloseTo(0.5, 5);
    expect(loudness([])).toBe(0);
  });
});

describe('devices that go from the check into the call', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const checked = async (devices: FakeDevices, wanted = both) => devices.request(wanted);

  it('are the same tracks, and nothing is asked of the browser', async () => {
    const devices = new FakeDevices();
    const tracks = await checked(devices);
    handOver(tracks);
    expect(await handedFirst(devices.request)(both)).toEqual(tracks);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(devices.requests).toEqual(['audio+video']);
    expect(devices.live()).toEqual(['audio', 'video']);
  });

  it('are given once', async () => {
    const devices = new FakeDevices();
    handOver(await checked(devices));
    await handedFirst(devices.request)(both);
    await handedFirst(devices.request)(both);
    expect(devices.requests).toEqual(['audio+video', 'audio+video']);
  });

  it('go out when they are not wanted: who goes in with the camera off is not seen', async () => {
    const devices = new FakeDevices();
    handOver(await checked(devices));
    await handedFirst(devices.request)({ audio: true, video: false });
    expect(devices.live()).toEqual(['audio']);
  });

  it('are asked for where they are missing, and let go of when that fails', async () => {
    const devices = new FakeDevices();
    handOver(await checked(devices, { audio: true, video: false }));
    expect(await handedFirst(devices.request)(both)).toHaveLength(2);
    expect(devices.requests).toEqual(['audio', 'video']);

    handOver(await checked(devices, { audio: true, video: false }));
    devices.refused.set('video', 'NotReadableError');
    const { tracks, fault } = await capture(handedFirst(devices.request), both);
    expect(tracks.map((track) => track.kind)).toEqual(['audio']);
    expect(fault).toBe('in-use');
    expect(devices.live()).toEqual(['audio', 'video', 'audio']);
  });

  it('go out after two seconds in which nobody came for them', async () => {
    const devices = new FakeDevices();
    handOver(await checked(devices));
    await jest.advanceTimersByTimeAsync(1_999);
    expect(devices.live()).toEqual(['audio', 'video']);
    await jest.advanceTimersByTimeAsync(1);
    expect(devices.live()).toEqual([]);
  });
});
