import '../../ui/i18n/admin.ts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClinicRole, ScopeWords } from '../../api/admin.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './admin.module.css';
import { AdminPage } from './admin-page.tsx';
import { useRoles } from './use-roles.ts';

function ScopeList({ scopes, catalogue }: { scopes: readonly string[]; catalogue: readonly ScopeWords[] }) {
  const { t } = useTranslation('admin');
  const words = new Map(catalogue.map(({ scope, description }) => [scope, description]));
  return (
    <details>
      <summary>{t('roles.may', { count: scopes.length })}</summary>
      <ul>
        {scopes.map((scope) => (
          <li key={scope}>{words.get(scope) ?? scope}</li>
        ))}
      </ul>
    </details>
  );
}

function OwnRole({ role, catalogue }: { role: ClinicRole; catalogue: readonly ScopeWords[] }) {
  const { t } = useTranslation('admin');
  const { scopes } = useUser();
  const { id, name, description, users } = role;
  return (
    <li className={styles['card']}>
      <h3>{scopes.includes('roles:write') ? <Link to={paths.role(id)}>{name}</Link> : name}</h3>
      {description !== '' && <p>{description}</p>}
      <p className="dimmed">{t('roles.users', { count: users })}</p>
      <ScopeList scopes={role.scopes} catalogue={catalogue} />
    </li>
  );
}

/** The built-in roles as they are, and the clinic's own. */
export function RolesPage() {
  const { t } = useTranslation('admin');
  const { scopes } = useUser();
  const roles = useRoles();
  const retry = () => void roles.refetch();
  const { data } = roles;
  return (
    <AdminPage
      title={t('roles.title')}
      lead={t('roles.lead')}
      width="narrow"
      actions={
        scopes.includes('roles:write') && (
          <Button component={Link} to={paths.newRole}>
            {t('roles.new')}
          </Button>
        )
      }
    >
      {roles.error !== null && <Failure error={roles.error} onRetry={retry} />}
      {roles.isPending && roles.error === null && <Patience text={t('roles.loading')} onRetry={retry} />}
      {data !== undefined && (
        <>
          <h2>{t('roles.own')}</h2>
          {data.items.length === 0 ? (
            <EmptyState title={t('roles.none')}>{t('roles.noneText')}</EmptyState>
          ) : (
            <ul className="plain-list stack">
              {data.items.map((role) => (
                <OwnRole key={role.id} role={role} catalogue={data.scopes} />
              ))}
            </ul>
          )}
          <h2>{t('roles.builtIn')}</h2>
          <ul className="plain-list stack">
            {data.builtIn.map((role) => (
              <li key={role.key} className={styles['card']}>
                <h3>{t(`role.${role.key}`)}</h3>
                <p>{t(`roleAbout.${role.key}`)}</p>
                <ScopeList scopes={role.scopes} catalogue={data.scopes} />
              </li>
            ))}
          </ul>
        </>
      )}
    </AdminPage>
  );
}
