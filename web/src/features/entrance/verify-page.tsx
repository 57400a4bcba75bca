import '../../ui/i18n/account.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { useServices } from '../../services.tsx';
import { Entrance } from '../../ui/entrance.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { blames } from './password-fault.ts';
import { SendConfirmation } from './send-confirmation.tsx';
import { useLinkToken } from './use-link-token.ts';

function VerifyByLink({ token }: { token: string | null }) {
  const { t } = useTranslation('account');
  const { session } = useServices();
  const confirming = useMutation({
    mutationFn: (link: string) => session.ask({ method: 'POST', path: '/auth/verify-email', body: { token: link } }),
  });
  const { error } = confirming;
  const isOld = blames(error, 'token');
  const isOther = error instanceof ApiError && error.code === 'CONFLICT';
  if (confirming.isSuccess) {
    return (
      <Entrance title={t('verify.done')}>
        <Notice tone="good" live="status">
          <p>{t('verify.doneText')}</p>
        </Notice>
        <Button component={Link} to={paths.home} size="md">
          {t('verify.goOn')}
        </Button>
      </Entrance>
    );
  }
  if (token === null || isOld || isOther) {
    return (
      <Entrance title={t('verify.title')}>
        <Notice tone="bad" live="alert">
          <p>{t(isOther ? 'verify.otherAddress' : 'link.old')}</p>
        </Notice>
        {!isOther && <SendConfirmation />}
        <p>
          <Link to={paths.signIn}>{t('forgot.signIn')}</Link>
        </p>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('verify.title')} lead={t('verify.lead')}>
      {error !== null && <Failure error={error} />}
      <Button size="md" loading={confirming.isPending} onClick={() => confirming.mutate(token)}>
        {t('verify.submit')}
      </Button>
    </Entrance>
  );
}

/** Confirms an address once the person says so: a mail program that looks links up must not use the link up. */
export function VerifyPage() {
  const token = useLinkToken();
  // Another link in the same tab begins anew.
  return <VerifyByLink key={token} token={token} />;
}
