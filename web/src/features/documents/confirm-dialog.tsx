import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../api/documents.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DocumentFailure } from './document-failure.tsx';

interface ConfirmDocumentProps {
  document: DocumentView;
  isOpen: boolean;
  /** What was typed is not saved. */
  isEdited: boolean;
  isBusy: boolean;
  error: unknown;
  onYes: (notes: string) => void;
  onNo: () => void;
}

/** Says what confirming means, and asks once. */
export function ConfirmDocument({ document, isEdited, error, onYes, ...dialog }: ConfirmDocumentProps) {
  const { t } = useTranslation('documents');
  const [notes, setNotes] = useState('');
  return (
    <ConfirmDialog
      {...dialog}
      title={t('confirm.title')}
      yes={t('confirm.yes')}
      no={t('confirm.no')}
      onYes={() => onYes(notes.trim())}
    >
      <p>{t('confirm.means')}</p>
      <p>
        {t(`confirm.seen.${document.audience}`)} {t('confirm.afterwards')}
      </p>
      {isEdited && <p>{t('confirm.edited')}</p>}
      <Textarea
        label={t('confirm.notes')}
        description={t('confirm.notesAbout')}
        value={notes}
        rows={2}
        maxLength={2_000}
        onChange={({ currentTarget: { value } }) => setNotes(value)}
      />
      {error !== null && <DocumentFailure error={error} />}
    </ConfirmDialog>
  );
}
