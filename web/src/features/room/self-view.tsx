import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState } from '../../call/call.ts';
import { Video } from '../../ui/video.tsx';
import { atCorner, type Corner, firstCorner, moved, nearestCorner, nextCorner } from './corners.ts';
import styles from './self-view.module.css';

/** Further than this is a drag, nearer is a press with a shaky hand. */
const dragAfter = 6;

interface Drag {
  pointer: number;
  fromX: number;
  fromY: number;
}

/** One's own picture, small and mirrored. It lives in one of four corners: by dragging, by arrow keys, by pressing it. */
export function SelfView({ local }: { local: CallState['local'] }) {
  const { t } = useTranslation('room');
  const [corner, setCorner] = useState<Corner>(() => firstCorner(document.documentElement.dir === 'rtl'));
  const [offset, setOffset] = useState<{ x: number; y: number } | null>(null);
  const drag = useRef<Drag | null>(null);
  const hasMoved = useRef(false);

  function onPointerDown(event: PointerEvent<HTMLButtonElement>) {
    hasMoved.current = false;
    drag.current = { pointer: event.pointerId, fromX: event.clientX, fromY: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  function onPointerMove(event: PointerEvent<HTMLButtonElement>) {
    if (drag.current?.pointer !== event.pointerId) return;
    const x = event.clientX - drag.current.fromX;
    const y = event.clientY - drag.current.fromY;
    hasMoved.current ||= Math.hypot(x, y) > dragAfter;
    if (hasMoved.current) setOffset({ x, y });
  }

  function onPointerEnd(event: PointerEvent<HTMLButtonElement>) {
    if (drag.current?.pointer !== event.pointerId) return;
    drag.current = null;
    setOffset(null);
    const stage = event.currentTarget.offsetParent?.getBoundingClientRect();
    if (hasMoved.current && stage !== undefined)
      setCorner(nearestCorner(event.currentTarget.getBoundingClientRect(), stage));
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = moved(corner, event.key);
    if (next === null) return;
    event.preventDefault();
    setCorner(next);
  }

  const hasPicture = local.camera && local.stream !== null && local.fault === null;
  return (
    <button
      type="button"
      className={styles['own']}
      {...atCorner(corner)}
      style={offset === null ? undefined : { transform: `translate(${offset.x}px, ${offset.y}px)` }}
      aria-label={t(hasPicture ? 'call.ownMove' : 'call.ownMoveOff')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      onClick={() => {
        if (!hasMoved.current) setCorner(nextCorner(corner));
      }}
    >
      {hasPicture ? <Video stream={local.stream} label={t('call.own')} isOwn /> : <span>{t('call.ownCameraOff')}</span>}
    </button>
  );
}
