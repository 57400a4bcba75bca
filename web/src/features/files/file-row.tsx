import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '../../api/files.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { CategoryIcon } from './category-icon.tsx';
import type { Deletions } from './deletions.ts';
import { sizeWords, useByWords } from './file-words.ts';
import styles from './files.module.css';
import { SaveButton } from './save-button.tsx';
import { mayDelete } from './use-files.ts';

interface FileRowProps {
  file: Upload;
  /** Names the patient, where files of several are listed. */
  withPatient: boolean;
  /** Whether somebody wanted it gone, and what became of that. */
  deletion: 'soon' | 'gone' | 'failed' | undefined;
  deletions: Deletions | null;
  onOpen: () => void;
  onKept: () => void;
}

function Undo({ file, deletions, onKept }: Pick<FileRowProps, 'file' | 'deletions' | 'onKept'>) {
  const { t } = useTranslation('files');
  const name = file.fileName;
  return (
    <li className={styles['file']} data-deleting="true">
      <output className={styles['what']}>{t('deleting', { name })}</output>
      <Button
        // The button that was pressed is gone: the way back takes its place.
        ref={(button) => button?.focus()}
        variant="default"
        aria-label={t('undoNamed', { name })}
        onClick={() => {
          deletions?.keep(file.id);
          onKept();
        }}
      >
        {t('undo')}
      </Button>
    </li>
  );
}

function About({ file, withPatient }: Pick<FileRowProps, 'file' | 'withPatient'>) {
  const { t, i18n } = useTranslation('files');
  const time = useClinicTime();
  const by = useByWords();
  const { category, size, createdAt, patientId, patientName, status } = file;
  return (
    <>
      {withPatient && (
        <p>
          <Link to={paths.filesOf(patientId)}>{t('about', { patient: patientName })}</Link>
        </p>
      )}
      <p className="dimmed">
        {t(`category.${category}`)} · {sizeWords(i18n.language, size)} ·{' '}
        <time dateTime={createdAt}>{stamp(time, createdAt)}</time> · {by(file)}
      </p>
      <p className={styles['status']} data-status={status}>
        {t(`status.${status}`)}
      </p>
      {status === 'quarantined' && <p>{t('statusText.quarantined')}</p>}
    </>
  );
}

/** One file: what it is, whether it is safe, and what can be done with it. */
export function FileRow({ file, withPatient, deletion, deletions, onOpen, onKept }: FileRowProps) {
  const { t } = useTranslation('files');
  const user = useUser();
  const { fileName: name, status } = file;
  if (deletion === 'gone') return null;
  if (deletion === 'soon') return <Undo file={file} deletions={deletions} onKept={onKept} />;
  const isOpen = status !== 'quarantined';
  return (
    <li className={styles['file']}>
      <CategoryIcon category={file.category} />
      <div className={styles['what']}>
        <p className={styles['name']} dir="auto">
          {name}
        </p>
        <About file={file} withPatient={withPatient} />
        {deletion === 'failed' && <p role="alert">{t('notDeleted', { name })}</p>}
      </div>
      <div className={styles['deeds']}>
        {isOpen && (
          <Button aria-label={t('openNamed', { name })} onClick={onOpen}>
            {t('open')}
          </Button>
        )}
        {isOpen && <SaveButton file={file} />}
        {mayDelete(user, file) && (
          <Button
            variant="subtle"
            leftSection={<IconTrash size={20} aria-hidden />}
            aria-label={t('deleteNamed', { name })}
            onClick={() => deletions?.want(file.id)}
          >
            {t('delete')}
          </Button>
        )}
      </div>
    </li>
  );
}
