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
import { useUser } from '../auth/use-session.ts';
import { AdminPage } from './admin-page.tsx';
import { AuditExport } from './audit-export.tsx';
import { auditFilterForms, toAuditFilter } from './audit-filters.ts';
import { AuditFilters } from './audit-filters-form.tsx';
import { AuditTable } from './audit-table.tsx';
import { useAdminApi } from './use-admin.ts';
import { VerifyTrail } from './verify-trail.tsx';

/** Who did what, whose data it was, and whether it worked. */
export function AuditPage() {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const { scopes } = useUser();
  const admin = useAdminApi();
  const time = useClinicTime();
  const now = useNow(60_000);
  const { values, change, reset, isFiltered } = useAddressFilters(auditFilterForms);
  const filter = toAuditFilter(values, time);
  const list = usePages(['admin', 'audit', filter], (cursor, signal) => admin.audit(filter, cursor, signal));
  const retry = () => void list.refetch();
  const actions = [...new Set(list.items.map(({ action }) => action))].toSorted();
  return (
    <AdminPage
      title={t('audit.title')}
      lead={common('app.zone', { zone: zoneName(time, now) })}
      actions={scopes.includes('audit:export') && <AuditExport filter={filter} />}
    >
      <VerifyTrail />
      <AuditFilters values={values} isFiltered={isFiltered} actions={actions} onChange={change} onReset={reset} />
      {list.error !== null && <Failure error={list.error} onRetry={retry} />}
      {list.isPending && list.error === null && <Patience text={t('audit.loading')} onRetry={retry} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState title={t(isFiltered ? 'audit.noMatch' : 'audit.empty')}>{t('audit.emptyText')}</EmptyState>
      )}
      {list.items.length > 0 && <AuditTable entries={list.items} onChange={change} />}
      {list.items.length > 0 && (
        <output className="dimmed">
          {t(list.hasNextPage ? 'audit.shownSoFar' : 'audit.shown', { count: list.items.length })}
        </output>
      )}
      <MoreButton list={list} />
    </AdminPage>
  );
}
