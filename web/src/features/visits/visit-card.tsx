import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { clock } from '../../ui/time.ts';
import { useDayWords } from './use-day-words.ts';
import styles from './visit-card.module.css';
import { actionOf, stageOf } from './visit-words.ts';

interface VisitCardProps {
  meeting: Meeting;
  now: number;
  /** Of the booking behind it, while it can be changed. */
  appointmentId: string | null;
}

/** One visit to come: who, when, where it is, and the one thing to do. */
export function VisitCard({ meeting, now, appointmentId }: VisitCardProps) {
  const { t } = useTranslation();
  const time = useClinicTime();
  const { dayAndTime } = useDayWords(now);
  const stage = stageOf(meeting, now);
  if (stage === 'over') return null;
  const doctor = meeting.doctorName;
  const since = meeting.waitingSince ?? meeting.scheduledAt;
  const name = t('visits.with', { doctor });
  const action = t(`visits.${actionOf[stage]}`);
  return (
    <li className={styles['card']} data-stage={stage}>
      <h2>{name}</h2>
      <p>
        <time dateTime={meeting.scheduledAt}>{dayAndTime(meeting.scheduledAt)}</time>
      </p>
      {meeting.reason !== null && <p className="dimmed">{t('visits.reason', { reason: meeting.reason })}</p>}
      <p className={styles['where']}>{t(`visits.${stage}`, { doctor, time: clock(time, since) })}</p>
      <Button
        component={Link}
        to={paths.visit(meeting.id)}
        size="md"
        variant={stage === 'planned' ? 'default' : 'filled'}
        aria-label={`${action}: ${name}`}
      >
        {action}
      </Button>
      {appointmentId !== null && (
        <p className={styles['more']}>
          <Link to={paths.appointment(appointmentId)} aria-label={`${t('visits.change')}: ${name}`}>
            {t('visits.change')}
          </Link>
        </p>
      )}
    </li>
  );
}
