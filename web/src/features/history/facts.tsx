import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { duration, stamp } from '../../ui/time.ts';
import styles from './facts.module.css';

/** What is known of a visit, a line each. */
export function Facts({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('staff');
  const time = useClinicTime();
  const when = (instant: string | null) => (instant === null ? null : stamp(time, instant));
  const { durationSeconds, endReason } = meeting;
  const facts: [string, string | null][] = [
    [t('visit.doctor'), meeting.doctorName],
    [t('visit.patient'), meeting.patientName],
    [t('visit.reason'), meeting.reason],
    [t('visit.state'), t(`history.states.${meeting.status}`)],
    [t('visit.planned'), when(meeting.scheduledAt)],
    [t('visit.started'), when(meeting.startedAt)],
    [t('visit.ended'), when(meeting.endedAt)],
    [t('visit.length'), durationSeconds === null ? null : duration(time, durationSeconds)],
    [t('visit.outcome'), endReason === null ? null : t(`outcome.${endReason}`)],
    [t('visit.deadline'), when(meeting.reconnectDeadline)],
    [t('visit.created'), when(meeting.createdAt)],
  ];
  return (
    <section>
      <h2>{t('visit.facts')}</h2>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? t('visit.none')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
