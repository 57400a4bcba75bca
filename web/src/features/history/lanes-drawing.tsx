import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clockWithSeconds } from '../../ui/time.ts';
import styles from './lanes.module.css';
import { type Lanes, placeOf, type SpanKind } from './lanes.ts';

const kinds: readonly SpanKind[] = ['waiting', 'present', 'away'];

/** The lanes as bars. The table below says the same, so that a screen reader passes over the bars. */
export function LanesDrawing({ meeting, drawing }: { meeting: Meeting; drawing: Lanes }) {
  const { t } = useTranslation('staff');
  const time = useClinicTime();
  const names = { doctor: meeting.doctorName, patient: meeting.patientName };
  return (
    <figure className={styles['figure']}>
      <div aria-hidden>
        {drawing.lanes.map(({ who, spans }) => (
          <div key={who} className={styles['lane']}>
            <span>{names[who]}</span>
            <div className={styles['line']}>
              {spans.map((span) => {
                const { start, size } = placeOf(drawing, span);
                const place = { '--start': start, '--size': size } as CSSProperties;
                return <i key={`${span.kind} ${span.from}`} data-kind={span.kind} style={place} />;
              })}
            </div>
          </div>
        ))}
        <div className={styles['axis']}>
          <span>{clockWithSeconds(time, drawing.from)}</span>
          <span>{clockWithSeconds(time, drawing.to)}</span>
        </div>
      </div>
      <figcaption className={styles['legend']}>
        <span className="visually-hidden">{t('timeline.drawing')}</span>
        {kinds.map((kind) => (
          <span key={kind}>
            <i data-kind={kind} aria-hidden />
            {t(`timeline.legend.${kind}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
