import '../../ui/i18n/files.ts';
import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '../../api/files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { CategoryIcon } from './category-icon.tsx';
import { SendFiles } from './send-files.tsx';
import styles from './share.module.css';
import { useFiles } from './use-files.ts';
import { useShare } from './use-shared.ts';

const PreviewDialog = lazy(async () => ({ default: (await import('./preview-dialog.tsx')).PreviewDialog }));

interface SharePanelProps {
  meetingId: string;
  /** Whom the visit is about. */
  patientId: string;
  /** Whether it is their own visit, so that what they add is theirs. */
  isOwn: boolean;
  /** Ids of what lies there already. */
  shared: ReadonlySet<string>;
  onClose: () => void;
}

/** Shares a file in the visit: a new one, or one that is there already. */
export function SharePanel({ meetingId, patientId, isOwn, shared, onClose }: SharePanelProps) {
  const { t } = useTranslation('files');
  const announce = useAnnounce();
  const name = useId();
  const sharing = useShare(meetingId);
  const list = useFiles({ patientId });
  const [opened, setOpened] = useState<Upload | null>(null);
  const share = (file: Upload) =>
    sharing.mutate(file, { onSuccess: () => announce(t('shared.done', { name: file.fileName })) });
  const failed = sharing.error === null ? undefined : sharing.variables;
  // Closes this alone; the chat below would hear the key as well.
  function onKey(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The keys of the room and of the chat are not for what is done in here.
    <section className={styles['panel']} aria-labelledby={name} onKeyDown={onKey}>
      <header>
        <h3 id={name} ref={(heading) => heading?.focus()} tabIndex={-1}>
          {t('shared.title')}
        </h3>
        <ActionIcon variant="default" size={48} aria-label={t('shared.close')} onClick={onClose}>
          <IconX size={24} aria-hidden />
        </ActionIcon>
      </header>
      <div className={styles['inside']}>
        <p className="dimmed">{t('shared.lead')}</p>
        {failed !== undefined && (
          <Notice tone="bad" live="alert">
            <p>{t('shared.failed', { name: failed.fileName })}</p>
          </Notice>
        )}
        <SendFiles
          patientId={isOwn ? null : patientId}
          category={isOwn ? 'photo' : 'other'}
          heading="h3"
          onDone={share}
        />
        {list.error !== null && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        {list.items.length > 0 && <h3>{t('shared.earlier')}</h3>}
        <ul className="plain-list">
          {list.items.map((file) => (
            <li key={file.id} className={styles['known']}>
              <CategoryIcon category={file.category} />
              <span dir="auto">{file.fileName}</span>
              <div className={styles['deeds']}>
                {file.status !== 'quarantined' && (
                  <Button
                    variant="default"
                    aria-label={t('openNamed', { name: file.fileName })}
                    onClick={() => setOpened(file)}
                  >
                    {t('open')}
                  </Button>
                )}
                {shared.has(file.id) ? (
                  <span className="dimmed">{t('shared.isShared')}</span>
                ) : (
                  <Button
                    variant="default"
                    aria-label={t('shared.shareNamed', { name: file.fileName })}
                    loading={sharing.isPending && sharing.variables.id === file.id}
                    onClick={() => share(file)}
                  >
                    {t('shared.share')}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
        <MoreButton list={list} />
        {opened !== null && (
          <Suspense>
            <PreviewDialog file={opened} onClose={() => setOpened(null)} />
          </Suspense>
        )}
      </div>
    </section>
  );
}
