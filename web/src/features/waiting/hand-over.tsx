import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import type { Desk } from '../../call/call.ts';
import { failureOf } from '../../call/failure.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useStaffLists } from '../planning/use-planning.ts';

interface HandOverProps {
  entry: WaitingEntry;
  /** Whose visit it is now. */
  doctorId: string;
  ask: Desk['ask'];
}

/** Gives the visit to another doctor of the clinic: asks to whom, and why. */
export function HandOver(props: HandOverProps) {
  const { t } = useTranslation('waiting');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {t('handOver.button')}
      </Button>
      {isOpen && <HandOverDialog {...props} onDone={() => setOpen(false)} />}
    </>
  );
}

function HandOverDialog({
  entry: { meetingId, patientName: name },
  doctorId,
  ask,
  onDone,
}: HandOverProps & { onDone: () => void }) {
  const { t } = useTranslation('waiting');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [wasTried, setTried] = useState(false);
  const others = useStaffLists().doctors.filter(({ id }) => id !== doctorId);
  const handing = useMutation({
    mutationFn: (why: string) => ask('queue:hand-over', { meetingId, doctorId: to, reason: why }),
    onSuccess: onDone,
  });
  function onYes() {
    setTried(true);
    const why = reason.trim();
    if (to !== '' && why !== '') handing.mutate(why);
  }
  return (
    <ConfirmDialog
      isOpen
      isBusy={handing.isPending}
      title={t('handOver.title', { name })}
      yes={t('handOver.yes')}
      no={t('handOver.no')}
      onYes={onYes}
      onNo={onDone}
    >
      <p>{t(others.length === 0 ? 'handOver.nobody' : 'handOver.text')}</p>
      {handing.error !== null && (
        <Notice tone="bad" live="alert">
          <p>{t(failureOf(handing.error).code === 'SLOT_TAKEN' ? 'handOver.booked' : 'move.failed')}</p>
        </Notice>
      )}
      <div className="stack">
        <NativeSelect
          label={t('handOver.to')}
          value={to}
          data={[
            { value: '', label: t('handOver.choose') },
            ...others.map(({ id, name: label }) => ({ value: id, label })),
          ]}
          error={wasTried && to === '' ? t('handOver.missingDoctor') : undefined}
          onChange={({ currentTarget: { value } }) => setTo(value)}
        />
        <TextInput
          label={t('move.reason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          error={wasTried && reason.trim() === '' ? t('move.missing') : undefined}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
      </div>
    </ConfirmDialog>
  );
}
