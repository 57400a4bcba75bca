import { type RefObject, useEffect } from 'react';

/**
 * Says of how many lines a picture is as it is shown, in pixels of the screen, and 0 while it or the whole page is out of
 * sight. `onLines` is to stay the same.
 */
export function useShownLines(
  picture: RefObject<HTMLVideoElement | null>,
  onLines: ((lines: number) => void) | undefined,
): void {
  useEffect(() => {
    const element = picture.current;
    if (element === null || onLines === undefined) return undefined;
    const tell = () => {
      if (document.hidden) onLines(0);
      // Before anything has come there is nothing to see, and nothing to say.
      else if (element.clientHeight > 0) onLines(linesOf(element));
    };
    const sizes = new ResizeObserver(tell);
    sizes.observe(element);
    element.addEventListener('resize', tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      sizes.disconnect();
      element.removeEventListener('resize', tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [picture, onLines]);
}

/** The whole picture is shown in the frame, so the narrower side of the two decides. */
function linesOf({ clientWidth, clientHeight, videoWidth, videoHeight }: HTMLVideoElement): number {
  const shape = videoHeight > 0 ? videoWidth / videoHeight : 4 / 3;
  return Math.round(Math.min(clientHeight, clientWidth / shape) * window.devicePixelRatio);
}
