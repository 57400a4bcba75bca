import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import type { Desk } from '../../call/call.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

interface MovePlaceProps {
  entry: WaitingEntry;
  /** Counted from 1. */
  position: number;
  count: number;
  ask: Desk['ask'];
}

/** Gives another place in the queue, with a reason; and takes it back. */
export function MovePlace({ entry: { meetingId, patientName: name }, position, count, ask }: MovePlaceProps) {
  const { t } = useTranslation('waiting');
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [moved, setMoved] = useState<{ from: number; to: number } | null>(null);
  const places = Array.from({ length: count }, (_, index) => index + 1).filter((place) => place !== position);
  const moving = useMutation({
    mutationFn: (to: { position: number; reason: string }) => ask('queue:move', { meetingId, ...to }),
  });
  async function move(to: number, why: string, from: number | null) {
    const answer = await moving.mutateAsync({ position: to, reason: why }).catch(() => null);
    if (!answer) return;
    setOpen(false);
    setMoved(from === null ? null : { from, to: answer.position });
    announce(t('move.done', { name, position: answer.position }));
  }
  function onYes() {
    const why = reason.trim();
    setMissing(why === '');
    if (why !== '') void move(Number(chosen || places[0]), why, position);
  }
  return (
    <>
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {t('move.button')}
      </Button>
      {moved !== null && (
        <Notice tone="plain">
          <p>{t('move.done', { name, position: moved.to })}</p>
          <Button
            variant="default"
            loading={moving.isPending}
            onClick={() => void move(moved.from, t('move.undone'), null)}
          >
            {t('move.undo')}
          </Button>
        </Notice>
      )}
      <ConfirmDialog
        isOpen={isOpen}
        isBusy={moving.isPending}
        title={t('move.title', { name })}
        yes={t('move.yes')}
        no={t('move.no')}
        onYes={onYes}
        onNo={() => setOpen(false)}
      >
        {moving.error !== null && (
          <Notice tone="bad" live="alert">
            <p>{t('move.failed')}</p>
          </Notice>
        )}
        <div className="stack">
          <NativeSelect
            label={t('move.place')}
            value={chosen || String(places[0])}
            data={places.map(String)}
            onChange={({ currentTarget: { value } }) => setChosen(value)}
          />
          <TextInput
            label={t('move.reason')}
            value={reason}
            maxLength={500}
            autoComplete="off"
            error={isMissing ? t('move.missing') : undefined}
            onChange={({ currentTarget: { value } }) => setReason(value)}
          />
        </div>
      </ConfirmDialog>
    </>
  );
}
