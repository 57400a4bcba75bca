import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../../src/scheduling/appointments/schema.ts';
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

/** What became of a visit at the clinic. */
function useOnSiteOutcome() {
  const { t } = useTranslation();
  return ({ status }: Appointment): string =>
    t(status === 'fulfilled' ? 'visits.took' : status === 'cancelled' ? 'visits.calledOff' : 'visits.missed');
}

interface EarlierVisitsProps {
  meetings: readonly Meeting[];
  /** At the clinic. */
  appointments: readonly Appointment[];
  now: number;
}

export function EarlierVisits({ meetings, appointments, now }: EarlierVisitsProps) {
  const { t } = useTranslation();
  const { dayAndTime } = useDayWords(now);
  const outcome = useOutcome();
  const onSiteOutcome = useOnSiteOutcome();
  const rows = [
    ...meetings.map((one) => ({ id: one.id, at: one.scheduledAt, doctor: one.doctorName, how: outcome(one) })),
    ...appointments.map((one) => ({
      id: one.id,
      at: one.startsAt,
      doctor: one.practitionerName,
      how: `${t('visits.onSite')} ${onSiteOutcome(one)}`,
    })),
  ].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (rows.length === 0) return null;
  return (
    <section className={styles['earlier']}>
      <h2>{t('visits.earlier')}</h2>
      <ul className="plain-list">
        {rows.map(({ id, at, doctor, how }) => (
          <li key={id}>
            <time dateTime={at}>{dayAndTime(at)}</time>
            <span>{t('visits.with', { doctor })}</span>
            <span className="dimmed">{how}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
