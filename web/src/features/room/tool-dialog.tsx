import { Button } from '@mantine/core';
import { type PropsWithChildren, useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './tool-dialog.module.css';

interface ToolDialogProps {
  title: string;
  onClose: () => void;
}

/** Something to set or to read in the call. The browser's own dialog: it keeps the focus, and gives it back. */
export function ToolDialog({ title, onClose, children }: PropsWithChildren<ToolDialogProps>) {
  const { t } = useTranslation('tools');
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
    // Closed before it is taken away (hence a layout effect): only then does the browser give the focus back.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={name}>{title}</h2>
      {children}
      <div className={styles['end']}>
        <Button size="md" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </dialog>
  );
}
