import { IconLanguage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choose, type Language, languages, ownNames } from './i18n/languages.ts';
import styles from './language-choice.module.css';

/** In which language the pages are, each named in itself, so that whoever reads none of the others finds theirs. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const [isFailed, setFailed] = useState(false);
  const change = (language: Language) => {
    setFailed(false);
    choose(language).catch(() => setFailed(true));
  };
  return (
    <div>
      <label className={styles['choice']}>
        <IconLanguage size={18} aria-hidden />
        <select
          aria-label={t('language.label')}
          value={i18n.language}
          onChange={({ currentTarget: { value } }) => change(value as Language)}
        >
          {languages.map((language) => (
            <option key={language} value={language} lang={language}>
              {ownNames[language]}
            </option>
          ))}
        </select>
      </label>
      {isFailed && <p role="alert">{t('error.NETWORK')}</p>}
    </div>
  );
}
