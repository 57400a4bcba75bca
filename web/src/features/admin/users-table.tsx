import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClinicUser, UserSort } from '../../api/admin.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { stamp } from '../../ui/time.ts';
import styles from './admin.module.css';
import { sortedBy } from './user-filters.ts';

interface UsersTableProps {
  users: readonly ClinicUser[];
  sort: UserSort;
  onSort: (sort: UserSort) => void;
}

const columns = ['displayName', 'email', 'createdAt'] as const;

function SortHead({ column, sort, onSort }: { column: (typeof columns)[number] } & Omit<UsersTableProps, 'users'>) {
  const { t } = useTranslation('admin');
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" onClick={() => onSort(sortedBy(sort, column))}>
        {t(`users.${column}`)}
        {direction === 'ascending' && <IconArrowUp size={16} aria-hidden />}
        {direction === 'descending' && <IconArrowDown size={16} aria-hidden />}
      </button>
    </th>
  );
}

function Row({ user }: { user: ClinicUser }) {
  const { t } = useTranslation('admin');
  const time = useClinicTime();
  const { id, displayName, email, roles, clinicRoles, lastSignInAt, createdAt } = user;
  const names = [...roles.map((role) => t(`role.${role}`)), ...clinicRoles.map(({ name }) => name)];
  return (
    <tr>
      <th scope="row">
        <Link to={paths.user(id)}>{displayName}</Link>
      </th>
      <td>
        {email}
        {!user.emailVerified && <div className="dimmed">{t('users.unconfirmed')}</div>}
      </td>
      <td>{names.join(', ')}</td>
      <td>
        <span className={styles['state']} data-off={!user.isActive || undefined}>
          {t(user.isActive ? 'users.active' : 'users.off')}
        </span>
      </td>
      <td>{t(user.hasSecondFactor ? 'users.withFactor' : 'users.withoutFactor')}</td>
      <td className={styles['nowrap']}>
        {lastSignInAt === null ? (
          <span className="dimmed">{t('users.never')}</span>
        ) : (
          <time dateTime={lastSignInAt}>{stamp(time, lastSignInAt)}</time>
        )}
      </td>
      <td className={styles['nowrap']}>
        <time dateTime={createdAt}>{stamp(time, createdAt)}</time>
      </td>
    </tr>
  );
}

export function UsersTable({ users, sort, onSort }: UsersTableProps) {
  const { t } = useTranslation('admin');
  return (
    <ScrollRegion label={t('users.table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <SortHead column="displayName" sort={sort} onSort={onSort} />
            <SortHead column="email" sort={sort} onSort={onSort} />
            <th scope="col">{t('users.roles')}</th>
            <th scope="col">{t('users.state')}</th>
            <th scope="col">{t('users.factor')}</th>
            <th scope="col">{t('users.lastSignIn')}</th>
            <SortHead column="createdAt" sort={sort} onSort={onSort} />
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <Row key={user.id} user={user} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
