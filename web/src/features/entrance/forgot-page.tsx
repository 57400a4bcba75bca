import '../../ui/i18n/account.ts';
import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Entrance } from '../../ui/entrance.tsx';
import { EmailField, looksLikeEmail } from '../../ui/form/email-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { Link } from '../../ui/router/link.tsx';
import { atClinic, paths } from '../../ui/router/paths.ts';
import { usePlace } from '../../ui/router/router.tsx';
import { CheckMail } from './check-mail.tsx';
import { MailFailure } from './mail-failure.tsx';
import { useMailLink } from './use-mail-link.ts';

/** Asking for a link by which to choose a new password. */
export function ForgotPage() {
  const { t } = useTranslation('account');
  const clinic = new URLSearchParams(usePlace().search).get('clinic') ?? '';
  const { values, form, field, refuse } = useFields({ email: '' });
  const sending = useMailLink('reset');
  const email = values.email.trim();

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = refuse({ email: looksLikeEmail(email) ? undefined : t('signUp.emailWrong') });
    if (!isWrong && !sending.isPending) sending.mutate({ email, clinic });
  }

  if (sending.isSuccess) return <CheckMail kind="reset" email={email} clinic={clinic} />;
  return (
    <Entrance title={t('forgot.title')} lead={t('forgot.lead')}>
      <form ref={form} noValidate onSubmit={submit}>
        {sending.error !== null && <MailFailure error={sending.error} />}
        <EmailField {...field('email')} label={t('signUp.email')} autoComplete="username" />
        <Button type="submit" size="md" fullWidth loading={sending.isPending}>
          {t('forgot.submit')}
        </Button>
      </form>
      <p>
        <Link to={atClinic(paths.signIn, clinic)}>{t('forgot.signIn')}</Link>
      </p>
    </Entrance>
  );
}
