import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';

interface EndVisitProps {
  meetingId: string;
  /** Doctors finish their own visits; whoever else ends one interrupts it. */
  words: 'finish' | 'end';
}

/** Ends a visit that goes on, from outside it: for staff, and for a doctor who left it. */
export function EndVisit({ meetingId, words }: EndVisitProps) {
  const { t } = useTranslation('staff');
  const { meetings } = useServices();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const end = useMutation({
    mutationFn: () => meetings.end(meetingId),
    onSuccess(ended) {
      setOpen(false);
      queries.setQueryData(['visit', meetingId], ended);
      void queries.invalidateQueries();
    },
  });
  return (
    <>
      <Button color="red" variant="outline" onClick={() => setOpen(true)}>
        {t(`${words}.button`)}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave
        isBusy={end.isPending}
        title={t(`${words}.title`)}
        yes={t(`${words}.yes`)}
        no={t(`${words}.no`)}
        onYes={() => end.mutate()}
        onNo={() => setOpen(false)}
      >
        <p>{t(`${words}.text`)}</p>
        {end.error !== null && <Failure error={end.error} />}
      </ConfirmDialog>
    </>
  );
}
