import { Button } from '@mantine/core';
import { type PropsWithChildren, useEffect, useId, useRef } from 'react';
import styles from './confirm-dialog.module.css';

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  yes: string;
  no: string;
  /** The yes is red. */
  isGrave?: boolean;
  isBusy?: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** Asks once. The browser's own dialog: it keeps the focus, closes by Escape and gives the focus back. */
export function ConfirmDialog(props: PropsWithChildren<ConfirmDialogProps>) {
  const { isOpen, title, yes, no, isGrave = false, isBusy = false, onYes, onNo, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen) dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        if (!isBusy) onNo();
      }}
    >
      <form
        method="dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onYes();
        }}
      >
        <h2 id={name}>{title}</h2>
        {children}
        <div className={styles['buttons']}>
          <Button type="button" variant="default" onClick={onNo} disabled={isBusy}>
            {no}
          </Button>
          <Button type="submit" color={isGrave ? 'red' : 'teal'} loading={isBusy}>
            {yes}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
