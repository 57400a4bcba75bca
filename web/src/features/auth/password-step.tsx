import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { Entrance } from '../../ui/entrance.tsx';
import { useErrorText } from '../../ui/error-text.ts';
import { EmailField } from '../../ui/form/email-field.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Link } from '../../ui/router/link.tsx';
import { atClinic, paths } from '../../ui/router/paths.ts';
import { asksForClinic, checkFields, type Faults, type SignInFields } from './sign-in-form.ts';

interface PasswordStepProps {
  fields: SignInFields;
  /** From the address; the person has nothing to type then. */
  linkClinic: string;
  isBusy: boolean;
  failure: unknown;
  onChange: (change: Partial<SignInFields>) => void;
  onSubmit: () => void;
}

/** The one field that is missing is where they go on. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}

function useFailureText(): (failure: unknown) => string {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (failure) => {
    if (asksForClinic(failure)) return t('signIn.clinicNeeded');
    const isWrong = failure instanceof ApiError && ['INVALID_CREDENTIALS', 'UNAUTHENTICATED'].includes(failure.code);
    return isWrong ? t('signIn.wrong') : errorText(failure);
  };
}

export function PasswordStep({ fields, linkClinic, isBusy, failure, onChange, onSubmit }: PasswordStepProps) {
  const { t } = useTranslation();
  const [faults, setFaults] = useState<Faults>({});
  const failureText = useFailureText();
  const form = useRef<HTMLFormElement>(null);
  const messageId = useId();
  const needsClinic = asksForClinic(failure) || (linkClinic === '' && fields.clinic !== '');

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = checkFields(fields, needsClinic);
    setFaults(found);
    const [first] = Object.keys(found);
    if (first !== undefined) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    else if (!isBusy) onSubmit();
  }

  function field(name: keyof SignInFields) {
    const fault = faults[name];
    return {
      name,
      value: fields[name],
      error: fault === undefined ? undefined : t(`signIn.${fault}`),
      onChange: (event: { currentTarget: HTMLInputElement }) => onChange({ [name]: event.currentTarget.value }),
    };
  }

  return (
    <Entrance title={t('signIn.title')} lead={t('signIn.lead')}>
      <form ref={form} noValidate onSubmit={submit}>
        {failure !== null && (
          <Notice tone={asksForClinic(failure) ? 'warning' : 'bad'} live="alert">
            <p id={messageId}>{failureText(failure)}</p>
          </Notice>
        )}
        <EmailField {...field('email')} label={t('signIn.email')} autoComplete="username" />
        <PasswordField {...field('password')} label={t('signIn.password')} autoComplete="current-password" />
        {needsClinic && (
          <TextInput
            {...field('clinic')}
            ref={asksForClinic(failure) ? takeFocus : null}
            size="md"
            label={t('signIn.clinic')}
            description={t('signIn.clinicHint')}
            autoComplete="organization"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
        {linkClinic !== '' && <p className="dimmed">{t('signIn.clinicFixed', { slug: linkClinic })}</p>}
        <Button type="submit" size="md" fullWidth loading={isBusy}>
          {isBusy ? t('signIn.busy') : t('signIn.submit')}
        </Button>
      </form>
      <p>
        <Link to={atClinic(paths.forgot, linkClinic)}>{t('signIn.forgot')}</Link>
      </p>
      <p>
        <Link to={atClinic(paths.signUp, linkClinic)}>{t('signIn.signUp')}</Link>
      </p>
    </Entrance>
  );
}
