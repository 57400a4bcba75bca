import { NativeSelect } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewUpload, UploadCategory } from '../../api/files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { categories, categoryOf } from './file-words.ts';
import styles from './files.module.css';
import type { OutgoingFile } from './outgoing.ts';
import { OutgoingLine, useRefusalText } from './outgoing-line.tsx';
import { PickFiles } from './pick-files.tsx';
import { useFilesChanged, useOutgoing } from './use-files.ts';

interface SendFilesProps {
  /** Whose files they become; null for the own. */
  patientId: string | null;
  /** What is sent here mostly. */
  category: UploadCategory;
  /** In the call it is one part of a panel. */
  heading?: 'h2' | 'h3';
  onDone?: (answer: NewUpload) => void;
}

/** Says what became of a file to a screen reader, once each. */
function useOutcomes(files: readonly OutgoingFile[]): void {
  const { t } = useTranslation('files');
  const announce = useAnnounce();
  const refusalText = useRefusalText();
  const said = useRef(new Map<string, OutgoingFile['state']>());
  useEffect(() => {
    for (const { key, name, state, error } of files) {
      if (said.current.get(key) === state) continue;
      said.current.set(key, state);
      if (state === 'done') announce(t('send.added', { name }));
      if (state === 'lost') announce(t('send.lost'));
      if (state === 'refused') announce(t('send.notAdded', { name, why: refusalText(error) }), 'assertive');
    }
  });
  // Without a list of what it depends on: the texts are made anew with each rendering, and `said` keeps it to once.
}

/** Adds files: what they are, which, and how far they have come. */
export function SendFiles({ patientId, category: usual, heading: Heading = 'h2', onDone }: SendFilesProps) {
  const { t } = useTranslation('files');
  const [category, setCategory] = useState(usual);
  const changed = useFilesChanged();
  const name = useId();
  const { outgoing, files } = useOutgoing(patientId, (answer) => {
    changed();
    onDone?.(answer);
  });
  useOutcomes(files);
  return (
    <section className={styles['send']} aria-labelledby={name}>
      <Heading id={name}>{t('send.title')}</Heading>
      <NativeSelect
        label={t('send.category')}
        data={categories.map((value) => ({ value, label: t(`category.${value}`) }))}
        value={category}
        onChange={({ currentTarget: { value } }) => setCategory(categoryOf(value) ?? usual)}
      />
      <PickFiles onFiles={(picked) => outgoing?.add(picked, category)} />
      {files.length > 0 && (
        <ul className="plain-list stack" aria-label={t('send.list')}>
          {files.map((file) => (
            <OutgoingLine key={file.key} file={file} outgoing={outgoing} />
          ))}
        </ul>
      )}
    </section>
  );
}
