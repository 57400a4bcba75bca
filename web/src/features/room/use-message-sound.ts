import { useEffect, useRef } from 'react';
import type { CallState } from '../../call/call.ts';
import { useKept } from './use-kept.ts';

const toneHz = 660;
const toneSeconds = 0.18;
/** Heard, and not startling. */
const loudness = 0.08;

/** A short soft tone, made here: nothing is fetched for it. */
function chime(): void {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = toneHz;
  volume.gain.setValueAtTime(loudness, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + toneSeconds);
  tone.connect(volume).connect(context.destination);
  tone.addEventListener('ended', () => void context.close().catch(() => undefined));
  tone.start();
  tone.stop(context.currentTime + toneSeconds);
}

/** Plays a tone for a line of somebody else's, only where the person asked for it. Off at first: a visit is quiet. */
export function useMessageSound(state: CallState): [boolean, (on: boolean) => void] {
  const [isOn, setOn] = useKept('housecall.message-sound', false);
  const { chat, self } = state;
  const heard = useRef(chat.length);
  useEffect(() => {
    const fresh = chat.slice(heard.current).some(({ from }) => from !== self?.id);
    heard.current = chat.length;
    if (fresh && isOn) chime();
  }, [chat, self, isOn]);
  return [isOn, setOn];
}
