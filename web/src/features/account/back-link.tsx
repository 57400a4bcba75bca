import { useTranslation } from 'react-i18next';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';

export function BackToAccount() {
  const { t } = useTranslation('account');
  return (
    <p>
      <Link to={paths.account}>{t('own.back')}</Link>
    </p>
  );
}
