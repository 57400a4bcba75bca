import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from './page.tsx';
import { Link } from './router/link.tsx';
import { paths } from './router/paths.ts';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')} lead={t('notFound.text')}>
      <Button component={Link} to={paths.home}>
        {t('notFound.home')}
      </Button>
    </Page>
  );
}
