import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** `hi` as `Hindi`, in the reader's language; the tag itself when nobody knows it. */
export function useLanguageName(): (tag: string) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'language', fallback: 'code' });
    return (tag) => names.of(tag) ?? tag;
  }, [i18n.language]);
}
