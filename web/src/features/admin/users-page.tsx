import '../../ui/i18n/admin.ts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UserFilter } from '../../api/admin.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useAddressFilters } from '../../ui/router/use-address-filters.ts';
import { zoneName } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { useUser } from '../auth/use-session.ts';
import { AdminPage } from './admin-page.tsx';
import { useAdminApi } from './use-admin.ts';
import { defaultUserSort, userFilterForms, userSortOf } from './user-filters.ts';
import { UserFilters } from './user-filters-form.tsx';
import { UsersTable } from './users-table.tsx';

/** The clinic's accounts. */
export function UsersPage() {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const { scopes } = useUser();
  const admin = useAdminApi();
  const time = useClinicTime();
  const now = useNow(60_000);
  const { values, change, reset } = useAddressFilters(userFilterForms);
  const sort = userSortOf(values.sort);
  const filter: UserFilter = {
    q: values.q.trim(),
    role: values.role,
    clinicRoleId: values.clinicRole,
    active: values.active,
    sort,
  };
  const isFiltered = [values.q, values.role, values.clinicRole, values.active].some((value) => value !== '');
  const list = usePages(['admin', 'users', filter], (cursor, signal) => admin.users(filter, cursor, signal));
  const retry = () => void list.refetch();
  return (
    <AdminPage
      title={t('users.title')}
      lead={common('app.zone', { zone: zoneName(time, now) })}
      actions={
        scopes.includes('users:write') && (
          <Button component={Link} to={paths.newUser}>
            {t('users.new')}
          </Button>
        )
      }
    >
      <UserFilters values={values} isFiltered={isFiltered} onChange={change} onReset={reset} />
      {list.error !== null && <Failure error={list.error} onRetry={retry} />}
      {list.isPending && list.error === null && <Patience text={t('users.loading')} onRetry={retry} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState title={t(isFiltered ? 'users.noMatch' : 'users.empty')}>{t('users.noMatchText')}</EmptyState>
      )}
      {list.items.length > 0 && (
        <UsersTable
          users={list.items}
          sort={sort}
          onSort={(next) => change({ sort: next === defaultUserSort ? '' : next })}
        />
      )}
      {list.items.length > 0 && (
        <output className="dimmed">
          {t(list.hasNextPage ? 'users.shownSoFar' : 'users.shown', { count: list.items.length })}
        </output>
      )}
      <MoreButton list={list} />
    </AdminPage>
  );
}
