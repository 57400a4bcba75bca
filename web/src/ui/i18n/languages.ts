/** In which language the pages are: chosen on this device, else as the browser prefers, else English. */
import { translations } from './i18n.ts';

export const languages = ['en', 'hi', 'es'] as const;
export type Language = (typeof languages)[number];

/** Each as it is called by those who read it. */
export const ownNames: Record<Language, string> = { en: 'English', hi: 'हिन्दी', es: 'Español' };

/** Texts of a language by namespace; what a namespace lacks is shown in English. */
export type Texts = Record<string, object>;

const fetched: Record<Exclude<Language, 'en'>, () => Promise<{ texts: Texts }>> = {
  hi: () => import('./hi/index.ts'),
  es: () => import('./es/index.ts'),
};

const kept = 'housecall.language';

const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** The first of `preferred` (BCP 47 tags, best first) that we have, by its language alone. */
export function firstKnown(preferred: readonly string[]): Language {
  return preferred.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

export function preferredLanguage(): Language {
  const chosen = window.localStorage.getItem(kept) ?? '';
  return isLanguage(chosen) ? chosen : firstKnown(navigator.languages);
}

/** Shows everything in this language from now on. Rejects when its texts cannot be fetched; then nothing has changed. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'en') {
    const { texts } = await fetched[language]();
    for (const [namespace, bundle] of Object.entries(texts))
      translations.addResourceBundle(language, namespace, bundle);
  }
  await translations.changeLanguage(language);
}

/** As `speak`, and again at the next visit of this browser. */
export async function choose(language: Language): Promise<void> {
  await speak(language);
  window.localStorage.setItem(kept, language);
}
