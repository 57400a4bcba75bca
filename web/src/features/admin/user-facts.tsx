import { useTranslation } from 'react-i18next';
import type { ClinicUser } from '../../api/admin.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './admin.module.css';

export function UserFacts({ user }: { user: ClinicUser }) {
  const { t } = useTranslation('admin');
  const time = useClinicTime();
  const { scopes } = useUser();
  const { email, emailVerified, isActive, mustChangePassword, hasSecondFactor, lastSignInAt, createdAt } = user;
  return (
    <>
      <dl className={styles['facts']}>
        <dt>{t('user.email')}</dt>
        <dd>
          {email} ({t(emailVerified ? 'user.confirmed' : 'users.unconfirmed')})
        </dd>
        <dt>{t('users.state')}</dt>
        <dd>
          <strong>{t(isActive ? 'users.active' : 'users.off')}</strong>
          {isActive && mustChangePassword && ` – ${t('user.mustChange')}`}
        </dd>
        <dt>{t('users.factor')}</dt>
        <dd>{t(hasSecondFactor ? 'users.withFactor' : 'users.withoutFactor')}</dd>
        <dt>{t('users.lastSignIn')}</dt>
        <dd>{lastSignInAt === null ? t('users.never') : stamp(time, lastSignInAt)}</dd>
        <dt>{t('users.createdAt')}</dt>
        <dd>{stamp(time, createdAt)}</dd>
      </dl>
      {scopes.includes('audit:read') && (
        <p>
          <Link to={`${paths.audit}?who=${user.id}`}>{t('user.trail')}</Link>
        </p>
      )}
    </>
  );
}
