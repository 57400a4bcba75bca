import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../services.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';

/** Patients and staff are spoken to in different words. */
export interface CancelWords {
  button: string;
  title: string;
  text: string;
  reason: string;
  missing: string;
  yes: string;
  no: string;
}

/** Calls a planned visit off: asks once, and why. */
export function CancelVisit({ meetingId, words }: { meetingId: string; words: CancelWords }) {
  const { meetings } = useServices();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const cancel = useMutation({
    mutationFn: (why: string) => meetings.cancel(meetingId, why),
    onSuccess(cancelled) {
      setOpen(false);
      queries.setQueryData(['visit', meetingId], cancelled);
      void queries.invalidateQueries();
    },
  });
  function onYes() {
    const why = reason.trim();
    setMissing(why === '');
    if (why !== '') cancel.mutate(why);
  }
  return (
    <>
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {words.button}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave
        isBusy={cancel.isPending}
        title={words.title}
        yes={words.yes}
        no={words.no}
        onYes={onYes}
        onNo={() => setOpen(false)}
      >
        <p>{words.text}</p>
        {cancel.error !== null && <Failure error={cancel.error} />}
        <TextInput
          label={words.reason}
          value={reason}
          maxLength={500}
          autoComplete="off"
          error={isMissing ? words.missing : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
