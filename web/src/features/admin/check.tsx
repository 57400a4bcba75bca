import { type PropsWithChildren, useId } from 'react';
import styles from './admin.module.css';

interface CheckProps {
  label: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

/** One thing that is on or off; what stands below explains it. */
export function Check({ label, isOn, isDisabled = false, onChange, children }: PropsWithChildren<CheckProps>) {
  const id = useId();
  return (
    <div className={styles['check']}>
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        aria-describedby={children === undefined ? undefined : `${id}-about`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {children !== undefined && (
        <span id={`${id}-about`} className="dimmed">
          {children}
        </span>
      )}
    </div>
  );
}

/** The list with or without one of its members. */
export function toggled<T>(list: readonly T[], member: T, isOn: boolean): T[] {
  const others = list.filter((one) => one !== member);
  return isOn ? [...others, member] : others;
}
