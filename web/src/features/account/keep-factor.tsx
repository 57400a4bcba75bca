import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactor } from '../../api/account.ts';
import { Failure } from '../../ui/failure.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { blames } from '../entrance/password-fault.ts';
import styles from './account.module.css';
import { CodeField, isShortCode } from './code-field.tsx';
import { EndFactor } from './end-factor.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useAccountApi } from './use-account.ts';

function RenewCodes({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation('account');
  const account = useAccountApi();
  const { values, form, field, refuse } = useFields({ code: '' });
  const renewing = useMutation({
    mutationFn: account.renewRecoveryCodes,
    onSuccess: onCodes,
    onError: (error) => refuse({ code: blames(error, 'code') ? t('code.wrong') : undefined }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const code = values.code.trim();
    const isWrong = refuse({ code: isShortCode(code) ? t('code.app.missing') : undefined });
    if (!isWrong && !renewing.isPending) renewing.mutate(code);
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
      <p>{t('factor.renewText')}</p>
      {renewing.error !== null && !blames(renewing.error, 'code') && <Failure error={renewing.error} />}
      <CodeField {...field('code')} label={t('factor.anyCode')} inputMode="text" />
      <Button type="submit" variant="default" loading={renewing.isPending}>
        {t('factor.renew')}
      </Button>
    </form>
  );
}

/** Of somebody who has a second factor: how many recovery codes are left, new ones, and giving it up. */
export function KeepFactor({ factor, onEnded }: { factor: SecondFactor; onEnded: () => void }) {
  const { t } = useTranslation('account');
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) {
    const kept = () => {
      setCodes(null);
      void queries.invalidateQueries({ queryKey: ['second-factor'] });
    };
    return <RecoveryCodes codes={codes} onKept={kept} />;
  }
  return (
    <div className="stack">
      <p>{t('factor.isOn', { count: factor.recoveryCodesLeft })}</p>
      <h2>{t('factor.renewTitle')}</h2>
      <RenewCodes onCodes={setCodes} />
      <h2>{t('factor.endTitle')}</h2>
      {factor.required ? <p>{t('factor.required')}</p> : <EndFactor onEnded={onEnded} />}
    </div>
  );
}
