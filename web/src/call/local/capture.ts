/** Camera and microphone of this device: one request to the browser, and what to do when it says no. */
import type { CallState } from '../call.ts';

export type DeviceFault = NonNullable<CallState['local']['fault']>;

/** What is asked of the device. */
export interface Wanted {
  audio: boolean;
  video: boolean;
}

export interface Captured {
  tracks: MediaStreamTrack[];
  /** Why something that was wanted is missing; null when nothing is. */
  fault: DeviceFault | null;
}

/** The browser's own request for exactly what is wanted; throws what `getUserMedia` throws. */
export type RequestTracks = (wanted: Wanted) => Promise<MediaStreamTrack[]>;

/**
 * Asks for both at once, so that the person is asked once; then for less: sound without picture carries a consultation,
 * picture without sound carries half of one. Never rejects.
 */
export async function capture(request: RequestTracks, wanted: Wanted): Promise<Captured> {
  const attempts: Wanted[] = [wanted];
  if (wanted.audio && wanted.video) attempts.push({ audio: true, video: false }, { audio: false, video: true });
  let fault: DeviceFault | null = null;
  for (const attempt of attempts) {
    try {
      return { tracks: await request(attempt), fault };
    } catch (error) {
      // The first refusal is the reason; the later ones only say that there is no second best.
      fault ??= faultOf(error);
    }
  }
  return { tracks: [], fault };
}

/** Names of W3C Media Capture and Streams, section 10.2; older browsers had words of their own. */
const faults: Readonly<Record<string, DeviceFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'not-found',
  OverconstrainedError: 'not-found',
  NotReadableError: 'in-use',
  AbortError: 'in-use',
};

export function faultOf(error: unknown): DeviceFault {
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
  return faults[name] ?? 'unsupported';
}
