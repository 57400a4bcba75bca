import { NativeSelect } from '@mantine/core';
import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '../../api/files.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Patience } from '../../ui/patience.tsx';
import { useAddressFilters } from '../../ui/router/use-address-filters.ts';
import { useLiving, useLivingState } from '../../ui/use-living.ts';
import { createDeletions, type Deletions } from './deletions.ts';
import { FileRow } from './file-row.tsx';
import { categories, categoryOf } from './file-words.ts';
import styles from './files.module.css';
import { useFiles, useFilesApi, useFilesChanged } from './use-files.ts';

const PreviewDialog = lazy(async () => ({ default: (await import('./preview-dialog.tsx')).PreviewDialog }));

const nobody: Deletions['states'] = new Map();
const statesOf = (deletions: Deletions) => deletions.states;

function useDeletions(onGone: (id: string) => void) {
  const api = useFilesApi();
  const changed = useFilesChanged();
  const make = useCallback(() => createDeletions({ remove: api.remove }), [api]);
  const deletions = useLiving(make);
  const states = useLivingState(deletions, statesOf, nobody);
  const told = useRef(new Set<string>());
  const latest = useEffectEvent(onGone);
  useEffect(() => {
    for (const [id, state] of states) {
      if (state !== 'gone' || told.current.has(id)) continue;
      told.current.add(id);
      latest(id);
      changed();
    }
  }, [states, changed]);
  return { deletions, states };
}

interface FileListProps {
  /** Left out: of everybody whose files one sees. */
  patientId?: string;
  withPatient: boolean;
}

/** The files of one patient, or of all that one sees: filtered, page by page, opened, saved, deleted. */
export function FileList({ patientId, withPatient }: FileListProps) {
  const { t } = useTranslation('files');
  const announce = useAnnounce();
  const { values, change } = useAddressFilters({ kind: /^[a-z_]{1,30}$/ });
  const category = categoryOf(values.kind);
  const list = useFiles({ patientId, category });
  const { items, error, isPending, refetch } = list;
  const [opened, setOpened] = useState<Upload | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const nameOf = (id: string) => items.find((file) => file.id === id)?.fileName ?? '';
  const { deletions, states } = useDeletions((id) => {
    announce(t('deleted', { name: nameOf(id) }));
    heading.current?.focus();
  });
  const retry = () => void refetch();
  return (
    <section className="stack" aria-labelledby="files-listed">
      <div className={styles['bar']}>
        <h2 id="files-listed" ref={heading} tabIndex={-1}>
          {t('listed')}
        </h2>
        <NativeSelect
          label={t('filter')}
          data={[
            { value: '', label: t('everything') },
            ...categories.map((value) => ({ value, label: t(`category.${value}`) })),
          ]}
          value={category ?? ''}
          onChange={({ currentTarget: { value } }) => change({ kind: value })}
        />
      </div>
      {isPending && error === null && <Patience text={t('loading')} onRetry={retry} />}
      {error !== null && <Failure error={error} onRetry={retry} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState title={t(category === undefined ? 'empty' : 'emptyFiltered')}>{t('emptyText')}</EmptyState>
      )}
      <ul className="plain-list stack">
        {items.map((file) => (
          <FileRow
            key={file.id}
            file={file}
            withPatient={withPatient}
            deletion={states.get(file.id)}
            deletions={deletions}
            onOpen={() => setOpened(file)}
            onKept={() => {
              announce(t('kept', { name: file.fileName }));
              heading.current?.focus();
            }}
          />
        ))}
      </ul>
      <MoreButton list={list} />
      {opened !== null && (
        <Suspense>
          <PreviewDialog file={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </section>
  );
}
