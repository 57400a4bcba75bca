import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../api/scheduling.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { clock, dayStart, longDay } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { AttendButtons } from './attend-buttons.tsx';
import { type CalendarPlace, readCalendar, writeCalendar } from './calendar-place.ts';
import styles from './planning.module.css';
import { isDesk, PlanningPage } from './planning-page.tsx';
import { useAppointmentsIn } from './use-planning.ts';
import { addDays, fromWall } from './wall.ts';
import { WhoWhereFilter } from './who-where-filter.tsx';

function Row({ appointment, now }: { appointment: Appointment; now: number }) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const { startsAt, patientName, practitionerName, modality, locationName, roomName, status } = appointment;
  const place = [locationName, roomName].filter((part) => part !== null).join(', ');
  return (
    <tr>
      <td>
        <time dateTime={startsAt}>{clock(time, startsAt)}</time>
      </td>
      <th scope="row">{patientName}</th>
      <td>{practitionerName}</td>
      <td>{modality === 'video' ? t('way.video') : place || t('way.in_person')}</td>
      <td>{t(`state.${status}`)}</td>
      <td>
        <div className="row">
          <AttendButtons appointment={appointment} now={now} />
        </div>
      </td>
    </tr>
  );
}

function Table({ appointments, now }: { appointments: readonly Appointment[]; now: number }) {
  const { t } = useTranslation('planning');
  return (
    <ScrollRegion label={t('arrivals.table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {(['time', 'patient', 'doctor', 'where', 'state', 'actions'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`arrivals.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {appointments.map((appointment) => (
            <Row key={appointment.id} appointment={appointment} now={now} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The day at the front desk: who is expected, who is there, who did not come. */
export function ArrivalsPage() {
  const { t } = useTranslation('planning');
  const user = useUser();
  const go = useGo();
  const time = useClinicTime();
  const now = useNow(15_000);
  const place: CalendarPlace = { ...readCalendar(usePlace().search, time, now), view: 'day' };
  const found = useAppointmentsIn({
    from: (dayStart(time, place.day) ?? new Date(now)).toISOString(),
    to: (dayStart(time, addDays(place.day, 1)) ?? new Date(now)).toISOString(),
    practitionerId: isDesk(user) ? (place.doctor ?? undefined) : (user.practitionerId ?? undefined),
    locationId: place.place ?? undefined,
  });
  const expected = (found.data ?? []).filter(({ status }) => status !== 'cancelled' && status !== 'pending');
  const change = (part: Partial<CalendarPlace>) =>
    go(paths.arrivals + writeCalendar({ ...place, ...part }), { replace: true });
  const retry = () => void found.refetch();
  const day = longDay(time, fromWall(time, `${place.day} 12:00:00`), now);
  return (
    <PlanningPage
      title={t('arrivals.title')}
      lead={t('arrivals.lead', { day })}
      actions={
        isDesk(user) && (
          <Button component={Link} to={paths.bookFor}>
            {t('bookFor')}
          </Button>
        )
      }
    >
      <div className="stack">
        <div className={styles['bar']}>
          <TextInput
            type="date"
            label={t('arrivals.day')}
            value={place.day}
            onChange={({ currentTarget: { value } }) => {
              if (value !== '') change({ day: value });
            }}
          />
          {isDesk(user) && <WhoWhereFilter doctor={place.doctor} place={place.place} onChange={change} />}
        </div>
        {found.error !== null && <Failure error={found.error} onRetry={retry} />}
        {found.isPending && found.error === null && <Patience text={t('arrivals.loading')} onRetry={retry} />}
        {found.data !== undefined && expected.length === 0 && (
          <EmptyState title={t('arrivals.empty')}>{t('arrivals.emptyText')}</EmptyState>
        )}
        {expected.length > 0 && <Table appointments={expected} now={now} />}
      </div>
    </PlanningPage>
  );
}
