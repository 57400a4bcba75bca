/** One stream for each of the others, for as long as the call lives: `srcObject` is set once, tracks come and go in it. */
import type { RemoteTracks } from '../call-state.ts';

export interface RemoteStreams {
  add(participantId: string, track: MediaStreamTrack): void;
  remove(participantId: string, track: MediaStreamTrack): void;
  /** The media behind the tracks is gone; the last picture stays until another takes its place. */
  allEnded(): void;
  clear(): void;
}

interface Entry {
  stream: MediaStream;
  live: Set<MediaStreamTrack>;
}

export function createRemoteStreams(changed: (participantId: string, tracks: RemoteTracks) => void): RemoteStreams {
  const entries = new Map<string, Entry>();
  const tell = (id: string, { stream, live }: Entry) => {
    const has = (kind: string) => [...live].some((track) => track.kind === kind);
    changed(id, { stream, audio: has('audio'), video: has('video') });
  };
  return {
    add(id, track) {
      const entry = entries.get(id) ?? { stream: new MediaStream(), live: new Set() };
      entries.set(id, entry);
      for (const old of entry.stream.getTracks().filter((one) => one.kind === track.kind && one !== track)) {
        entry.stream.removeTrack(old);
        entry.live.delete(old);
      }
      entry.stream.addTrack(track);
      entry.live.add(track);
      tell(id, entry);
    },
    remove(id, track) {
      const entry = entries.get(id);
      if (!entry?.live.delete(track)) return;
      entry.stream.removeTrack(track);
      tell(id, entry);
    },
    allEnded() {
      for (const [id, entry] of entries) {
        entry.live.clear();
        tell(id, entry);
      }
    },
    clear() {
      for (const { stream } of entries.values()) for (const track of stream.getTracks()) stream.removeTrack(track);
      entries.clear();
    },
  };
}
