import '../../ui/i18n/account.ts';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { Entrance } from '../../ui/entrance.tsx';
import { useErrorText } from '../../ui/error-text.ts';
import { Notice } from '../../ui/notice.tsx';

interface CodeStepProps {
  isBusy: boolean;
  failure: unknown;
  onCode: (code: string) => void;
  onBack: () => void;
}

/** Asks for the code of the second factor; whoever has lost the phone has recovery codes. */
export function CodeStep({ isBusy, failure, onCode, onBack }: CodeStepProps) {
  const { t } = useTranslation('account');
  const errorText = useErrorText();
  const [kind, setKind] = useState<'app' | 'recovery'>('app');
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // After the heading had it: who reads the code off a phone types at once.
  useEffect(() => input.current?.focus(), []);
  // A wrong code is typed anew as a whole.
  useEffect(() => {
    if (failure !== null) input.current?.select();
  }, [failure]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const typed = code.trim();
    const isShort = typed.replaceAll(/\s/g, '').length < 6;
    setMissing(isShort);
    if (isShort) input.current?.focus();
    else if (!isBusy) onCode(typed);
  }

  function change(to: typeof kind) {
    setKind(to);
    setCode('');
    setMissing(false);
    input.current?.focus();
  }

  const isWrong = failure instanceof ApiError && failure.code === 'INVALID_CREDENTIALS';
  const isApp = kind === 'app';
  return (
    <Entrance title={t('code.title')} lead={t(`code.${kind}.lead`)}>
      <form noValidate onSubmit={submit}>
        {failure !== null && (
          <Notice tone="bad" live="alert">
            <p>{isWrong ? t('code.wrong') : errorText(failure)}</p>
          </Notice>
        )}
        <TextInput
          ref={input}
          name="code"
          size="md"
          label={t(`code.${kind}.label`)}
          value={code}
          error={isMissing ? t(`code.${kind}.missing`) : undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
          inputMode={isApp ? 'numeric' : 'text'}
          autoComplete={isApp ? 'one-time-code' : 'off'}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
        />
        <Button type="submit" size="md" fullWidth loading={isBusy}>
          {t('code.submit')}
        </Button>
      </form>
      <Button variant="subtle" onClick={() => change(isApp ? 'recovery' : 'app')}>
        {t(isApp ? 'code.useRecovery' : 'code.useApp')}
      </Button>
      <Button variant="subtle" onClick={onBack}>
        {t('code.back')}
      </Button>
    </Entrance>
  );
}
