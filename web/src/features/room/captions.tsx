import { useEffect, useState, useSyncExternalStore } from 'react';
import { type Caption, captionSource, onCaptionSource } from '../../call/captions.ts';
import { useCaptionSwitch } from './caption-switch.ts';
import styles from './captions.module.css';

function Spoken({ stream }: { stream: MediaStream }) {
  const source = useSyncExternalStore(onCaptionSource, captionSource);
  const [caption, setCaption] = useState<Caption | null>(null);
  useEffect(() => {
    const stop = source?.open(stream, setCaption);
    return () => {
      stop?.();
      setCaption(null);
    };
  }, [source, stream]);
  if (caption === null || caption.text === '') return null;
  return (
    <p className={styles['captions']} dir="auto" data-final={caption.isFinal}>
      {caption.text}
    </p>
  );
}

/** What the other one says, in letters, as the clinic's own recogniser hears it. */
export function Captions({ stream }: { stream: MediaStream | null }) {
  const { isOn } = useCaptionSwitch();
  return isOn && stream !== null ? <Spoken stream={stream} /> : null;
}
