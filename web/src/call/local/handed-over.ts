/**
 * Camera and microphone on their way from the device check into the call. The same tracks go on: no light blinks, nobody
 * waits for a device a second time, and another program cannot take it in between.
 */
import type { RequestTracks, Wanted } from './capture.ts';

/** Nobody is looked at for longer than this on the way; the next one asks for the device again. */
const longestWayMs = 2_000;

let onTheWay: { tracks: MediaStreamTrack[]; timer: ReturnType<typeof setTimeout> } | null = null;

/** Whoever asks for devices next gets these; what nobody has asked for within 2 s is stopped. */
export function handOver(tracks: readonly MediaStreamTrack[]): void {
  takeAll().forEach(stop);
  const live = tracks.filter((track) => track.readyState === 'live');
  if (live.length === 0) return;
  onTheWay = { tracks: live, timer: setTimeout(() => takeAll().forEach(stop), longestWayMs) };
}

/** Gives what was handed over, and asks the browser for the rest. What is not wanted is stopped. */
export function handedFirst(request: RequestTracks): RequestTracks {
  return async (wanted) => {
    const handed = takeAll().filter((track) => {
      const isWanted = track.readyState === 'live' && wanted[kindOf(track)];
      if (!isWanted) stop(track);
      return isWanted;
    });
    const isMissing = (kind: keyof Wanted) => wanted[kind] && !handed.some((track) => kindOf(track) === kind);
    const missing: Wanted = { audio: isMissing('audio'), video: isMissing('video') };
    if (!missing.audio && !missing.video) return handed;
    try {
      return [...handed, ...(await request(missing))];
    } catch (error) {
      handed.forEach(stop);
      throw error;
    }
  };
}

function takeAll(): MediaStreamTrack[] {
  clearTimeout(onTheWay?.timer);
  const tracks = onTheWay?.tracks ?? [];
  onTheWay = null;
  return tracks;
}

const kindOf = (track: MediaStreamTrack): keyof Wanted => (track.kind === 'audio' ? 'audio' : 'video');
const stop = (track: MediaStreamTrack): void => track.stop();
