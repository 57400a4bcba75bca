/** An error in words, never a code alone. */
import type { TFunction } from 'i18next';
import { ApiError } from '../api/problem.ts';
import { en } from './i18n/en.ts';

type Told = Exclude<keyof typeof en.error, 'retryIn_one' | 'retryIn_other' | 'reference'>;

function isTold(code: string): code is Told {
  return code !== 'reference' && !code.startsWith('retryIn') && Object.hasOwn(en.error, code);
}

/** What a code of REST or of the socket means to the person in front of the screen. */
export function codeText(t: TFunction, code: string): string {
  return isTold(code) ? t(`error.${code}`) : t('error.other');
}

export function errorText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.other');
  if (error.code === 'RATE_LIMITED' && error.retryAfter !== undefined) {
    return t('error.retryIn', { count: error.retryAfter });
  }
  return codeText(t, error.code);
}
