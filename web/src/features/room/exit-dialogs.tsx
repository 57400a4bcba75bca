import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

interface LeaveDialogProps {
  seat: 'patient' | 'doctor' | 'guest';
  isOpen: boolean;
  onYes: () => void;
  onNo: () => void;
}

/** Asks the doctor, whose leaving may end the visit; and the patient who pressed the browser's Back. */
export function LeaveDialog({ seat, isOpen, onYes, onNo }: LeaveDialogProps) {
  const { t } = useTranslation('room');
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('leave.title')}
      yes={t('leave.yes')}
      no={t('leave.no')}
      onYes={onYes}
      onNo={onNo}
    >
      <p>{t(`leave.${seat}`)}</p>
    </ConfirmDialog>
  );
}

interface EndDialogProps {
  isOpen: boolean;
  name: string;
  end: () => Promise<void>;
  onNo: () => void;
}

/** Ending is for both and for good: asks once. */
export function EndDialog({ isOpen, name, end, onNo }: EndDialogProps) {
  const { t } = useTranslation('room');
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  async function onYes() {
    setState('busy');
    try {
      await end();
    } catch {
      setState('failed');
    }
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      isGrave
      isBusy={state === 'busy'}
      title={t('end.title')}
      yes={t('end.yes')}
      no={t('end.no')}
      onYes={() => void onYes()}
      onNo={onNo}
    >
      <p>{t('end.text', { name })}</p>
      {state === 'failed' && (
        <Notice tone="bad" live="alert">
          <p>{t('end.failed')}</p>
        </Notice>
      )}
    </ConfirmDialog>
  );
}
