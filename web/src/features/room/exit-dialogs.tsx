import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { duration } from '../../ui/time.ts';

interface LeaveDialogProps {
  seat: 'patient' | 'doctor' | 'guest';
  /** For how long the place of whoever leaves is kept, as `CallState.returnWindowMs`. */
  keptMs: number | null;
  /** Of the other one. */
  name: string;
  isOpen: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** Says what leaving will do: to the doctor, and to whoever pressed the browser's Back or the key. */
export function LeaveDialog({ seat, keptMs, name, isOpen, onYes, onNo }: LeaveDialogProps) {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const endsIt = seat === 'doctor' && keptMs === 0;
  function whatItDoes(): string {
    if (seat === 'guest' || keptMs === null) return t(`leave.${seat}`);
    if (seat === 'patient') return t('leave.patientKept', { time: duration(time, keptMs / 1_000) });
    return endsIt
      ? t('leave.doctorEnds', { name })
      : t('leave.doctorKept', { name, time: duration(time, keptMs / 1_000) });
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      isGrave={endsIt}
      title={t('leave.title')}
      yes={t(endsIt ? 'leave.yesEnds' : 'leave.yes')}
      no={t('leave.no')}
      onYes={onYes}
      onNo={onNo}
    >
      <p>{whatItDoes()}</p>
      {seat === 'doctor' && <p className="dimmed">{t('leave.finishInstead')}</p>}
    </ConfirmDialog>
  );
}

interface FinishDialogProps {
  isOpen: boolean;
  name: string;
  finish: () => Promise<void>;
  onNo: () => void;
}

/** Finishing is for both and for good: asks once. */
export function FinishDialog({ isOpen, name, finish, onNo }: FinishDialogProps) {
  const { t } = useTranslation('room');
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  async function onYes() {
    setState('busy');
    try {
      await finish();
    } catch {
      setState('failed');
    }
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      isGrave
      isBusy={state === 'busy'}
      title={t('finish.title')}
      yes={t('finish.yes')}
      no={t('finish.no')}
      onYes={() => void onYes()}
      onNo={onNo}
    >
      <p>{t('finish.text', { name })}</p>
      {state === 'failed' && (
        <Notice tone="bad" live="alert">
          <p>{t('finish.failed')}</p>
        </Notice>
      )}
    </ConfirmDialog>
  );
}
