import '../../ui/i18n/files.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '../../api/files.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { stamp } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { FileHistory } from './file-history.tsx';
import { sizeWords, useByWords } from './file-words.ts';
import styles from './preview.module.css';
import { SaveButton } from './save-button.tsx';
import { mayReadHistory, useFilesApi } from './use-files.ts';

const PdfPages = lazy(async () => ({ default: (await import('./pdf-pages.tsx')).PdfPages }));

/** By the link of a few minutes: the address in the page is good for nothing afterwards. */
function Picture({ file }: { file: Upload }) {
  const { t } = useTranslation('files');
  const api = useFilesApi();
  const [isBroken, setBroken] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['file-link', file.id],
    queryFn: ({ signal }) => api.link(file.id, signal),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const retry = () => {
    setBroken(false);
    void refetch();
  };
  if (error !== null) return <Failure error={error} onRetry={retry} />;
  if (data === undefined) return <Patience text={t('preview.loading')} onRetry={retry} />;
  if (isBroken) return <Unreadable />;
  return (
    <img
      key={data}
      className={styles['picture']}
      src={data}
      alt={t('preview.picture', { name: file.fileName })}
      onError={() => setBroken(true)}
    />
  );
}

function Unreadable() {
  const { t } = useTranslation('files');
  return (
    <Notice tone="warning" live="status">
      <p>{t('preview.unreadable')}</p>
    </Notice>
  );
}

function Pdf({ file }: { file: Upload }) {
  const { t } = useTranslation('files');
  const api = useFilesApi();
  const { data, error, refetch } = useQuery({
    queryKey: ['file-content', file.id],
    queryFn: ({ signal }) => api.content(file.id, signal),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const waiting = <Patience text={t('preview.loading')} onRetry={() => void refetch()} />;
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return waiting;
  return (
    <Suspense fallback={waiting}>
      <PdfPages file={data} unreadable={<Unreadable />} />
    </Suspense>
  );
}

function Facts({ file }: { file: Upload }) {
  const { t, i18n } = useTranslation('files');
  const time = useClinicTime();
  const by = useByWords();
  const facts: [string, string][] = [
    [t('preview.category'), t(`category.${file.category}`)],
    [t('preview.added'), t('preview.addedWho', { when: stamp(time, file.createdAt), who: by(file) })],
    [t('preview.size'), sizeWords(i18n.language, file.size)],
    [t('preview.virus'), t(`status.${file.status}`)],
  ];
  return (
    <section>
      <h3>{t('preview.details')}</h3>
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="dimmed">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A file, opened over the page: what is in it, what is known of it, and who has opened it. */
export function PreviewDialog({ file, onClose }: { file: Upload; onClose: () => void }) {
  const { t } = useTranslation('files');
  const user = useUser();
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
    // Closed before it is taken away (hence a layout effect): only then does the browser give the focus back.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={name}
      // What lies below would take the keys for its own: Escape closes the chat, too.
      onKeyDown={(event) => event.stopPropagation()}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles['head']}>
        <h2 id={name} dir="auto">
          {file.fileName}
        </h2>
        <div className="row">
          <SaveButton file={file} />
          <Button onClick={onClose}>{t('preview.close')}</Button>
        </div>
      </header>
      <div className={styles['body']}>
        {file.status === 'not_scanned' && (
          <Notice tone="plain">
            <p>{t('statusText.not_scanned')}</p>
          </Notice>
        )}
        {file.contentType === 'application/pdf' ? <Pdf file={file} /> : <Picture file={file} />}
        <Facts file={file} />
        {mayReadHistory(user, file) && <FileHistory id={file.id} />}
      </div>
    </dialog>
  );
}
