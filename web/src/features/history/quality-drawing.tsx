import { useTranslation } from 'react-i18next';
import type { ParticipantQuality } from '../../api/meeting-quality.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clockWithSeconds } from '../../ui/time.ts';
import styles from './quality.module.css';
import { chart, type Frame, pathOf } from './quality-lines.ts';

/** A line for each participant. The table below says it in numbers, so that a screen reader passes over the lines. */
export function QualityDrawing({ participants, frame }: { participants: ParticipantQuality[]; frame: Frame }) {
  const { t } = useTranslation('quality');
  const time = useClinicTime();
  return (
    <figure className={styles['figure']}>
      <div aria-hidden>
        {participants.map(({ participantId, name, stays }) => (
          <div key={participantId} className={styles['lane']}>
            <span>{name ?? t('someone')}</span>
            <svg viewBox={`0 0 ${chart.width} ${chart.height}`} preserveAspectRatio="none" className={styles['line']}>
              {stays.map((stay) => (
                <path key={stay.from} d={pathOf(stay, frame)} vectorEffect="non-scaling-stroke" />
              ))}
            </svg>
          </div>
        ))}
        <div className={styles['axis']}>
          <span>{clockWithSeconds(time, frame.from)}</span>
          <span>{clockWithSeconds(time, frame.to)}</span>
        </div>
      </div>
      <figcaption>{t('drawing')}</figcaption>
    </figure>
  );
}
