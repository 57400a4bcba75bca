import '../../ui/i18n/admin.ts';
import '../../ui/i18n/account.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import { AdminPage } from './admin-page.tsx';
import { useAdminApi } from './use-admin.ts';
import { UserActions } from './user-actions.tsx';
import { UserFacts } from './user-facts.tsx';
import { UserForm } from './user-form.tsx';

/** One account: what it is, its name and roles, and what can be done about it. */
export function UserPage({ params }: { params: Params }) {
  const { t } = useTranslation('admin');
  const id = params['userId'] ?? '';
  const admin = useAdminApi();
  const { scopes } = useUser();
  const found = useQuery({ queryKey: ['admin', 'user', id], queryFn: ({ signal }) => admin.user(id, signal) });
  const retry = () => void found.refetch();
  const mayWrite = scopes.includes('users:write');
  return (
    <AdminPage title={found.data?.displayName ?? t('user.title')} width="narrow">
      <p>
        <Link to={paths.users}>{t('user.back')}</Link>
      </p>
      {found.error !== null && <Failure error={found.error} onRetry={retry} />}
      {found.isPending && found.error === null && <Patience text={t('user.loading')} onRetry={retry} />}
      {found.isSuccess && (
        <>
          <UserFacts user={found.data} />
          {mayWrite && <UserForm key={JSON.stringify(found.data)} user={found.data} />}
          {mayWrite && <UserActions user={found.data} />}
        </>
      )}
    </AdminPage>
  );
}
