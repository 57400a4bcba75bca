import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailField, looksLikeEmail } from '../../ui/form/email-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { Notice } from '../../ui/notice.tsx';
import { MailFailure } from './mail-failure.tsx';
import { useMailLink } from './use-mail-link.ts';

/** Another link to confirm the address, for whoever's link has run out. */
export function SendConfirmation() {
  const { t } = useTranslation('account');
  const { values, form, field, refuse } = useFields({ email: '' });
  const sending = useMailLink('verification');
  const email = values.email.trim();

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = refuse({ email: looksLikeEmail(email) ? undefined : t('signUp.emailWrong') });
    if (!isWrong && !sending.isPending) sending.mutate({ email });
  }

  return (
    <form ref={form} noValidate onSubmit={submit}>
      {sending.isSuccess && (
        <Notice tone="good" live="status">
          <p>{t('checkMail.sentAgain', { email })}</p>
        </Notice>
      )}
      {sending.error !== null && <MailFailure error={sending.error} />}
      <EmailField {...field('email')} label={t('signUp.email')} autoComplete="username" />
      <Button type="submit" size="md" loading={sending.isPending}>
        {t('link.another')}
      </Button>
    </form>
  );
}
