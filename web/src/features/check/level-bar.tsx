import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceCheck } from '../../call/devices.ts';
import styles from './check.module.css';

/** Louder than this is a voice, not the room. */
const voice = 0.08;

/** Shows how loud the microphone is, and says in words once a voice was heard. */
export function LevelBar({ check }: { check: DeviceCheck }) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  const [isHeard, setHeard] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(draw);
    function draw() {
      const level = check.level();
      bar.current?.style.setProperty('--level', level.toFixed(3));
      if (level > voice) setHeard(true);
      frame = requestAnimationFrame(draw);
    }
    return () => cancelAnimationFrame(frame);
  }, [check]);
  return (
    <div className={styles['voice']}>
      <span>{t('check.voice')}</span>
      <div className={styles['level']} ref={bar} aria-hidden />
      <output>{t(isHeard ? 'check.heard' : 'check.silent')}</output>
    </div>
  );
}
