import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppSecret } from '../../api/account.ts';
import { Failure } from '../../ui/failure.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { blames } from '../entrance/password-fault.ts';
import styles from './account.module.css';
import { useAccountApi } from './use-account.ts';

/** The password once more: a phone that was left open must not lock its owner out. */
export function PasswordGate({ onSecret }: { onSecret: (secret: AppSecret) => void }) {
  const { t } = useTranslation('account');
  const account = useAccountApi();
  const { values, form, field, refuse } = useFields({ password: '' });
  const beginning = useMutation({
    mutationFn: account.beginApp,
    onSuccess: onSecret,
    onError: (error) => refuse({ password: blames(error, 'password') ? t('password.currentWrong') : undefined }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = refuse({ password: values.password === '' ? t('password.currentMissing') : undefined });
    if (!isWrong && !beginning.isPending) beginning.mutate(values.password);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
      <p>{t('factor.need')}</p>
      {beginning.error !== null && !blames(beginning.error, 'password') && <Failure error={beginning.error} />}
      <PasswordField {...field('password')} label={t('password.current')} autoComplete="current-password" />
      <Button type="submit" size="md" loading={beginning.isPending}>
        {t('factor.begin')}
      </Button>
    </form>
  );
}
