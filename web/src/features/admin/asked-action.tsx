import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type PropsWithChildren, useState } from 'react';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ToldFailure } from './told-failure.tsx';

interface AskedActionProps {
  button: string;
  /** Read out where several buttons say the same. */
  label?: string;
  title: string;
  text: string;
  yes: string;
  no: string;
  isGrave?: boolean;
  /** What some codes mean here. */
  words?: Readonly<Record<string, string>>;
  act: () => Promise<unknown>;
  onDone: () => void;
}

/** Something that matters: a button that asks once, and says when it could not be done. */
export function AskedAction(props: PropsWithChildren<AskedActionProps>) {
  const { button, label, title, text, yes, no, isGrave = true, words = {}, act, onDone, children } = props;
  const [isOpen, setOpen] = useState(false);
  const acting = useMutation({
    mutationFn: act,
    onSuccess() {
      setOpen(false);
      onDone();
    },
  });
  return (
    <>
      <Button
        variant="default"
        aria-label={label}
        onClick={() => {
          acting.reset();
          setOpen(true);
        }}
      >
        {button}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave={isGrave}
        isBusy={acting.isPending}
        title={title}
        yes={yes}
        no={no}
        onYes={() => acting.mutate()}
        onNo={() => setOpen(false)}
      >
        <p>{text}</p>
        {children}
        {acting.error !== null && <ToldFailure error={acting.error} words={words} />}
      </ConfirmDialog>
    </>
  );
}
