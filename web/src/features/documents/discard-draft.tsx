import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../api/documents.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { DocumentFailure } from './document-failure.tsx';
import { useDiscardDraft } from './use-documents.ts';

interface DiscardDraftProps {
  document: DocumentView;
  /** There is a confirmed version to go back to, and it is on the server. */
  onBack: () => void;
}

/** Gives up a draft, after a question: what was typed into it is gone, what was confirmed stays. */
export function DiscardDraft({ document, onBack }: DiscardDraftProps) {
  const { t } = useTranslation('documents');
  const announce = useAnnounce();
  const go = useGo();
  const [isAsking, setAsking] = useState(false);
  const discard = useDiscardDraft();
  const { id, version, confirmedVersion } = document;
  function yes() {
    discard.mutate(
      { id, version },
      {
        onSuccess() {
          announce(t('discard.done'));
          if (confirmedVersion === null) go(paths.documents);
          else onBack();
        },
      },
    );
  }
  return (
    <>
      <div>
        <Button
          variant="subtle"
          color="red"
          onClick={() => {
            discard.reset();
            setAsking(true);
          }}
        >
          {t('discard.button')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        isGrave
        isBusy={discard.isPending}
        title={t('discard.title')}
        yes={t('discard.yes')}
        no={t('discard.no')}
        onYes={yes}
        onNo={() => setAsking(false)}
      >
        <p>{confirmedVersion === null ? t('discard.gone') : t('discard.back', { version: confirmedVersion })}</p>
        {discard.error !== null && <DocumentFailure error={discard.error} />}
      </ConfirmDialog>
    </>
  );
}
