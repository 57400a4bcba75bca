import type { PropsWithChildren } from 'react';
import styles from './empty-state.module.css';

/** Says why there is nothing, and what would bring something. */
export function EmptyState({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <div className={styles['empty']}>
      <p className={styles['title']}>{title}</p>
      <div className="dimmed">{children}</div>
    </div>
  );
}
