/** The person's own camera and microphone, on for as long as the call wants them, through every reconnect. */
import type { CallState } from '../call.ts';
import { type Captured, capture, type DeviceFault, type RequestTracks, type Wanted } from './capture.ts';

type Kind = keyof Wanted;
const kinds: readonly Kind[] = ['audio', 'video'];

/** A device that ends so soon after it was opened is being fought over; asking again would blink its light for ever. */
const shortLifeMs = 2_000;

export interface LocalTracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  /** The shared screen, which is not a device of this class: see screen-share.ts. */
  screen?: MediaStreamTrack | null;
}

export interface LocalMediaOptions {
  request: RequestTracks;
  newStream(): MediaStream;
  onChange(): void;
  now?: () => number;
}

/**
 * Muting keeps the microphone open, so that speaking again is instant; a camera that is off is let go of, because
 * people trust its light.
 */
export class LocalMedia {
  readonly #options: LocalMediaOptions;
  readonly #now: () => number;
  /** What the person wants on. */
  readonly #wanted: Record<Kind, boolean> = { audio: true, video: true };
  /** What was wanted and could not be had: tried again when a device is plugged in or the person asks. */
  readonly #missed = new Set<Kind>();
  readonly #tracks: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  #stream: MediaStream | null = null;
  #fault: DeviceFault | null = null;
  /** Went away by itself in the call: what takes its place is told. */
  readonly #gone = new Set<Kind>();
  #replaced: CallState['local']['replaced'];
  #isOpen = false;
  #isBusy = false;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  get tracks(): LocalTracks {
    return { ...this.#tracks };
  }

  get state(): CallState['local'] {
    return {
      stream: this.#tracks.audio || this.#tracks.video ? this.#stream : null,
      microphone: this.#isOn('audio'),
      camera: this.#isOn('video'),
      fault: this.#fault,
      ...(this.#replaced && { replaced: this.#replaced }),
    };
  }

  /** Asks for what is wanted. Idempotent; what it gives is heard through `onChange`. */
  open(): void {
    this.#isOpen = true;
    void this.#reconcile();
  }

  set(kind: Kind, on: boolean): void {
    if (this.#wanted[kind] === on && !(on && this.#missed.has(kind))) return;
    this.#wanted[kind] = on;
    this.#missed.delete(kind);
    this.#changed();
    if (this.#isOpen) void this.#reconcile();
  }

  /** Takes the device anew, as it is chosen now. What is off stays off. */
  renew(kind: Kind): void {
    if (!this.#isOpen) return;
    this.#letGo(kind);
    this.#missed.delete(kind);
    this.#replaced = undefined;
    void this.#reconcile();
  }

  /** A device was plugged in or taken out: what was missed is tried again. */
  retryMissed(): void {
    if (!this.#isOpen || this.#missed.size === 0) return;
    this.#missed.clear();
    void this.#reconcile();
  }

  /** Every light goes out. It may be opened again. Idempotent. */
  close(): void {
    this.#isOpen = false;
    for (const kind of kinds) this.#letGo(kind);
    this.#missed.clear();
    this.#gone.clear();
    this.#replaced = undefined;
    this.#stream = null;
    this.#fault = null;
    this.#changed();
  }

  #isOn(kind: Kind): boolean {
    return this.#wanted[kind] && !this.#missed.has(kind);
  }

  /** Asks and lets go until what is there is what is wanted. One at a time: a second request would open a device twice. */
  async #reconcile(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let needed = this.#settle(); needed.audio || needed.video; needed = this.#settle()) {
        this.#adopt(needed, await capture(this.#options.request, needed));
      }
    } finally {
      this.#isBusy = false;
    }
    this.#changed();
  }

  /** Does what needs no asking, and answers what does. */
  #settle(): Wanted {
    const { audio, video } = this.#tracks;
    if (audio) audio.enabled = this.#wanted.audio;
    if (video && !this.#wanted.video) this.#letGo('video');
    const isNeeded = (kind: Kind) => this.#isOpen && this.#isOn(kind) && this.#tracks[kind] === null;
    return { audio: isNeeded('audio'), video: isNeeded('video') };
  }

  #adopt(needed: Wanted, { tracks, fault }: Captured): void {
    for (const kind of kinds.filter((one) => needed[one])) {
      const track = tracks.find((one) => one.kind === kind);
      if (!track) this.#missed.add(kind);
      else if (this.#isOpen && this.#wanted[kind]) this.#keep(kind, track);
      else track.stop();
    }
    if (this.#isOpen) this.#fault = fault ?? (this.#missed.size > 0 ? this.#fault : null);
    this.#changed();
  }

  #keep(kind: Kind, track: MediaStreamTrack): void {
    const since = this.#now();
    this.#tracks[kind] = track;
    this.#stream ??= this.#options.newStream();
    this.#stream.addTrack(track);
    if (this.#gone.delete(kind)) this.#replaced = { kind, label: track.label };
    // Heard when the device goes away or is taken away, never for a stop of our own.
    track.addEventListener('ended', () => {
      if (this.#tracks[kind] !== track) return;
      this.#letGo(kind);
      this.#gone.add(kind);
      if (this.#now() - since < shortLifeMs) {
        this.#missed.add(kind);
        this.#fault = 'in-use';
      }
      this.#changed();
      void this.#reconcile();
    });
  }

  #letGo(kind: Kind): void {
    const track = this.#tracks[kind];
    if (!track) return;
    this.#tracks[kind] = null;
    track.stop();
    this.#stream?.removeTrack(track);
  }

  #changed(): void {
    this.#options.onChange();
  }
}
