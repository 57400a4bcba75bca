import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { useServices } from '../../services.tsx';
import { useErrorText } from '../../ui/error-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../../ui/page.tsx';
import { insideOnly } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { asksForClinic, checkFields, credentials, type Faults, type SignInFields } from './sign-in-form.ts';
import styles from './sign-in-page.module.css';
import { useSessionState } from './use-session.ts';

function useSignIn() {
  const { session } = useServices();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  async function signIn(fields: SignInFields) {
    setBusy(true);
    setFailure(null);
    try {
      await session.signIn(credentials(fields));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }
  return { isBusy, failure, signIn };
}

/** Once signed in: on to where they wanted to go. Also for somebody who opens this page while signed in. */
function useOnward(next: string | null) {
  const state = useSessionState();
  const { session } = useServices();
  const go = useGo();
  useEffect(() => {
    // Without an answer the form is there all the same, and says so when it is sent.
    if (state.status === 'unknown') session.restore().catch(() => undefined);
    if (state.status === 'signed-in') go(insideOnly(next) ?? paths.home, { replace: true });
  }, [state, session, go, next]);
}

/** The one field that is missing is where they go on. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}

export function SignInPage() {
  const { t } = useTranslation();
  const search = new URLSearchParams(usePlace().search);
  const linkClinic = search.get('clinic') ?? '';
  const [fields, setFields] = useState<SignInFields>({ email: '', password: '', clinic: linkClinic });
  const [isShown, setShown] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const { isBusy, failure, signIn } = useSignIn();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const heading = usePageTitle(t('signIn.title'));
  const messageId = useId();
  useOnward(search.get('next'));
  const needsClinic = asksForClinic(failure) || (linkClinic === '' && fields.clinic !== '');

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = checkFields(fields, needsClinic);
    setFaults(found);
    const [first] = Object.keys(found);
    if (first !== undefined) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    else if (!isBusy) await signIn(fields);
  }

  function field(name: keyof SignInFields) {
    const fault = faults[name];
    return {
      name,
      value: fields[name],
      error: fault === undefined ? undefined : t(`signIn.${fault}`),
      onChange: (event: { currentTarget: HTMLInputElement }) => {
        const { value } = event.currentTarget;
        setFields((before) => ({ ...before, [name]: value }));
      },
    };
  }

  const message = failureText();
  function failureText(): string | null {
    if (failure === null) return null;
    if (asksForClinic(failure)) return t('signIn.clinicNeeded');
    const isWrong = failure instanceof ApiError && ['INVALID_CREDENTIALS', 'UNAUTHENTICATED'].includes(failure.code);
    return isWrong ? t('signIn.wrong') : errorText(failure);
  }

  return (
    <main id="main" className={styles['page']}>
      <p className={styles['brand']}>{t('app.name')}</p>
      <h1 ref={heading} tabIndex={-1}>
        {t('signIn.title')}
      </h1>
      <p className="dimmed">{t('signIn.lead')}</p>
      <form ref={form} noValidate onSubmit={(event) => void submit(event)} className={styles['form']}>
        {message !== null && (
          <Notice tone={asksForClinic(failure) ? 'warning' : 'bad'} live="alert">
            <p id={messageId}>{message}</p>
          </Notice>
        )}
        <TextInput
          {...field('email')}
          type="email"
          size="md"
          label={t('signIn.email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
          required
          withAsterisk={false}
        />
        <PasswordInput
          {...field('password')}
          size="md"
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visible={isShown}
          onVisibilityChange={setShown}
          visibilityToggleButtonProps={{ 'aria-label': t(isShown ? 'signIn.hide' : 'signIn.show'), tabIndex: 0 }}
        />
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
    </main>
  );
}
