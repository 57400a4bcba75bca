import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../api/scheduling.ts';
import { Failure } from '../../ui/failure.tsx';
import { NoShowButton } from './no-show-button.tsx';
import { useVisitAction } from './use-visit-action.ts';

const dayMs = 86_400_000;

/** What can be said of somebody's coming now, as the server's rules have it. Pure. */
export function attendable({ status, startsAt }: Pick<Appointment, 'status' | 'startsAt'>, now: number) {
  const start = Date.parse(startsAt);
  const isDay = now >= start - dayMs;
  return {
    arrive: status === 'booked' && isDay,
    fulfil: (status === 'booked' && isDay) || status === 'arrived',
    // Whoever has arrived cannot be missed; the doctor can.
    noShow: (status === 'booked' || status === 'arrived') && now >= start,
  };
}

/** Has arrived, took place, did not come: each where it can be said. */
export function AttendButtons({ appointment, now }: { appointment: Appointment; now: number }) {
  const { t } = useTranslation('planning');
  const can = attendable(appointment, now);
  const patient = appointment.patientName;
  const arrive = useVisitAction(
    (api, { id, version }) => api.arrive(id, version),
    (name) => t('visit.arrived', { patient: name }),
  );
  const fulfil = useVisitAction(
    (api, { id, version }) => api.fulfil(id, version),
    (name) => t('visit.fulfilled', { patient: name }),
  );
  const error = arrive.error ?? fulfil.error;
  return (
    <>
      {error !== null && <Failure error={error} />}
      {can.arrive && (
        <Button
          loading={arrive.isPending}
          aria-label={t('visit.arriveOf', { patient })}
          onClick={() => arrive.mutate(appointment)}
        >
          {t('visit.arrive')}
        </Button>
      )}
      {can.fulfil && (
        <Button
          variant="default"
          loading={fulfil.isPending}
          aria-label={t('visit.fulfilOf', { patient })}
          onClick={() => fulfil.mutate(appointment)}
        >
          {t('visit.fulfil')}
        </Button>
      )}
      {can.noShow && <NoShowButton appointment={appointment} />}
    </>
  );
}
