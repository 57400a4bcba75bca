import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppSecret } from '../../api/account.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { blames } from '../entrance/password-fault.ts';
import styles from './account.module.css';
import { CodeField, isShortCode } from './code-field.tsx';
import { QrCode } from './qr-code.tsx';
import { useAccountApi } from './use-account.ts';

interface ConfirmAppProps {
  app: AppSecret;
  onCodes: (codes: readonly string[]) => void;
}

/** The secret goes into the app, by camera or by hand; a code of the app shows that it arrived. */
export function ConfirmApp({ app, onCodes }: ConfirmAppProps) {
  const { t } = useTranslation('account');
  const account = useAccountApi();
  const { values, form, field, refuse } = useFields({ code: '' });
  const confirming = useMutation({
    mutationFn: account.confirmApp,
    onSuccess: onCodes,
    onError: (error) => refuse({ code: blames(error, 'code') ? t('code.wrong') : undefined }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const code = values.code.trim();
    const isWrong = refuse({ code: isShortCode(code) ? t('code.app.missing') : undefined });
    if (!isWrong && !confirming.isPending) confirming.mutate(code);
  }

  return (
    <ol className={styles['steps']}>
      <li>
        <p>{t('factor.scan')}</p>
        <QrCode text={app.uri} label={t('factor.qr')} />
      </li>
      <li>
        <p>{t('factor.byHand')}</p>
        <div className="row">
          <span className={styles['secret']}>{app.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
          <CopyButton text={app.secret} />
        </div>
      </li>
      <li>
        <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
          <p>{t('factor.proof')}</p>
          {confirming.error !== null && !blames(confirming.error, 'code') && <Failure error={confirming.error} />}
          <CodeField {...field('code')} label={t('code.app.label')} />
          <Button type="submit" size="md" loading={confirming.isPending}>
            {t('factor.confirm')}
          </Button>
        </form>
      </li>
    </ol>
  );
}
