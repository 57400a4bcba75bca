import '../../ui/i18n/account.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { BackToAccount } from './back-link.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { useAccountApi } from './use-account.ts';

/** Where the person is signed in, and ending it there. */
export function SignInsPage() {
  const { t } = useTranslation('account');
  const account = useAccountApi();
  const announce = useAnnounce();
  const [isAsked, setAsked] = useState(false);
  const list = usePages(['sign-ins'], account.signIns);
  const retry = () => void list.refetch();
  const ended = () => {
    setAsked(false);
    announce(t('signIns.ended'));
    return list.refetch();
  };
  const endingOne = useMutation({ mutationFn: account.endSignIn, onSuccess: ended });
  const endingOthers = useMutation({ mutationFn: account.endOtherSignIns, onSuccess: ended });
  const others = list.items.filter(({ isCurrent }) => !isCurrent);
  return (
    <Page title={t('signIns.title')} lead={t('signIns.lead')}>
      <div className="stack">
        {list.error !== null && <Failure error={list.error} onRetry={retry} />}
        {list.isPending && list.error === null && <Patience text={t('signIns.loading')} onRetry={retry} />}
        {endingOne.error !== null && <Failure error={endingOne.error} />}
        {list.items.length > 0 && (
          <ul className="plain-list stack">
            {list.items.map((signIn) => (
              <li key={signIn.id}>
                <SignInCard
                  signIn={signIn}
                  isBusy={endingOne.isPending && endingOne.variables === signIn.id}
                  onEnd={() => endingOne.mutate(signIn.id)}
                />
              </li>
            ))}
          </ul>
        )}
        <MoreButton list={list} />
        {list.isSuccess && others.length === 0 && <p className="dimmed">{t('signIns.onlyThis')}</p>}
        {others.length > 0 && (
          <div>
            <Button variant="default" onClick={() => setAsked(true)}>
              {t('signIns.endOthers')}
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        isOpen={isAsked}
        isGrave
        isBusy={endingOthers.isPending}
        title={t('signIns.endAsk')}
        yes={t('signIns.endYes')}
        no={t('signIns.endNo')}
        onYes={() => endingOthers.mutate()}
        onNo={() => setAsked(false)}
      >
        <p>{t('signIns.endText')}</p>
        {endingOthers.error !== null && <Failure error={endingOthers.error} />}
      </ConfirmDialog>
      <BackToAccount />
    </Page>
  );
}
