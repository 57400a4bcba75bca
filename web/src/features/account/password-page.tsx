import '../../ui/i18n/account.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { BackToAccount } from './back-link.tsx';
import { PasswordForm } from './password-form.tsx';

export function PasswordPage() {
  const { t } = useTranslation('account');
  const [isDone, setDone] = useState(false);
  return (
    <Page title={t('password.title')} lead={isDone ? undefined : t('password.lead')}>
      {isDone ? (
        <Notice tone="good" live="status">
          <p>{t('password.done')}</p>
        </Notice>
      ) : (
        <PasswordForm onDone={() => setDone(true)} />
      )}
      <BackToAccount />
    </Page>
  );
}
