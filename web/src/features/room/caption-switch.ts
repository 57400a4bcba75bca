/** Whether captions are shown, where there is something that makes them. */
import { useSyncExternalStore } from 'react';
import { captionSource, onCaptionSource } from '../../call/captions.ts';
import { createStore } from '../../call/store.ts';

const shown = createStore(true);

export interface CaptionSwitch {
  isOn: boolean;
  /** Null where nothing makes captions: then there is no button for them. */
  toggle: (() => void) | null;
}

const toggle = () => shown.set(!shown.value);

export function useCaptionSwitch(): CaptionSwitch {
  const source = useSyncExternalStore(onCaptionSource, captionSource);
  const isOn = useSyncExternalStore(shown.subscribe, () => shown.value);
  return source === null ? { isOn: false, toggle: null } : { isOn, toggle };
}
