import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './controls.module.css';

interface ControlButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: ReactNode;
  /** What pressing it does, in one or two words under the icon. */
  text: string;
  /** `off`: what it switches is off now. `grave`: red. */
  tone?: 'plain' | 'off' | 'grave';
  badge?: string | null;
  ref?: Ref<HTMLButtonElement>;
}

/** A control of the call: at least 48 px, an icon, and its text under it. */
export function ControlButton({
  icon,
  text,
  tone = 'plain',
  badge = null,
  className = '',
  ...rest
}: ControlButtonProps) {
  return (
    <button type="button" className={`${styles['control'] ?? ''} ${className}`} data-tone={tone} {...rest}>
      {icon}
      <span>{text}</span>
      {badge !== null && <span className={styles['badge']}>{badge}</span>}
    </button>
  );
}
