import { type PropsWithChildren, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './page.module.css';
import { usePlace } from './router/router.tsx';

/** The first page of a load keeps the browser's own focus; every later one takes it to its heading. */
let isFirst = true;

/** Names the tab, and takes the focus to the page's heading after a step, so that nobody is left on a gone button. */
export function usePageTitle(title: string) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { step } = usePlace();
  useEffect(() => {
    document.title = t('app.titled', { page: title });
  }, [t, title]);
  // The step is what the focus follows: a title that changes under the reader's eyes must not take it away.
  // oxlint-disable-next-line react/exhaustive-deps -- See above.
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, [step]);
  return heading;
}

interface PageProps {
  title: string;
  lead?: ReactNode;
  /** Beside the heading: what can be done with the whole page. */
  actions?: ReactNode;
  width?: 'narrow' | 'check' | 'wide';
}

export function Page({ title, lead, actions, width = 'narrow', children }: PropsWithChildren<PageProps>) {
  const heading = usePageTitle(title);
  return (
    <div className={styles['page']} data-width={width}>
      <header className={styles['head']}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions}
      </header>
      {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
      {children}
    </div>
  );
}
