/** The person's own screen, shown to the others beside the camera for as long as they share it. */

/** `refused`: the person, or their system, said no. `unsupported`: this browser shares no screen (phones do not). */
export type ScreenOutcome = 'shared' | 'refused' | 'failed' | 'unsupported';

export interface ScreenShare {
  readonly track: MediaStreamTrack | null;
  readonly stream: MediaStream | null;
  /** Asks the person which screen or window. To be called in answer to a press. Never rejects. */
  start(): Promise<ScreenOutcome>;
  /** Idempotent. */
  stop(): void;
}

export interface ScreenShareOptions {
  /** The browser's `getDisplayMedia`; null where there is none. */
  request: (() => Promise<MediaStream>) | null;
  onChange: () => void;
}

export function createScreenShare({ request, onChange }: ScreenShareOptions): ScreenShare {
  let stream: MediaStream | null = null;
  let isAsking = false;
  /** Raised by every stop: a screen that was picked after it is let go of. */
  let turn = 0;

  function stop(): void {
    turn += 1;
    if (stream === null) return;
    for (const track of stream.getTracks()) track.stop();
    stream = null;
    onChange();
  }

  function keep(picked: MediaStream): ScreenOutcome {
    const [track] = picked.getVideoTracks();
    if (!track) return 'failed';
    // Letters have to be readable; that a scroll looks smooth matters less.
    track.contentHint = 'detail';
    // The browser has a button of its own to stop sharing, and a window may be closed.
    track.addEventListener('ended', () => {
      if (stream === picked) stop();
    });
    stream = picked;
    onChange();
    return 'shared';
  }

  async function start(): Promise<ScreenOutcome> {
    if (stream) return 'shared';
    if (!request) return 'unsupported';
    if (isAsking) return 'failed';
    isAsking = true;
    const mine = turn;
    try {
      const picked = await request();
      if (mine === turn) return keep(picked);
      for (const track of picked.getTracks()) track.stop();
      return 'refused';
    } catch (error) {
      return error instanceof Error && error.name === 'NotAllowedError' ? 'refused' : 'failed';
    } finally {
      isAsking = false;
    }
  }

  return {
    get track() {
      return stream?.getVideoTracks()[0] ?? null;
    },
    get stream() {
      return stream;
    },
    start,
    stop,
  };
}

/** Ten pictures a second show a report being scrolled; a sound of the screen would be heard twice. Null on phones. */
export function displayRequest(): (() => Promise<MediaStream>) | null {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (typeof (devices as Partial<MediaDevices> | undefined)?.getDisplayMedia !== 'function') return null;
  return async () => {
    if (!devices) throw new DOMException('This page may not use devices.', 'NotSupportedError');
    return devices.getDisplayMedia({ video: { frameRate: { ideal: 10, max: 15 } }, audio: false });
  };
}
