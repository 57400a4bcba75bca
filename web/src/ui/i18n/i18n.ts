/** The catalogue at work. Languages are added beside `en`; a missing text in one of them falls back to English. */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';

export const translations = createInstance();

/** Sets the language of the page and its direction, so that a screen reader and the layout follow. */
function dress(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = translations.dir(language);
}

/** Once, before the first render. Everything is in the bundle, so there is nothing to wait for. */
export function startTranslations(): void {
  translations.on('languageChanged', dress);
  void translations.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: { en: { common: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
