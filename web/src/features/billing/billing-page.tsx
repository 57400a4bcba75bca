import '../../ui/i18n/admin.ts';
import { useTranslation } from 'react-i18next';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Patience } from '../../ui/patience.tsx';
import { useAddressFilters } from '../../ui/router/use-address-filters.ts';
import { zoneName } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePaymentsApi } from '../pay/use-pay.ts';
import { BillingExport } from './billing-export.tsx';
import { billingFilterForms, placesOf, toBillingFilter } from './billing-filters.ts';
import { BillingFilters } from './billing-filters-form.tsx';
import { BillingFrame } from './billing-frame.tsx';
import { BillingTable } from './billing-table.tsx';

/** Everybody's payments at the clinic: who pays what, what was paid and what went back. */
export function BillingPage() {
  const { t } = useTranslation('billing');
  const { t: common } = useTranslation();
  const api = usePaymentsApi();
  const time = useClinicTime();
  const now = useNow(60_000);
  const { values, change, reset, isFiltered } = useAddressFilters(billingFilterForms);
  // Amounts are written in the currency of what was booked last; a clinic seldom has two.
  const newest = usePages(['payments', 'newest'], (cursor, signal) => api.list({ limit: 1 }, cursor, signal));
  const places = placesOf(newest.items[0]?.currency ?? 'INR');
  const filter = toBillingFilter(values, time, places);
  const list = usePages(['payments', 'all', filter], (cursor, signal) => api.list(filter, cursor, signal));
  const retry = () => void list.refetch();
  return (
    <BillingFrame
      title={t('title')}
      lead={common('app.zone', { zone: zoneName(time, now) })}
      actions={<BillingExport filter={filter} />}
    >
      <BillingFilters values={values} isFiltered={isFiltered} places={places} onChange={change} onReset={reset} />
      {list.error !== null && <Failure error={list.error} onRetry={retry} />}
      {list.isPending && list.error === null && <Patience text={t('loading')} onRetry={retry} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState title={t(isFiltered ? 'noMatch' : 'empty')}>{t('emptyText')}</EmptyState>
      )}
      {list.items.length > 0 && <BillingTable payments={list.items} />}
      {list.items.length > 0 && (
        <output className="dimmed">{t(list.hasNextPage ? 'shownSoFar' : 'shown', { count: list.items.length })}</output>
      )}
      <MoreButton list={list} />
    </BillingFrame>
  );
}
