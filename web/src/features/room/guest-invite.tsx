import '../../ui/i18n/guests.ts';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../call/call.ts';
import { ControlButton } from './control-button.tsx';
import { GuestDialog } from './guest-dialog.tsx';

/** The doctor's way to a third person. */
export function GuestInvite({ call, meetingId }: { call: Call; meetingId: string }) {
  const { t } = useTranslation('guests');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ControlButton
        icon={<IconUserPlus size={26} aria-hidden />}
        text={t('dialog.button')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      />
      {isOpen && <GuestDialog call={call} meetingId={meetingId} onClose={() => setOpen(false)} />}
    </>
  );
}
