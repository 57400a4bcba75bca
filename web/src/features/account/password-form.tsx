import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { useUser } from '../auth/use-session.ts';
import { NewPassword } from '../entrance/new-password.tsx';
import { blames, usePasswordFault } from '../entrance/password-fault.ts';
import styles from './account.module.css';
import { useAccountApi } from './use-account.ts';

/** The present password and a new one. */
export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('account');
  const user = useUser();
  const account = useAccountApi();
  const passwordFault = usePasswordFault();
  const { values, form, field, refuse } = useFields({ currentPassword: '', newPassword: '' });
  const changing = useMutation({
    mutationFn: account.changePassword,
    onSuccess: onDone,
    onError(error) {
      refuse({
        currentPassword: blames(error, 'currentPassword') ? t('password.currentWrong') : undefined,
        newPassword: blames(error, 'newPassword') ? t('rules.tooEasy') : undefined,
      });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const isSame = values.newPassword !== '' && values.newPassword === values.currentPassword;
    const isWrong = refuse({
      currentPassword: values.currentPassword === '' ? t('password.currentMissing') : undefined,
      newPassword: isSame ? t('password.same') : passwordFault(values.newPassword, user),
    });
    if (!isWrong && !changing.isPending) changing.mutate(values);
  }

  const isTold = blames(changing.error, 'currentPassword') || blames(changing.error, 'newPassword');
  return (
    <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
      {changing.error !== null && !isTold && <Failure error={changing.error} />}
      {/* A password manager learns by it whose password this is. */}
      <input type="text" autoComplete="username" value={user.email} readOnly hidden />
      <PasswordField
        {...field('currentPassword')}
        label={t(user.mustChangePassword ? 'password.given' : 'password.current')}
        autoComplete="current-password"
      />
      <NewPassword {...field('newPassword')} label={t('password.new')} owner={user} />
      <Button type="submit" size="md" loading={changing.isPending}>
        {t('password.submit')}
      </Button>
    </form>
  );
}
