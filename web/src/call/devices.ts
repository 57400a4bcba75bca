/** The device check before a visit: a picture of oneself, a level meter, and a choice of camera and microphone. */
import { type Captured, capture, type DeviceFault } from './local/capture.ts';
import { type ChosenDevices, chooseDevices } from './local/chosen-devices.ts';
import { type DeviceOption, listDevices } from './local/device-list.ts';
import { handOver } from './local/handed-over.ts';
import { createLevelMeter, type LevelMeter } from './local/level-meter.ts';
import { requestUserMedia, watchDevices } from './local/user-media.ts';
import { createStore } from './store.ts';

export type { DeviceFault } from './local/capture.ts';
export type { DeviceOption } from './local/device-list.ts';

export interface DeviceState {
  /** The browser is being asked; it may be showing its question to the person. */
  asking: boolean;
  /** The preview; null when there is neither picture nor sound. Never play its sound. */
  stream: MediaStream | null;
  hasCamera: boolean;
  hasMicrophone: boolean;
  /** Why one of them, or both, are missing. */
  fault: DeviceFault | null;
  cameras: readonly DeviceOption[];
  microphones: readonly DeviceOption[];
  /** Empty where the browser lets nobody choose: then it plays where the system says. */
  speakers: readonly DeviceOption[];
  /** The ids in use. */
  camera: string | null;
  microphone: string | null;
}

export interface DeviceCheck {
  readonly state: DeviceState;
  subscribe(listener: () => void): () => void;
  /** How loud the microphone is now, from 0 to 1; read it once a frame. */
  level(): number;
  /** Takes another camera or microphone; the call will use the same. */
  choose(choice: Partial<ChosenDevices>): void;
  /** Asks the browser again, after the person has plugged something in or changed their mind. */
  retry(): void;
  /** They go into the call from here: it takes what is on, with the camera or without. The rest ends with `close`. */
  handOver(entry: { camera: boolean }): void;
  /** Stops the preview. Idempotent. */
  close(): void;
}

const nothing: DeviceState = {
  asking: true,
  stream: null,
  hasCamera: false,
  hasMicrophone: false,
  fault: null,
  cameras: [],
  microphones: [],
  speakers: [],
  camera: null,
  microphone: null,
};

/** Asks for camera and microphone at once; less is used when less is there. */
export function checkDevices(): DeviceCheck {
  const store = createStore<DeviceState>(nothing);
  let meter: LevelMeter | null = null;
  let isClosed = false;
  /** Raised by every request: what an older one brings is stopped. */
  let serial = 0;
  /** Not this check's any more. */
  let handedOver: readonly MediaStreamTrack[] = [];

  function drop(): void {
    meter?.close();
    meter = null;
    for (const track of store.value.stream?.getTracks() ?? []) if (!handedOver.includes(track)) track.stop();
  }

  async function ask(): Promise<void> {
    serial += 1;
    const mine = serial;
    drop();
    handedOver = [];
    store.set({ ...store.value, asking: true, stream: null });
    const captured = await capture(requestUserMedia, { audio: true, video: true });
    const options = await listDevices();
    if (mine !== serial || isClosed) {
      for (const track of captured.tracks) track.stop();
      return;
    }
    const microphone = captured.tracks.find((track) => track.kind === 'audio');
    meter = microphone ? createLevelMeter(microphone) : null;
    store.set({ asking: false, ...options, ...describe(captured) });
  }

  async function relist(): Promise<void> {
    const options = await listDevices();
    if (isClosed) return;
    store.set({ ...store.value, ...options });
    if (store.value.fault === 'not-found' && !store.value.asking) void ask();
  }

  const stopWatching = watchDevices(() => void relist());
  void ask();
  return {
    get state() {
      return store.value;
    },
    subscribe: store.subscribe,
    level: () => meter?.level() ?? 0,
    choose(choice) {
      chooseDevices(choice);
      // Another speaker changes nothing of what is picked up.
      if ('camera' in choice || 'microphone' in choice) void ask();
    },
    retry: () => void ask(),
    handOver({ camera }) {
      const tracks = store.value.stream?.getTracks() ?? [];
      handedOver = tracks.filter((track) => camera || track.kind === 'audio');
      handOver(handedOver);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      stopWatching();
      drop();
    },
  };
}

function describe({ tracks, fault }: Captured): Omit<DeviceState, 'asking' | 'cameras' | 'microphones' | 'speakers'> {
  const camera = tracks.find((track) => track.kind === 'video');
  const microphone = tracks.find((track) => track.kind === 'audio');
  return {
    stream: tracks.length > 0 ? new MediaStream(tracks) : null,
    hasCamera: camera !== undefined,
    hasMicrophone: microphone !== undefined,
    fault,
    camera: camera?.getSettings().deviceId ?? null,
    microphone: microphone?.getSettings().deviceId ?? null,
  };
}
