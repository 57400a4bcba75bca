import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { clock } from '../../ui/time.ts';
import styles from './desk.module.css';

function stateOf({ status, waitingSince }: Meeting): Meeting['status'] | 'waiting' {
  return status === 'scheduled' && waitingSince !== null ? 'waiting' : status;
}

/** The day by time; each line leads to its visit, unless one is in a visit. */
export function TodayList({ today, isBusy }: { today: readonly Meeting[]; isBusy: boolean }) {
  const { t } = useTranslation('staff');
  const time = useClinicTime();
  return (
    <section>
      <h2>{t('desk.today')}</h2>
      {today.length === 0 && <EmptyState title={t('desk.nothingToday')}>{t('desk.nothingTodayText')}</EmptyState>}
      <ol className="plain-list">
        {today.map((meeting) => (
          <li key={meeting.id} className={styles['line']} data-state={stateOf(meeting)}>
            <time dateTime={meeting.scheduledAt}>{clock(time, meeting.scheduledAt)}</time>
            {isBusy ? (
              <span>{meeting.patientName}</span>
            ) : (
              <Link to={paths.deskVisit(meeting.id)}>{meeting.patientName}</Link>
            )}
            <span className={styles['state']}>{t(`desk.status.${stateOf(meeting)}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
