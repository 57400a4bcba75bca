import type { PropsWithChildren, ReactNode } from 'react';
import styles from './notice.module.css';

type Tone = 'plain' | 'good' | 'warning' | 'bad';

interface NoticeProps {
  tone: Tone;
  /** `alert` is read at once, `status` when the reader pauses; without it the text is simply there. */
  live?: 'alert' | 'status';
  title?: string;
  icon?: ReactNode;
}

/** A box with a sentence that matters. Colour is never the only sign: the words carry it. */
export function Notice({ tone, live, title, icon, children }: PropsWithChildren<NoticeProps>) {
  return (
    <div className={styles['notice']} data-tone={tone} role={live}>
      {icon}
      <div>
        {title !== undefined && <p className={styles['title']}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
