import { useId } from 'react';
import styles from './tool-dialog.module.css';

interface YesNoProps {
  label: string;
  text?: string;
  isOn: boolean;
  onChange: (on: boolean) => void;
}

/** A box to tick, with what it means under it. */
export function YesNo({ label, text, isOn, onChange }: YesNoProps) {
  const id = useId();
  return (
    <div className={styles['choice']}>
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        aria-describedby={text === undefined ? undefined : `${id}-text`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {text !== undefined && (
        <p id={`${id}-text`} className="dimmed">
          {text}
        </p>
      )}
    </div>
  );
}
