import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { zoneName } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { AppointmentCard } from './appointment-card.tsx';
import { sortOut } from './appointment-words.ts';
import { useVisitPageSoon } from './load-visit.ts';
import { useAppointments } from './use-appointments.ts';
import { useVisits } from './use-visits.ts';
import { VisitCard } from './visit-card.tsx';
import { inOrder } from './visit-words.ts';

/** Below what comes, and behind a press: it may come a little later. */
const EarlierVisits = lazy(async () => ({ default: (await import('./earlier-visits.tsx')).EarlierVisits }));

/** The patient's visits: what comes, and what was. */
export function VisitsPage() {
  const { t } = useTranslation();
  useVisitPageSoon();
  const now = useNow(15_000);
  const time = useClinicTime();
  const { data, error, isPending, refetch } = useVisits();
  const retry = () => void refetch();
  const { coming, earlier } = inOrder(data?.items ?? []);
  const mayBook = useUser().scopes.includes('appointments:book');
  const appointments = useAppointments(mayBook);
  const own = sortOut(appointments.data ?? [], now);
  const isEmpty = coming.length + own.coming.length + own.offers.length === 0;
  const cards = [
    ...coming.map((meeting) => ({
      at: meeting.status === 'active' ? 0 : Date.parse(meeting.scheduledAt),
      card: (
        <VisitCard
          key={meeting.id}
          meeting={meeting}
          now={now}
          appointmentId={(meeting.status === 'scheduled' && own.byMeeting.get(meeting.id)?.id) || null}
        />
      ),
    })),
    ...own.coming.map((one) => ({
      at: Date.parse(one.startsAt),
      card: <AppointmentCard key={one.id} appointment={one} now={now} />,
    })),
  ].toSorted((a, b) => a.at - b.at);
  return (
    <Page
      title={t('visits.title')}
      lead={t('app.zone', { zone: zoneName(time, now) })}
      actions={
        mayBook && (
          <Button component={Link} to={paths.book} variant="default">
            {t('visits.book')}
          </Button>
        )
      }
    >
      {isPending && error === null && <Patience text={t('visits.loading')} onRetry={retry} />}
      {error !== null && data === undefined && <Failure error={error} onRetry={retry} />}
      {data !== undefined && (
        <div className="stack">
          {(error !== null || appointments.error !== null) && (
            <Notice tone="warning" live="status">
              <p>{t('visits.unreachable')}</p>
            </Notice>
          )}
          {isEmpty && <EmptyState title={t('visits.empty')}>{t('visits.emptyText')}</EmptyState>}
          <ul className="plain-list stack">
            {own.offers.map((offer) => (
              <AppointmentCard key={offer.id} appointment={offer} now={now} />
            ))}
            {cards.map(({ card }) => card)}
          </ul>
          <Suspense>
            <EarlierVisits meetings={earlier} appointments={own.earlier} now={now} />
          </Suspense>
        </div>
      )}
    </Page>
  );
}
