import { type RefObject, useEffect, useRef } from 'react';
import styles from './video.module.css';

interface VideoProps {
  stream: MediaStream | null;
  /** What it shows, for who does not see it. */
  label: string;
  /** One's own picture: like a mirror, and without its sound. */
  isOwn?: boolean;
  /** How the picture meets a frame of another shape. */
  fit?: 'cover' | 'contain';
  /** Without its sound, which is played elsewhere. */
  isSilent?: boolean;
  /** Where the element is put for who wants to show it elsewhere: only then may the browser take it out of the page. */
  element?: RefObject<HTMLVideoElement | null>;
  /** The browser plays no sound before the person has pressed something. */
  onSilenced?: (play: () => void) => void;
}

/** A live picture with its sound. The stream is set once: setting the same again would make it flicker. */
export function Video({
  stream,
  label,
  isOwn = false,
  fit = 'cover',
  isSilent = false,
  element: given,
  onSilenced,
}: VideoProps) {
  const own = useRef<HTMLVideoElement>(null);
  const video = given ?? own;
  useEffect(() => {
    const element = video.current;
    if (element === null || element.srcObject === stream) return;
    element.srcObject = stream;
    if (stream === null) return;
    element.play().catch((error: unknown) => {
      const isSilenced = error instanceof DOMException && error.name === 'NotAllowedError';
      if (isSilenced) onSilenced?.(() => void element.play().catch(() => undefined));
    });
  }, [video, stream, onSilenced]);
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- A live conversation has no caption track.
    <video
      ref={video}
      className={styles['video']}
      data-own={isOwn}
      data-fit={fit}
      muted={isOwn || isSilent}
      autoPlay
      playsInline
      disablePictureInPicture={given === undefined}
      aria-label={label}
    />
  );
}
