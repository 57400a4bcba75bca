import '../../ui/i18n/account.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailField, looksLikeEmail } from '../../ui/form/email-field.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useUser } from '../auth/use-session.ts';
import { MailFailure } from '../entrance/mail-failure.tsx';
import { blames } from '../entrance/password-fault.ts';
import styles from './account.module.css';
import { BackToAccount } from './back-link.tsx';
import { useAccountApi } from './use-account.ts';

/** Another e-mail address: it counts once the link in the mail to it was followed. */
export function EmailPage() {
  const { t } = useTranslation('account');
  const user = useUser();
  const account = useAccountApi();
  const { values, form, field, refuse } = useFields({ email: '', password: '' });
  const email = values.email.trim();
  const changing = useMutation({
    mutationFn: account.changeEmail,
    onError(error) {
      refuse({
        email: blames(error, 'email') ? t('signUp.emailWrong') : undefined,
        password: blames(error, 'password') ? t('password.currentWrong') : undefined,
      });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = refuse({
      email: looksLikeEmail(email) ? undefined : t('signUp.emailWrong'),
      password: values.password === '' ? t('password.currentMissing') : undefined,
    });
    if (!isWrong && !changing.isPending) changing.mutate({ email, password: values.password });
  }

  const isTold = blames(changing.error, 'email') || blames(changing.error, 'password');
  return (
    <Page title={t('email.title')} lead={t('email.lead', { email: user.email })}>
      {changing.isSuccess ? (
        <Notice tone="good" live="status">
          <p>{t('email.sent', { email })}</p>
        </Notice>
      ) : (
        <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
          {changing.error !== null && !isTold && <MailFailure error={changing.error} />}
          <EmailField {...field('email')} label={t('email.new')} autoComplete="email" />
          <PasswordField {...field('password')} label={t('password.current')} autoComplete="current-password" />
          <Button type="submit" size="md" loading={changing.isPending}>
            {t('email.submit')}
          </Button>
        </form>
      )}
      <BackToAccount />
    </Page>
  );
}
