import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { duration } from '../../ui/time.ts';
import styles from './earlier-visits.module.css';
import { useDayWords } from './use-day-words.ts';

function useOutcome() {
  const { t } = useTranslation();
  const time = useClinicTime();
  return ({ endReason, doctorName, durationSeconds }: Meeting): string => {
    const how = t(`endReason.${endReason ?? 'cancelled'}`, { doctor: doctorName });
    if (durationSeconds === null) return how;
    return `${how} ${t('visits.lasted', { duration: duration(time, durationSeconds) })}`;
  };
}

export function EarlierVisits({ meetings, now }: { meetings: readonly Meeting[]; now: number }) {
  const { t } = useTranslation();
  const { dayAndTime } = useDayWords(now);
  const outcome = useOutcome();
  if (meetings.length === 0) return null;
  return (
    <section className={styles['earlier']}>
      <h2>{t('visits.earlier')}</h2>
      <ul className="plain-list">
        {meetings.map((meeting) => (
          <li key={meeting.id}>
            <time dateTime={meeting.scheduledAt}>{dayAndTime(meeting.scheduledAt)}</time>
            <span>{t('visits.with', { doctor: meeting.doctorName })}</span>
            <span className="dimmed">{outcome(meeting)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
