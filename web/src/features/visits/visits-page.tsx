import { useTranslation } from 'react-i18next';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { zoneName } from '../../ui/time.ts';
import { EarlierVisits } from './earlier-visits.tsx';
import { useVisits } from './use-visits.ts';
import { VisitCard } from './visit-card.tsx';
import { inOrder } from './visit-words.ts';

/** The patient's visits: what comes, and what was. */
export function VisitsPage() {
  const { t } = useTranslation();
  const now = useNow(15_000);
  const time = useClinicTime();
  const { data, error, isPending, refetch } = useVisits();
  const retry = () => void refetch();
  const { coming, earlier } = inOrder(data?.items ?? []);
  return (
    <Page title={t('visits.title')} lead={t('app.zone', { zone: zoneName(time, now) })}>
      {isPending && error === null && <Patience text={t('visits.loading')} onRetry={retry} />}
      {error !== null && data === undefined && <Failure error={error} onRetry={retry} />}
      {data !== undefined && (
        <div className="stack">
          {error !== null && (
            <Notice tone="warning" live="status">
              <p>{t('visits.unreachable')}</p>
            </Notice>
          )}
          {coming.length === 0 && <EmptyState title={t('visits.empty')}>{t('visits.emptyText')}</EmptyState>}
          <ul className="plain-list stack">
            {coming.map((meeting) => (
              <VisitCard key={meeting.id} meeting={meeting} now={now} />
            ))}
          </ul>
          <EarlierVisits meetings={earlier} now={now} />
        </div>
      )}
    </Page>
  );
}
