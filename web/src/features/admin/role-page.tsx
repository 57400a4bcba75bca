import '../../ui/i18n/admin.ts';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { AdminPage } from './admin-page.tsx';
import { RoleForm } from './role-form.tsx';
import { worthGiving } from './scope-groups.ts';
import { useRoles } from './use-roles.ts';

/** One of the clinic's own roles, or a new one. */
export function RolePage({ params }: { params: Params }) {
  const { t } = useTranslation('admin');
  const roles = useRoles();
  const retry = () => void roles.refetch();
  const id = params['roleId'];
  const role = roles.data?.items.find((one) => one.id === id);
  const isGone = id !== undefined && roles.isSuccess && role === undefined;
  return (
    <AdminPage title={id === undefined ? t('roles.newTitle') : (role?.name ?? t('roles.one'))} width="narrow">
      <p>
        <Link to={paths.roles}>{t('roles.back')}</Link>
      </p>
      {roles.error !== null && <Failure error={roles.error} onRetry={retry} />}
      {roles.isPending && roles.error === null && <Patience text={t('roles.loading')} onRetry={retry} />}
      {isGone && (
        <Notice tone="warning">
          <p>{t('roles.gone')}</p>
        </Notice>
      )}
      {roles.isSuccess && !isGone && <RoleForm role={role} catalogue={worthGiving(roles.data)} />}
    </AdminPage>
  );
}
