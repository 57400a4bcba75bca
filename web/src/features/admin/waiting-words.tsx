import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguageName } from '../booking/use-language-name.ts';

/** The languages in which patients are first asked for; others that a clinic wrote by its API are kept and shown beside. */
const offered = ['en', 'hi', 'es', 'ta'] as const;

interface WaitingWordsProps {
  texts: Readonly<Record<string, string>>;
  onChange: (texts: Record<string, string>) => void;
}

/** What the clinic tells those who wait, a field a language. */
export function WaitingWords({ texts, onChange }: WaitingWordsProps) {
  const { t } = useTranslation('admin');
  const languageName = useLanguageName();
  const languages = [...new Set<string>([...offered, ...Object.keys(texts)])];
  return (
    <>
      <p className="dimmed">{t('clinic.waitingAbout')}</p>
      {languages.map((language) => (
        <Textarea
          key={language}
          rows={3}
          lang={language}
          dir="auto"
          label={t('clinic.waitingText', { language: languageName(language) })}
          value={texts[language] ?? ''}
          maxLength={1000}
          onChange={({ currentTarget: { value } }) => onChange({ ...texts, [language]: value })}
        />
      ))}
    </>
  );
}

/** As they are kept: without those that say nothing. */
export function writtenWords(texts: Readonly<Record<string, string>>): Record<string, string> {
  const written = Object.entries(texts).map(([language, text]) => [language, text.trim()] as const);
  return Object.fromEntries(written.filter(([, text]) => text !== ''));
}
