import { lazy, type PropsWithChildren, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './entrance.module.css';
import { usePageTitle } from './page.tsx';

const LanguageChoice = lazy(async () => ({ default: (await import('./language-choice.tsx')).LanguageChoice }));

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
        <Suspense>
          <LanguageChoice />
        </Suspense>
      </div>
    </main>
  );
}
