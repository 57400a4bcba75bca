import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { dayStart, zoneName } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { CalendarBar } from './calendar-bar.tsx';
import { type CalendarPlace, readCalendar, spanOf, writeCalendar } from './calendar-place.ts';
import { shown } from './events.ts';
import { MoveNewsNotice } from './move-news.tsx';
import { isDesk, PlanningPage } from './planning-page.tsx';
import { useMove } from './use-move.tsx';
import { useAppointmentsIn } from './use-planning.ts';
import { VisitDialog } from './visit-dialog.tsx';

// The drawing is the heaviest part: the page and its data come without waiting for it.
const CalendarBoard = lazy(async () => ({ default: (await import('./calendar-board.tsx')).CalendarBoard }));

/** The day or the week of a doctor, of a place, or of the clinic. */
export function CalendarPage() {
  const { t } = useTranslation('planning');
  const { t: common } = useTranslation();
  const user = useUser();
  const go = useGo();
  const time = useClinicTime();
  const now = useNow(60_000);
  const place = readCalendar(usePlace().search, time, now);
  const { first, end } = spanOf(place);
  const found = useAppointmentsIn({
    from: (dayStart(time, first) ?? new Date(now)).toISOString(),
    to: (dayStart(time, end) ?? new Date(now)).toISOString(),
    practitionerId: isDesk(user) ? (place.doctor ?? undefined) : (user.practitionerId ?? undefined),
    locationId: place.place ?? undefined,
  });
  const moving = useMove();
  const [openId, setOpenId] = useState<string | null>(null);
  const appointments = found.data ?? [];
  const count = shown(appointments).length;
  const change = (part: Partial<CalendarPlace>) =>
    go(paths.calendar + writeCalendar({ ...place, ...part }), { replace: true });
  const retry = () => void found.refetch();
  const waiting = <Patience text={t('calendar.loading')} onRetry={retry} />;
  return (
    <PlanningPage
      title={t('calendar.title')}
      lead={common('app.zone', { zone: zoneName(time, now) })}
      actions={
        isDesk(user) && (
          <Button component={Link} to={paths.bookFor}>
            {t('bookFor')}
          </Button>
        )
      }
    >
      <div className="stack">
        <CalendarBar place={place} onChange={change} />
        <MoveNewsNotice {...moving} />
        {found.error !== null && <Failure error={found.error} onRetry={retry} />}
        {found.isPending && found.error === null && waiting}
        {found.data !== undefined && (
          <>
            <p className="dimmed">
              {count === 0 ? t('calendar.empty') : `${t('calendar.count', { count })}. ${t('calendar.help')}`}
            </p>
            <Suspense fallback={waiting}>
              <CalendarBoard place={place} appointments={appointments} onOpen={setOpenId} onMove={moving.move} />
            </Suspense>
          </>
        )}
      </div>
      <VisitDialog
        appointment={appointments.find(({ id }) => id === openId) ?? null}
        onMove={(change) => {
          setOpenId(null);
          moving.move(change);
        }}
        onClose={() => setOpenId(null)}
      />
    </PlanningPage>
  );
}
