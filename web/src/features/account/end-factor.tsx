import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { blames } from '../entrance/password-fault.ts';
import { CodeField, isShortCode } from './code-field.tsx';
import { useAccountApi } from './use-account.ts';

/** Gives the second factor up: asks once, with password and code. */
export function EndFactor({ onEnded }: { onEnded: () => void }) {
  const { t } = useTranslation('account');
  const account = useAccountApi();
  const [isOpen, setOpen] = useState(false);
  const { values, setValues, field, refuse } = useFields({ password: '', code: '' });
  const ending = useMutation({
    mutationFn: account.endApp,
    onSuccess: onEnded,
    onError(error) {
      refuse({
        password: blames(error, 'password') ? t('password.currentWrong') : undefined,
        code: blames(error, 'code') ? t('code.wrong') : undefined,
      });
    },
  });

  function onYes() {
    const code = values.code.trim();
    const isWrong = refuse({
      password: values.password === '' ? t('password.currentMissing') : undefined,
      code: isShortCode(code) ? t('code.app.missing') : undefined,
    });
    if (!isWrong) ending.mutate({ password: values.password, code });
  }

  function close() {
    setOpen(false);
    setValues({ password: '', code: '' });
    ending.reset();
  }

  const isTold = blames(ending.error, 'password') || blames(ending.error, 'code');
  return (
    <>
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('factor.end')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave
        isBusy={ending.isPending}
        title={t('factor.endAsk')}
        yes={t('factor.endYes')}
        no={t('factor.endNo')}
        onYes={onYes}
        onNo={close}
      >
        <p>{t('factor.endText')}</p>
        <div className="stack">
          {ending.error !== null && !isTold && <Failure error={ending.error} />}
          <PasswordField {...field('password')} label={t('password.current')} autoComplete="current-password" />
          <CodeField {...field('code')} label={t('factor.anyCode')} inputMode="text" />
        </div>
      </ConfirmDialog>
    </>
  );
}
