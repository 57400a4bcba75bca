import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicUser } from '../../api/admin.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { NewPassword } from '../entrance/new-password.tsx';
import { blames, usePasswordFault } from '../entrance/password-fault.ts';
import { ToldFailure } from './told-failure.tsx';
import { useAdminApi } from './use-admin.ts';

interface GivePasswordProps {
  user: ClinicUser;
  words: Readonly<Record<string, string>>;
  onDone: () => void;
}

/** A password for somebody who cannot get a mail; they must choose their own with the next sign-in. */
export function GivePassword({ user, words, onDone }: GivePasswordProps) {
  const { t } = useTranslation('admin');
  const { t: account } = useTranslation('account');
  const admin = useAdminApi();
  const passwordFault = usePasswordFault();
  const [isOpen, setOpen] = useState(false);
  const { values, setValues, field, refuse } = useFields({ password: '' });
  const giving = useMutation({
    mutationFn: (password: string) => admin.changeUser(user.id, { password }),
    onSuccess() {
      close();
      onDone();
    },
    onError: (error) => refuse({ password: blames(error, 'password') ? account('rules.tooEasy') : undefined }),
  });

  function close() {
    setOpen(false);
    setValues({ password: '' });
  }

  function onYes() {
    if (!refuse({ password: passwordFault(values.password, user) })) giving.mutate(values.password);
  }

  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          giving.reset();
          setOpen(true);
        }}
      >
        {t('user.password.button')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isBusy={giving.isPending}
        title={t('user.password.title', { name: user.displayName })}
        yes={t('user.password.button')}
        no={t('user.keep')}
        onYes={onYes}
        onNo={close}
      >
        <p>{t('user.password.text')}</p>
        {giving.error !== null && !blames(giving.error, 'password') && (
          <ToldFailure error={giving.error} words={words} />
        )}
        <NewPassword {...field('password')} label={t('user.firstPassword')} owner={user} />
      </ConfirmDialog>
    </>
  );
}
