import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useServices } from '../../services.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';

/** For a patient who cannot come: asks once, and why. */
export function CancelVisit({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { meetings } = useServices();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const cancel = useMutation({
    mutationFn: (why: string) => meetings.cancel(meeting.id, why),
    onSuccess(cancelled) {
      setOpen(false);
      queries.setQueryData(['visit', meeting.id], cancelled);
      void queries.invalidateQueries({ queryKey: ['visits'] });
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
        {t('visit.cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave
        isBusy={cancel.isPending}
        title={t('visit.cancelTitle')}
        yes={t('visit.cancelYes')}
        no={t('visit.cancelNo')}
        onYes={onYes}
        onNo={() => setOpen(false)}
      >
        <p>{t('visit.cancelText')}</p>
        {cancel.error !== null && <Failure error={cancel.error} />}
        <TextInput
          label={t('visit.cancelReason')}
          value={reason}
          maxLength={500}
          error={isMissing ? t('visit.cancelReasonMissing') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
