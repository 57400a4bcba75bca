import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './patience.module.css';

/** Whether `seconds` have gone by since the component came. */
export function useLongSince(seconds: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return isLong;
}

interface PatienceProps {
  /** What is being waited for, in words. */
  text: string;
  onRetry: () => void;
  /** A further way out, beside trying again. */
  out?: ReactNode;
}

/** Waiting for an answer: says for what, and after ten seconds offers a way out. Never a bare spinner. */
export function Patience({ text, onRetry, out }: PatienceProps) {
  const { t } = useTranslation();
  const isLong = useLongSince(10);
  return (
    <div className={styles['patience']}>
      <output>{isLong ? t('wait.slow') : text}</output>
      {isLong && (
        <div className="row">
          <Button onClick={onRetry}>{t('wait.again')}</Button>
          {out}
        </div>
      )}
    </div>
  );
}
