import type { PropsWithChildren } from 'react';
import styles from './scroll-region.module.css';

/** A wide table is scrolled on its own, by keyboard too; the page stays as wide as the screen. */
export function ScrollRegion({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable region has to take the focus to be scrolled by keys (WCAG 2.1.1).
    <section className={styles['scroll']} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
