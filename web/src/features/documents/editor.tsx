import { Button, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../api/documents.ts';
import { ApiError } from '../../api/problem.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDocument } from './confirm-dialog.tsx';
import { Difference } from './difference.tsx';
import { DocumentFailure } from './document-failure.tsx';
import styles from './documents.module.css';
import { type Draft, draftOf, isChanged, missingIn, payloadOf, type, undo } from './draft.ts';
import { usePartWords } from './part-words.ts';
import { useConfirmDocument, useSaveDocument } from './use-documents.ts';
import { useLeaveGuard } from './use-leave-guard.tsx';

interface PartsProps {
  draft: Draft;
  missing: readonly string[];
  onType: (part: string, text: string) => void;
}

/** High enough to read it without scrolling, on a phone too, unless it is long. */
function rowsFor(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 38)), 0);
  return Math.min(14, Math.max(3, lines + 1));
}

function Parts({ draft, missing, onType }: PartsProps) {
  const { t } = useTranslation('documents');
  const partWords = usePartWords();
  return (
    <>
      {Object.entries(draft.read).map(([part, text]) => (
        <Textarea
          key={part}
          name={part}
          label={partWords(part)}
          description={typeof text === 'string' ? undefined : t('edit.lines')}
          value={draft.parts[part] ?? ''}
          error={missing.includes(part) && t('edit.missing')}
          rows={part === 'title' ? 1 : rowsFor(draft.parts[part] ?? '')}
          onChange={({ currentTarget: { value } }) => onType(part, value)}
        />
      ))}
    </>
  );
}

interface EditorProps {
  document: DocumentView;
  /** Gives up what is typed for what the server has. */
  onLoadNewest: () => void;
}

/** The text in its parts: edited with a way back, compared, saved as a version, confirmed. */
export function Editor({ document, onLoadNewest }: EditorProps) {
  const { t } = useTranslation('documents');
  const announce = useAnnounce();
  const [draft, setDraft] = useState(() => draftOf(document.payload));
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [isAsking, setAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const save = useSaveDocument();
  const confirm = useConfirmDocument();
  const isDirty = isChanged(draft);
  const { dialog } = useLeaveGuard(isDirty);
  const { id, version, state, confirmation } = document;
  const isStale = state === 'expired' && confirmation === null;
  const error = save.error ?? (isAsking ? null : confirm.error);

  function isWhole(): boolean {
    const found = missingIn(draft);
    setMissing(found);
    if (found[0] === undefined) return true;
    form.current?.querySelector<HTMLTextAreaElement>(`[name="${found[0]}"]`)?.focus();
    return false;
  }
  function saveDraft() {
    if (save.isPending || !isWhole()) return;
    const body = { id, version, payload: payloadOf(draft) };
    save.mutate(body, {
      onSuccess(kept) {
        setDraft(draftOf(kept.payload));
        announce(t('edit.saved', { version: kept.version }));
      },
    });
  }
  function confirmDraft(notes: string) {
    const body = { id, version, payload: payloadOf(draft), notes };
    confirm.mutate(body, {
      onSuccess(kept) {
        setAsking(false);
        setDraft(draftOf(kept.payload));
        announce(t('confirm.done'));
      },
    });
  }
  // The dialogs have forms of their own and stand beside it: a form in a form is none.
  return (
    <>
      {dialog}
      <form
        ref={form}
        noValidate
        className={styles['form']}
        aria-label={t('edit.heading')}
        onSubmit={(event) => {
          event.preventDefault();
          saveDraft();
        }}
      >
        <Parts
          draft={draft}
          missing={missing}
          onType={(part, text) => {
            setDraft((before) => type(before, part, text, Date.now()));
            setMissing((before) => before.filter((one) => one !== part));
          }}
        />
        <Difference document={document} payload={payloadOf(draft)} />
        {error !== null && <DocumentFailure error={error} />}
        {error instanceof ApiError && error.code === 'DOCUMENT_CHANGED' && (
          <div>
            <Button variant="default" onClick={onLoadNewest}>
              {t('loadNewest')}
            </Button>
          </div>
        )}
        <div className={styles['bottom']}>
          {state !== 'confirmed' && !isStale && (
            <Button
              onClick={() => {
                confirm.reset();
                if (isWhole()) setAsking(true);
              }}
            >
              {t('confirm.button')}
            </Button>
          )}
          <Button type="submit" variant="default" loading={save.isPending} disabled={!isDirty && !isStale}>
            {t('edit.save')}
          </Button>
          <Button
            variant="subtle"
            disabled={draft.earlier.length === 0}
            onClick={() => {
              setDraft(undo);
              announce(t('edit.undone'));
            }}
          >
            {t('edit.undo')}
          </Button>
          <output>{isDirty && t('edit.unsaved')}</output>
        </div>
      </form>
      <ConfirmDocument
        document={document}
        isOpen={isAsking}
        isEdited={isDirty}
        isBusy={confirm.isPending}
        error={confirm.error}
        onYes={confirmDraft}
        onNo={() => setAsking(false)}
      />
    </>
  );
}
