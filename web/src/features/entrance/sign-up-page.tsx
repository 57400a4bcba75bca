import '../../ui/i18n/account.ts';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import type { Newcomer } from '../../api/session.ts';
import { useServices } from '../../services.tsx';
import { Entrance } from '../../ui/entrance.tsx';
import { useErrorText } from '../../ui/error-text.ts';
import { EmailField, looksLikeEmail } from '../../ui/form/email-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { Notice } from '../../ui/notice.tsx';
import { Link } from '../../ui/router/link.tsx';
import { atClinic, paths } from '../../ui/router/paths.ts';
import { usePlace } from '../../ui/router/router.tsx';
import { useOnward } from '../auth/use-onward.ts';
import { CheckMail } from './check-mail.tsx';
import { NewPassword } from './new-password.tsx';
import { blames, usePasswordFault } from './password-fault.ts';

/** Making an account as a patient. Other roles are given by the clinic. */
export function SignUpPage() {
  const { t } = useTranslation('account');
  const { session } = useServices();
  const errorText = useErrorText();
  const passwordFault = usePasswordFault();
  const search = new URLSearchParams(usePlace().search);
  const linkClinic = search.get('clinic') ?? '';
  const { values, form, field, refuse } = useFields({ displayName: '', email: '', clinic: linkClinic, password: '' });
  const owner = { email: values.email.trim(), displayName: values.displayName.trim() };
  const tenant = values.clinic.trim().toLowerCase();
  useOnward(search.get('next'));
  const registering = useMutation({
    mutationFn: (newcomer: Newcomer) => session.register(newcomer),
    onError(error) {
      refuse({
        displayName: blames(error, 'displayName') ? t('signUp.nameWrong') : undefined,
        clinic: blames(error, 'tenant') ? t('signUp.clinicUnknown') : undefined,
        email: blames(error, 'email') ? t('signUp.emailWrong') : undefined,
        password: blames(error, 'password') ? t('rules.tooEasy') : undefined,
      });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = refuse({
      displayName: owner.displayName === '' ? t('signUp.nameMissing') : undefined,
      email: looksLikeEmail(owner.email) ? undefined : t('signUp.emailWrong'),
      clinic: tenant === '' ? t('signUp.clinicMissing') : undefined,
      password: passwordFault(values.password, owner),
    });
    if (!isWrong && !registering.isPending) registering.mutate({ tenant, password: values.password, ...owner });
  }

  if (registering.isSuccess && registering.data === null) {
    return <CheckMail kind="verification" email={owner.email} clinic={tenant} />;
  }
  const { error } = registering;
  const isThere = error instanceof ApiError && error.code === 'ALREADY_EXISTS';
  return (
    <Entrance title={t('signUp.title')} lead={t('signUp.lead')}>
      <form ref={form} noValidate onSubmit={submit}>
        {error !== null && (
          <Notice tone="bad" live="alert">
            <p>{isThere ? t('signUp.exists') : errorText(error)}</p>
          </Notice>
        )}
        <TextInput {...field('displayName')} size="md" label={t('signUp.name')} autoComplete="name" maxLength={200} />
        <EmailField {...field('email')} label={t('signUp.email')} autoComplete="username" />
        {linkClinic === '' ? (
          <TextInput
            {...field('clinic')}
            size="md"
            label={t('signUp.clinic')}
            description={t('signUp.clinicHint')}
            autoComplete="organization"
            autoCapitalize="none"
            spellCheck={false}
          />
        ) : (
          <p className="dimmed">{t('signUp.clinicFixed', { slug: linkClinic })}</p>
        )}
        <NewPassword {...field('password')} label={t('signUp.password')} owner={owner} />
        <Button type="submit" size="md" fullWidth loading={registering.isPending}>
          {t('signUp.submit')}
        </Button>
      </form>
      <p>
        <Link to={atClinic(paths.signIn, linkClinic)}>{t('signUp.signIn')}</Link>
      </p>
    </Entrance>
  );
}
