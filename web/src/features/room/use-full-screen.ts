import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

function toggle(): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // A refusal changes nothing, and is seen.
  done.catch(() => undefined);
}

export interface FullScreen {
  isOn: boolean;
  /** Null where the browser has none (an iPhone's). */
  toggle: (() => void) | null;
}

/** The call without the browser around it. */
export function useFullScreen(): FullScreen {
  const isOn = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  if (!document.fullscreenEnabled) return { isOn: false, toggle: null };
  return { isOn, toggle };
}
