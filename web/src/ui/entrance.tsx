import type { PropsWithChildren, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './entrance.module.css';
import { LanguageChoice } from './language-choice.tsx';
import { usePageTitle } from './page.tsx';

/** The frame of a page for somebody who is not signed in: one narrow column, and nothing beside it. */
export function Entrance({ title, lead, children }: PropsWithChildren<{ title: string; lead?: ReactNode }>) {
  const { t } = useTranslation();
  const heading = usePageTitle(title);
  return (
    <main id="main" className={styles['page']}>
      <p className={styles['brand']}>{t('app.name')}</p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead !== undefined && <p className="dimmed">{lead}</p>}
      <div className={styles['body']}>{children}</div>
      <div className={styles['language']}>
        <LanguageChoice />
      </div>
    </main>
  );
}
