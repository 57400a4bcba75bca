import '../../ui/i18n/law.ts';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitNote } from '../../api/visit-law.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { clock, clockWithZone, longDay } from '../../ui/time.ts';
import { useLawApi } from '../law/use-law.ts';
import styles from './after.module.css';
import { useNote } from './use-note.ts';

function Signed({ note }: { note: VisitNote }) {
  const { t } = useTranslation('law');
  const time = useClinicTime();
  const now = useNow(60_000);
  const at = note.signedAt ?? now;
  const signed = `${longDay(time, at, now)}, ${clockWithZone(time, at)}`;
  return (
    <>
      <p className={styles['written']}>{note.text}</p>
      <p className="dimmed">{t('note.signed', { when: signed })}</p>
    </>
  );
}

interface WritingProps {
  first: VisitNote;
  isNext: boolean;
  onAgain: () => void;
}

function Writing({ first, isNext, onAgain }: WritingProps) {
  const { t } = useTranslation('law');
  const time = useClinicTime();
  const api = useLawApi();
  const { note, text, state, isDirty, write, replace } = useNote(first);
  const [isAsking, setAsking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // Not away from where somebody has gone meanwhile: the title has the focus of a page that has just come.
    if (isNext && document.activeElement?.matches('body, h1')) field.current?.focus();
  }, [isNext]);
  const signing = useMutation({
    mutationFn: () => api.signNote(note.meetingId, note.version),
    onSuccess: replace,
    onSettled: () => setAsking(false),
  });
  if (note.signedAt !== null) return <Signed note={note} />;
  function said(): string {
    if (state === 'unsaved') return t('note.unsaved');
    if (state === 'saving' || isDirty) return t('note.saving');
    return note.changedAt === null ? '' : t('note.saved', { time: clock(time, note.changedAt) });
  }
  return (
    <div className="stack">
      <Textarea
        ref={field}
        label={t('note.label')}
        description={t('note.about')}
        value={text}
        maxLength={20_000}
        autosize
        minRows={5}
        maxRows={20}
        onChange={({ currentTarget: { value } }) => write(value)}
      />
      {state === 'elsewhere' ? (
        <Notice tone="warning" live="alert">
          <p>{t('note.elsewhere')}</p>
          <Button variant="default" onClick={onAgain}>
            {t('note.again')}
          </Button>
        </Notice>
      ) : (
        <output className="dimmed">{said()}</output>
      )}
      {signing.error !== null && <Failure error={signing.error} />}
      <div>
        <Button
          variant="default"
          disabled={isDirty || state !== 'saved' || text.trim() === ''}
          onClick={() => setAsking(true)}
        >
          {t('note.sign')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        isBusy={signing.isPending}
        title={t('note.signTitle')}
        yes={t('note.signYes')}
        no={t('note.signNo')}
        onYes={() => signing.mutate()}
        onNo={() => setAsking(false)}
      >
        <p>{t('note.signText')}</p>
      </ConfirmDialog>
    </div>
  );
}

interface NoteFieldProps {
  meetingId: string;
  /** Writing it is what comes next: the focus goes there. */
  isNext?: boolean;
}

/** The doctor's note of a visit, once it has begun. */
export function NoteField({ meetingId, isNext = false }: NoteFieldProps) {
  const { t } = useTranslation('law');
  const api = useLawApi();
  const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['visit-note', meetingId],
    queryFn: ({ signal }) => api.note(meetingId, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const retry = () => void refetch();
  return (
    <section>
      <h2>{t('note.title')}</h2>
      {data !== undefined && <Writing key={dataUpdatedAt} first={data} isNext={isNext} onAgain={retry} />}
      {data === undefined && error !== null && <Failure error={error} onRetry={retry} />}
      {data === undefined && error === null && isFetching && <Patience text={t('note.loading')} onRetry={retry} />}
    </section>
  );
}
