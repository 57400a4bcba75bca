import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../../src/scheduling/appointments/schema.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { clockWithZone } from '../../ui/time.ts';
import { useDayWords } from './use-day-words.ts';
import styles from './visit-card.module.css';

/** A visit at the clinic, or a time that is held: who, when, where, and the way to more. */
export function AppointmentCard({ appointment, now }: { appointment: Appointment; now: number }) {
  const { t } = useTranslation();
  const time = useClinicTime();
  const { dayAndTime } = useDayWords(now);
  const { id, practitionerName, startsAt, reason, locationName, roomName, holdUntil, status } = appointment;
  const name = t('visits.with', { doctor: practitionerName });
  const place = [locationName, roomName].filter((part) => part !== null).join(', ');
  const isOffer = status === 'pending';
  const action = t(isOffer ? 'visits.answer' : 'visits.details');
  return (
    <li className={styles['card']} data-stage={isOffer ? 'active' : 'planned'}>
      <h2>{name}</h2>
      <p>
        <time dateTime={startsAt}>{dayAndTime(startsAt)}</time>
      </p>
      {reason !== null && <p className="dimmed">{t('visits.reason', { reason })}</p>}
      {isOffer && holdUntil !== null && (
        <p className={styles['where']}>{t('visits.offered', { time: clockWithZone(time, holdUntil) })}</p>
      )}
      {!isOffer && (
        <p className={styles['where']}>
          {place === '' ? t('visits.onSite') : t('visits.onSiteAt', { place })}
          {status === 'arrived' && ` ${t('visits.arrived')}`}
        </p>
      )}
      <Button
        component={Link}
        to={paths.appointment(id)}
        size="md"
        variant={isOffer ? 'filled' : 'default'}
        aria-label={`${action}: ${name}`}
      >
        {action}
      </Button>
    </li>
  );
}
