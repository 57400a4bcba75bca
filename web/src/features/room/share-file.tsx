import '../../ui/i18n/files.ts';
import { Button } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedFile } from '../../api/files.ts';
import type { Meeting } from '../../api/meetings.ts';

const SharePanel = lazy(async () => ({ default: (await import('../files/share-panel.tsx')).SharePanel }));

interface ShareFileProps {
  meeting: Meeting;
  seat: 'patient' | 'doctor';
  files: readonly SharedFile[];
}

/** In the chat: the way to share a file in the visit. */
export function ShareFile({ meeting, seat, files }: ShareFileProps) {
  const { t } = useTranslation('files');
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  function close() {
    setOpen(false);
    button.current?.focus();
  }
  return (
    <>
      <Button
        ref={button}
        variant="default"
        size="md"
        leftSection={<IconPaperclip size={22} aria-hidden />}
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        {t('shared.attach')}
      </Button>
      {isOpen && (
        <Suspense>
          <SharePanel
            meetingId={meeting.id}
            patientId={meeting.patientId}
            isOwn={seat === 'patient'}
            shared={new Set(files.map(({ upload }) => upload.id))}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}
