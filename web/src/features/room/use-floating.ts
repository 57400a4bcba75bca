import { type RefObject, useCallback, useEffect, useState } from 'react';

/** Document Picture-in-Picture (WICG): Chromium has it, TypeScript's library does not yet. */
interface DocumentFloat {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

function documentFloat(): DocumentFloat | undefined {
  return (window as { documentPictureInPicture?: DocumentFloat }).documentPictureInPicture;
}

/** A window above all others, with our own sheets, so that what is drawn into it looks as it does here. */
async function openWindow(float: DocumentFloat): Promise<Window> {
  const opened = await float.requestWindow({ width: 400, height: 300 });
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
    opened.document.head.append(opened.document.importNode(sheet));
  }
  const { lang, dir, dataset } = document.documentElement;
  Object.assign(opened.document.documentElement, { lang, dir });
  opened.document.documentElement.dataset['mantineColorScheme'] = dataset['mantineColorScheme'] ?? 'light';
  return opened;
}

export interface Floating {
  isOn: boolean;
  /** What to draw into: only where the browser gives a window for anything, and not just for a video. */
  window: Window | null;
  /** Null where the browser has no small window. To be called in answer to a press. Rejects when it opens none. */
  toggle: (() => Promise<void>) | null;
}

/** The other one's picture in a small window over other programs, while the doctor reads a report beside the call. */
export function useFloating(video: RefObject<HTMLVideoElement | null>): Floating {
  const [opened, setOpened] = useState<Window | null>(null);
  const [isVideoOut, setVideoOut] = useState(false);

  useEffect(() => {
    if (opened === null) return;
    const gone = () => setOpened(null);
    opened.addEventListener('pagehide', gone);
    return () => {
      opened.removeEventListener('pagehide', gone);
      opened.close();
    };
  }, [opened]);

  useEffect(() => {
    if (!isVideoOut) return;
    const back = () => setVideoOut(false);
    document.addEventListener('leavepictureinpicture', back, true);
    return () => {
      document.removeEventListener('leavepictureinpicture', back, true);
      if (document.pictureInPictureElement) document.exitPictureInPicture().catch(() => undefined);
    };
  }, [isVideoOut]);

  const isOn = opened !== null || isVideoOut;
  const toggle = useCallback(async () => {
    if (isOn) {
      setOpened(null);
      setVideoOut(false);
      return;
    }
    const float = documentFloat();
    if (float) setOpened(await openWindow(float));
    else {
      await video.current?.requestPictureInPicture();
      setVideoOut(true);
    }
  }, [isOn, video]);
  const hasWindow = documentFloat() !== undefined || document.pictureInPictureEnabled;
  return { isOn, window: opened, toggle: hasWindow ? toggle : null };
}
