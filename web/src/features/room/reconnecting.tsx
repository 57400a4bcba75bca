import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { useLongSince } from '../../ui/patience.tsx';
import { clockWithZone } from '../../ui/time.ts';
import styles from './reconnecting.module.css';

interface ReconnectingProps {
  seat: 'patient' | 'doctor' | 'guest';
  /** Epoch milliseconds until which the place is kept, where that is known. */
  until: number | null;
  onAgain: () => void;
  onLeave: () => void;
}

/** Over the stage while the connection is gone: the truth about it, and after ten seconds a way out. */
export function Reconnecting({ seat, until, onAgain, onLeave }: ReconnectingProps) {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const isLong = useLongSince(10);
  const openEnd = seat === 'doctor' ? t('reconnect.doctor') : t('reconnect.open');
  return (
    <div className={styles['veil']}>
      <div className={styles['card']}>
        <h2>{t('reconnect.title')}</h2>
        <p>{until === null ? openEnd : t('reconnect.until', { time: clockWithZone(time, until) })}</p>
        {isLong && (
          <>
            <p>{t('reconnect.tips')}</p>
            <div className="row">
              <Button size="md" onClick={onAgain}>
                {t('reconnect.again')}
              </Button>
              <Button size="md" variant="default" onClick={onLeave}>
                {t('reconnect.leave')}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
