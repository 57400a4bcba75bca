import { type PropsWithChildren, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './admin.module.css';

/** On a phone the filters are folded, or they would take the whole screen. */
function hasRoom(): boolean {
  return window.matchMedia('(min-width: 48em)').matches;
}

export function FoldedFilters({
  label,
  isFiltered,
  children,
}: PropsWithChildren<{ label: string; isFiltered: boolean }>) {
  const { t } = useTranslation('admin');
  const [isOpenAtFirst] = useState(hasRoom);
  return (
    <search aria-label={label}>
      <details className={styles['folded']} open={isOpenAtFirst}>
        <summary>{t(isFiltered ? 'filters.inUse' : 'filters.title')}</summary>
        <div className={styles['filters']}>{children}</div>
      </details>
    </search>
  );
}
