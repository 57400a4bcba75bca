import '../../ui/i18n/account.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { Entrance } from '../../ui/entrance.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { Notice } from '../../ui/notice.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { NewPassword } from './new-password.tsx';
import { blames, usePasswordFault } from './password-fault.ts';
import { useLinkToken } from './use-link-token.ts';

function ResetByLink({ token }: { token: string | null }) {
  const { t } = useTranslation('account');
  const { session } = useServices();
  const passwordFault = usePasswordFault();
  const { values, form, field, refuse } = useFields({ password: '' });
  const changing = useMutation({
    mutationFn: (body: { token: string; newPassword: string }) =>
      session.ask({ method: 'POST', path: '/auth/reset-password', body }),
    onError: (error) => refuse({ password: blames(error, 'newPassword') ? t('rules.tooEasy') : undefined }),
  });
  const isOld = token === null || blames(changing.error, 'token');

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = refuse({ password: passwordFault(values.password, {}) });
    if (!isWrong && token !== null && !changing.isPending) changing.mutate({ token, newPassword: values.password });
  }

  if (changing.isSuccess) {
    return (
      <Entrance title={t('reset.done')}>
        <Notice tone="good" live="status">
          <p>{t('reset.doneText')}</p>
        </Notice>
        <Button component={Link} to={paths.signIn} size="md">
          {t('reset.signIn')}
        </Button>
      </Entrance>
    );
  }
  if (isOld) {
    return (
      <Entrance title={t('reset.title')}>
        <Notice tone="bad" live="alert">
          <p>{t('link.old')}</p>
        </Notice>
        <Button component={Link} to={paths.forgot} size="md">
          {t('link.another')}
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('reset.title')} lead={t('reset.lead')}>
      <form ref={form} noValidate onSubmit={submit}>
        {changing.error !== null && !blames(changing.error, 'newPassword') && <Failure error={changing.error} />}
        <NewPassword {...field('password')} label={t('reset.password')} owner={{}} />
        <Button type="submit" size="md" fullWidth loading={changing.isPending}>
          {t('reset.submit')}
        </Button>
      </form>
    </Entrance>
  );
}

/** Choosing a new password by a mailed link: after forgetting the old one, or to begin with an account that the clinic made. */
export function ResetPage() {
  const token = useLinkToken();
  // Another link in the same tab begins anew.
  return <ResetByLink key={token} token={token} />;
}
