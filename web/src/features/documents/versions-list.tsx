import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentVersions, DocumentView } from '../../api/documents.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Patience } from '../../ui/patience.tsx';
import { stamp } from '../../ui/time.ts';
import { DocumentFailure } from './document-failure.tsx';
import styles from './documents.module.css';
import { useVersions } from './use-documents.ts';
import { usePdf } from './use-pdf.ts';

function Version({ document, one }: { document: DocumentView; one: DocumentVersions['items'][number] }) {
  const { t } = useTranslation('documents');
  const time = useClinicTime();
  const pdf = usePdf(document);
  const { version, at, confirmation, downloads } = one;
  const isEarlier = version !== document.version;
  return (
    <li>
      <h3>{t('versions.one', { version, when: stamp(time, at) })}</h3>
      {confirmation === null ? (
        <p>{t('versions.notConfirmed')}</p>
      ) : (
        <p>{t('versions.confirmed', { name: confirmation.name, when: stamp(time, confirmation.confirmedAt) })}</p>
      )}
      {confirmation?.notes && <p className={styles['text']}>{t('versions.notes', { notes: confirmation.notes })}</p>}
      {downloads.length > 0 && (
        <>
          <p>{t('versions.downloads', { count: downloads.length })}</p>
          <ul className={styles['points']}>
            {downloads.map(({ byName, at: given }) => (
              <li key={given}>
                {t('versions.download', { name: byName ?? t('versions.somebody'), when: stamp(time, given) })}
              </li>
            ))}
          </ul>
        </>
      )}
      {confirmation !== null && isEarlier && (
        <Button variant="default" loading={pdf.isPending} onClick={() => pdf.mutate(version)}>
          {t('versions.pdf', { version })}
        </Button>
      )}
      {pdf.error !== null && <DocumentFailure error={pdf.error} />}
    </li>
  );
}

function Versions({ document }: { document: DocumentView }) {
  const { t } = useTranslation('documents');
  const { data, error, refetch } = useVersions(document);
  const retry = () => void refetch();
  if (error !== null) return <DocumentFailure error={error} onRetry={retry} />;
  if (data === undefined) return <Patience text={t('versions.loading')} onRetry={retry} />;
  return (
    <ul className="plain-list stack">
      {data.map((one) => (
        <Version key={one.version} document={document} one={one} />
      ))}
    </ul>
  );
}

/** Every version with who confirmed it and who was given it, folded away until it is asked for. */
export function VersionsList({ document }: { document: DocumentView }) {
  const { t } = useTranslation('documents');
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles['more']} onToggle={({ currentTarget: { open } }) => setOpen(open)}>
      <summary>{t('versions.heading')}</summary>
      {isOpen && <Versions document={document} />}
    </details>
  );
}
