import { NativeSelect } from '@mantine/core';
import { diffWordsWithSpace } from 'diff';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentPayload, DocumentView } from '../../api/documents.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Patience } from '../../ui/patience.tsx';
import { stamp } from '../../ui/time.ts';
import { DocumentFailure } from './document-failure.tsx';
import styles from './documents.module.css';
import { textOf } from './lines.ts';
import { usePartWords } from './part-words.ts';
import { useVersions } from './use-documents.ts';

const plain = (text: DocumentPayload[string] | undefined) =>
  text === undefined ? '' : typeof text === 'string' ? text : textOf(text);

/** Word by word. Colour and line are said as well, for who hears the page. */
function Words({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('documents');
  const pieces = diffWordsWithSpace(before, after);
  return (
    <p className={styles['text']}>
      {pieces.map(({ added, removed, value }, at) => {
        // oxlint-disable-next-line react/no-array-index-key -- A piece is nothing but what stands at its place.
        if (!added && !removed) return <span key={at}>{value}</span>;
        const Change = added ? 'ins' : 'del';
        return (
          <Change key={at}>
            <span className="visually-hidden">{t(added ? 'compare.added' : 'compare.removed')}</span>
            {value}
            <span className="visually-hidden">{t('compare.end')}</span>
          </Change>
        );
      })}
    </p>
  );
}

interface DifferenceProps {
  document: DocumentView;
  /** As it is now, saved or not. */
  payload: DocumentPayload;
}

function Compared({ document, payload }: DifferenceProps) {
  const { t } = useTranslation('documents');
  const time = useClinicTime();
  const partWords = usePartWords();
  const { data, error, refetch } = useVersions(document);
  const [chosen, setChosen] = useState(1);
  const retry = () => void refetch();
  if (error !== null) return <DocumentFailure error={error} onRetry={retry} />;
  if (data === undefined) return <Patience text={t('versions.loading')} onRetry={retry} />;
  const base = data.find(({ version }) => version === chosen) ?? data.at(-1);
  const changed = Object.keys(payload).filter((part) => plain(base?.payload[part]) !== plain(payload[part]));
  return (
    <div className={`stack ${styles['difference']}`}>
      <NativeSelect
        label={t('compare.with')}
        value={String(base?.version ?? 1)}
        data={data.map(({ version, at }) => ({
          value: String(version),
          label:
            version === 1 ? t('compare.first', { version }) : t('compare.version', { version, when: stamp(time, at) }),
        }))}
        onChange={({ currentTarget: { value } }) => setChosen(Number(value))}
      />
      {changed.length === 0 && <p>{t('compare.same')}</p>}
      {changed.map((part) => (
        <section key={part}>
          <h3>{partWords(part)}</h3>
          <Words before={plain(base?.payload[part])} after={plain(payload[part])} />
        </section>
      ))}
    </div>
  );
}

/** What is different from an earlier version, folded away until it is asked for. */
export function Difference(props: DifferenceProps) {
  const { t } = useTranslation('documents');
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles['more']} onToggle={({ currentTarget: { open } }) => setOpen(open)}>
      <summary>{t('compare.heading')}</summary>
      {isOpen && <Compared {...props} />}
    </details>
  );
}
