/** An error in words, never a code alone. */
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { en } from './i18n/en.ts';

type Told = Exclude<keyof typeof en.error, 'retryIn_one' | 'retryIn_other' | 'reference'>;

function isTold(code: string): code is Told {
  return code !== 'reference' && !code.startsWith('retryIn') && Object.hasOwn(en.error, code);
}

/** What a code of REST or of the socket means to the person in front of the screen. */
export function useCodeText(): (code: string) => string {
  const { t } = useTranslation();
  return (code) => (isTold(code) ? t(`error.${code}`) : t('error.other'));
}

export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  const codeText = useCodeText();
  return (error) => {
    if (!(error instanceof ApiError)) return t('error.other');
    const isCounted = error.code === 'RATE_LIMITED' && error.retryAfter !== undefined;
    return isCounted ? t('error.retryIn', { count: error.retryAfter }) : codeText(error.code);
  };
}
