import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Talk, TalkState } from '../../call/waiting/talk.ts';

const retryMs = 5_000;

/** What is written, loaded anew with each connection; and seen, as long as the page is looked at. */
export function useTalk(
  talk: Talk,
  side: 'patient' | 'clinic',
  isConnected: boolean,
): TalkState & { isFailing: boolean } {
  const state = useSyncExternalStore(talk.subscribe, () => talk.state);
  const [isFailing, setFailing] = useState(false);
  useEffect(() => {
    if (!isConnected) return;
    let again: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    function load() {
      talk.load().then(
        () => !isOver && setFailing(false),
        () => {
          if (isOver) return;
          setFailing(true);
          again = setTimeout(load, retryMs);
        },
      );
    }
    load();
    return () => {
      isOver = true;
      clearTimeout(again);
    };
  }, [talk, isConnected]);
  useMarkRead(talk, state, side, isConnected);
  return { ...state, isFailing };
}

function useMarkRead(talk: Talk, { lines, read }: TalkState, side: 'patient' | 'clinic', isConnected: boolean): void {
  const isOwn = (from: string) => (from === 'patient') === (side === 'patient');
  const newest = lines.findLast(({ from }) => !isOwn(from))?.sentAt ?? null;
  const own = read[side];
  /** The line up to which there is something to mark; null when there is nothing. */
  const news = newest !== null && (own === null || own < newest) ? newest : null;
  useEffect(() => {
    if (news === null || !isConnected) return;
    function look() {
      if (document.visibilityState === 'visible') void talk.markRead();
    }
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [talk, news, isConnected]);
}
