import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verification } from '../../api/admin.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './admin.module.css';
import { useAdminApi } from './use-admin.ts';

const headForm = /^[1-9][0-9]{0,14}:[0-9a-f]{64}$/;

function Verdict({ verdict }: { verdict: Verification }) {
  const { t } = useTranslation('admin');
  const { intact, entries, unsealed, head, faults, faultCount } = verdict;
  const seal = head === null ? null : `${head.position}:${head.hash}`;
  return (
    <Notice
      tone={intact ? 'good' : 'bad'}
      live={intact ? 'status' : 'alert'}
      title={t(intact ? 'verify.intact' : 'verify.broken', { count: intact ? entries : faultCount })}
    >
      {unsealed > 0 && <p>{t('verify.unsealed', { count: unsealed })}</p>}
      {!intact && (
        <ul>
          {faults.map(({ kind, position, entryId }) => (
            <li key={`${kind} ${position} ${entryId}`}>
              {t(`verify.fault.${kind}`)}
              {position !== null && ` ${t('verify.position', { position })}`}
              {entryId !== null && <span className={styles['code']}> {entryId}</span>}
            </li>
          ))}
        </ul>
      )}
      {!intact && <p>{t('verify.whatNow')}</p>}
      {intact && seal !== null && (
        <>
          <p>{t('verify.seal')}</p>
          <p className={styles['secret']}>{seal}</p>
          <CopyButton text={seal} />
        </>
      )}
    </Notice>
  );
}

/** Whether every entry is as it was written; against a seal that was kept elsewhere too. */
export function VerifyTrail() {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const [head, setHead] = useState('');
  const isWrong = head.trim() !== '' && !headForm.test(head.trim());
  const verifying = useMutation({
    mutationFn: () => admin.verifyAudit(head.trim() === '' ? undefined : head.trim()),
  });
  return (
    <section className="stack" aria-label={t('verify.title')}>
      <div className="row">
        <Button variant="default" disabled={isWrong} loading={verifying.isPending} onClick={() => verifying.mutate()}>
          {t('verify.button')}
        </Button>
        {verifying.isPending && <output>{t('verify.running')}</output>}
        <details>
          <summary>{t('verify.withSeal')}</summary>
          <TextInput
            label={t('verify.kept')}
            value={head}
            autoComplete="off"
            spellCheck={false}
            error={isWrong ? t('verify.keptWrong') : undefined}
            onChange={(event) => setHead(event.currentTarget.value)}
          />
        </details>
      </div>
      {verifying.error !== null && <Failure error={verifying.error} />}
      {verifying.isSuccess && <Verdict verdict={verifying.data} />}
    </section>
  );
}
