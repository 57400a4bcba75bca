import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionView } from '../../api/assistant.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import styles from './assistant.module.css';

interface BookingCardProps {
  action: ActionView;
  onAnswer: (what: 'confirm' | 'decline') => Promise<void>;
}

/** What would be booked, to be confirmed or not. Nothing happens before that. */
export function BookingCard({ action, onAnswer }: BookingCardProps) {
  const { t } = useTranslation('assistant');
  const time = useClinicTime();
  const title = useId();
  const [busy, setBusy] = useState<'confirm' | 'decline' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { booking, status } = action;

  async function answer(what: 'confirm' | 'decline') {
    setBusy(what);
    setError(null);
    try {
      await onAnswer(what);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(null);
  }

  return (
    <section className={styles['booking']} aria-labelledby={title}>
      <h3 id={title}>{t('booking.title')}</h3>
      <BookingFacts booking={booking} when={stamp(time, booking.startsAt)} />
      {error !== null && <Failure error={error} />}
      {status === 'pending' ? (
        <div className="row">
          <Button onClick={() => void answer('confirm')} loading={busy === 'confirm'} disabled={busy !== null}>
            {t('booking.yes')}
          </Button>
          <Button
            variant="default"
            onClick={() => void answer('decline')}
            loading={busy === 'decline'}
            disabled={busy !== null}
          >
            {t('booking.no')}
          </Button>
        </div>
      ) : (
        <p className={styles['status']} data-status={status}>
          {t(`booking.status.${status}`)}{' '}
          {action.appointmentId !== null && (
            <Link to={paths.appointment(action.appointmentId)}>{t('booking.open')}</Link>
          )}
          {status === 'confirmed' && (
            // Whoever was at it may be gone; asked again it is booked once all the same.
            <Button variant="default" size="xs" onClick={() => void answer('confirm')} loading={busy === 'confirm'}>
              {t('booking.lookAgain')}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function BookingFacts({ booking, when }: { booking: ActionView['booking']; when: string }) {
  const { t } = useTranslation('assistant');
  const { practitionerName, serviceName, modality, locationName, reason } = booking;
  const onSite =
    locationName === null ? t('booking.in_person_unnamed') : t('booking.in_person', { place: locationName });
  const facts: [string, string][] = [
    [t('booking.service'), serviceName],
    [t('booking.doctor'), practitionerName],
    [t('booking.when'), when],
    [t('booking.how'), modality === 'video' ? t('booking.video') : onSite],
    ...(reason === null ? [] : [[t('booking.reason'), reason] satisfies [string, string]]),
  ];
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
