import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { isGoodEnough, isTooLong, type PasswordOwner } from './password-rules.ts';

/** Whether the server named this field as wrong. */
export function blames(error: unknown, path: string): boolean {
  return error instanceof ApiError && error.code === 'INVALID_INPUT' && error.faults.some((one) => one.path === path);
}

/** What is wrong with a new password before it is sent, in words; undefined when nothing is. */
export function usePasswordFault(): (password: string, owner: PasswordOwner) => string | undefined {
  const { t } = useTranslation('account');
  return (password, owner) => {
    if (isTooLong(password)) return t('rules.tooLong');
    return isGoodEnough(password, owner) ? undefined : t('rules.notYet');
  };
}
