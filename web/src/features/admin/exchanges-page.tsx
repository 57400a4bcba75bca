import '../../ui/i18n/admin.ts';
import '../../ui/i18n/exchanges.ts';
import { useTranslation } from 'react-i18next';
import { listExchanges } from '../../api/exchanges.ts';
import { useServices } from '../../services.tsx';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Patience } from '../../ui/patience.tsx';
import { useAddressFilters } from '../../ui/router/use-address-filters.ts';
import { usePages } from '../../ui/use-pages.ts';
import { AdminPage } from './admin-page.tsx';
import { ExchangeCard } from './exchange-card.tsx';
import { exchangeFilterForms, toExchangeFilter } from './exchange-filters.ts';
import { ExchangeFilters } from './exchange-filters-form.tsx';
import styles from './exchanges.module.css';

/** What was asked of the assistant and what it answered, for whoever answers for it: shortened and redacted. */
export function ExchangesPage() {
  const { t } = useTranslation('exchanges');
  const { session } = useServices();
  const time = useClinicTime();
  const { values, change, reset, isFiltered } = useAddressFilters(exchangeFilterForms);
  const filter = toExchangeFilter(values, time);
  const list = usePages(['admin', 'exchanges', filter], (cursor, signal) =>
    listExchanges(session, filter, cursor, signal),
  );
  const retry = () => void list.refetch();
  return (
    <AdminPage title={t('title')} lead={t('lead')}>
      <ExchangeFilters values={values} isFiltered={isFiltered} onChange={change} onReset={reset} />
      {list.error !== null && <Failure error={list.error} onRetry={retry} />}
      {list.isPending && list.error === null && <Patience text={t('loading')} onRetry={retry} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState title={t(isFiltered ? 'noMatch' : 'empty')}>{t('emptyText')}</EmptyState>
      )}
      {list.items.length > 0 && (
        <ul className={styles['list']} aria-label={t('list')}>
          {list.items.map((exchange) => (
            <li key={exchange.id}>
              <ExchangeCard exchange={exchange} />
            </li>
          ))}
        </ul>
      )}
      {list.items.length > 0 && (
        <output className="dimmed">{t(list.hasNextPage ? 'shownSoFar' : 'shown', { count: list.items.length })}</output>
      )}
      <MoreButton list={list} />
    </AdminPage>
  );
}
