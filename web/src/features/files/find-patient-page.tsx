import '../../ui/i18n/files.ts';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { usePages } from '../../ui/use-pages.ts';
import { useScheduling } from '../booking/use-scheduling.ts';
import styles from './files.module.css';

/** Whom a file is about, by name: the first step of a laboratory's. */
export function FindPatientPage() {
  const { t } = useTranslation('files');
  const api = useScheduling();
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), 250);
  const found = usePages(['patients', 'files', name], (cursor, signal) =>
    api.patients({ name, limit: 20, cursor }, signal),
  );
  const retry = () => void found.refetch();
  return (
    <Page title={t('for.title')} lead={t('for.lead')}>
      <div className="stack">
        <TextInput
          type="search"
          label={t('for.name')}
          value={typed}
          maxLength={100}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        {found.error !== null && <Failure error={found.error} onRetry={retry} />}
        {found.isPending && found.error === null && <Patience text={t('for.loading')} onRetry={retry} />}
        {found.isSuccess && found.items.length === 0 && (
          <EmptyState title={t('for.none')}>{t('for.noneText')}</EmptyState>
        )}
        <ul className={styles['people']}>
          {found.items.map(({ id, name: patient }) => (
            <li key={id}>
              <Link to={paths.filesOf(id)} aria-label={t('for.choose', { patient })}>
                {patient}
              </Link>
            </li>
          ))}
        </ul>
        <MoreButton list={found} />
      </div>
    </Page>
  );
}
