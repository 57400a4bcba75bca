import '../../ui/i18n/staff.ts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { seesAll } from '../../api/user.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { zoneName } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { ExportButton } from './export-button.tsx';
import { FilterForm } from './filter-form.tsx';
import { defaultSort, type Filters, isFiltered, readFilters, toQuery, writeFilters } from './filters.ts';
import { useHistory, usePeople } from './use-history.ts';
import { VisitsTable } from './visits-table.tsx';

/** The visits of the clinic, or of the doctor who looks: filtered, sorted, added up, exported. */
export function HistoryPage() {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const user = useUser();
  const go = useGo();
  const time = useClinicTime();
  const now = useNow(60_000);
  const filters = readFilters(usePlace().search);
  const filter = toQuery(filters, time);
  const history = useHistory(filter);
  const people = usePeople();
  const meetings = history.data?.pages.flatMap(({ items }) => items) ?? [];
  const change = (part: Partial<Filters>) =>
    go(paths.history + writeFilters({ ...filters, ...part }), { replace: true });
  const reset = () =>
    go(paths.history + writeFilters({ ...readFilters(''), sort: filters.sort ?? defaultSort }), { replace: true });
  const retry = () => void history.refetch();
  return (
    <Page
      title={t('history.title')}
      lead={common('app.zone', { zone: zoneName(time, now) })}
      actions={
        <>
          {user.scopes.includes('ratings:read') && <Link to={paths.ratings}>{t('history.ratings')}</Link>}
          {user.scopes.includes('meetings:export') && <ExportButton filter={filter} />}
        </>
      }
      width="wide"
    >
      <div className="stack">
        <FilterForm filters={filters} people={people} withDoctors={seesAll(user)} onChange={change} onReset={reset} />
        {history.error !== null && <Failure error={history.error} onRetry={retry} />}
        {history.isPending && history.error === null && <Patience text={t('history.loading')} onRetry={retry} />}
        {history.isSuccess && meetings.length === 0 && (
          <EmptyState title={t(isFiltered(filters) ? 'history.noMatch' : 'history.empty')}>
            {t(isFiltered(filters) ? 'history.noMatchText' : 'history.emptyText')}
          </EmptyState>
        )}
        {meetings.length > 0 && <VisitsTable meetings={meetings} sort={filters.sort} onChange={change} />}
        {meetings.length > 0 && !history.hasNextPage && <p className="dimmed">{t('history.all')}</p>}
        {history.hasNextPage && (
          <div>
            <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
              {t('history.more')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}
