import '../../ui/i18n/account.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { BackToAccount } from './back-link.tsx';
import { KeepFactor } from './keep-factor.tsx';
import { SetUpFactor } from './set-up-factor.tsx';
import { useAccountApi } from './use-account.ts';

const factorKey = ['second-factor'];

/** The code at sign-in: setting it up, new recovery codes, giving it up. */
export function SecondFactorPage() {
  const { t } = useTranslation('account');
  const { session } = useServices();
  const account = useAccountApi();
  const queries = useQueryClient();
  const [said, setSaid] = useState<'on' | 'off' | null>(null);
  const factor = useQuery({ queryKey: factorKey, queryFn: ({ signal }) => account.secondFactor(signal) });
  const retry = () => void factor.refetch();

  function changed(to: 'on' | 'off') {
    setSaid(to);
    void queries.invalidateQueries({ queryKey: factorKey });
    // Should it fail, the next refresh brings the same: nothing is lost.
    session.renew().catch(() => undefined);
  }

  return (
    <Page title={t('factor.title')} lead={t('factor.lead')}>
      <div className="stack">
        {said !== null && (
          <Notice tone="good" live="status">
            <p>{t(`factor.${said}`)}</p>
          </Notice>
        )}
        {factor.error !== null && <Failure error={factor.error} onRetry={retry} />}
        {factor.isPending && factor.error === null && <Patience text={t('factor.loading')} onRetry={retry} />}
        {factor.isSuccess && !factor.data.enabled && <SetUpFactor onDone={() => changed('on')} />}
        {factor.isSuccess && factor.data.enabled && <KeepFactor factor={factor.data} onEnded={() => changed('off')} />}
      </div>
      <BackToAccount />
    </Page>
  );
}
