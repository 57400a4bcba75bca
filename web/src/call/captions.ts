/**
 * Where captions come in. Housecall brings no speech recognition: a clinic that has one gives it here, and the room shows
 * what it says. Without one there is no button for it, because captions that are not there help nobody.
 */

export interface Caption {
  text: string;
  /** False while the words may still change. */
  isFinal: boolean;
}

export interface CaptionSource {
  /**
   * Listens to somebody's sound (a stream with an audio track, which stays the call's) and says what it hears, until it is
   * stopped. Nothing may be kept of it without the consent of both.
   */
  open(stream: MediaStream, hear: (caption: Caption) => void): () => void;
}

let given: CaptionSource | null = null;
const listeners = new Set<() => void>();

/** Gives the source, once, before or in a call; null takes it away. */
export function provideCaptions(source: CaptionSource | null): void {
  given = source;
  for (const listener of Array.from(listeners)) listener();
}

export function captionSource(): CaptionSource | null {
  return given;
}

/** Hears when a source comes or goes; answers how to stop. */
export function onCaptionSource(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
