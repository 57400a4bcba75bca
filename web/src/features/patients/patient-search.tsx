import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Patience } from '../../ui/patience.tsx';
import styles from '../planning/planning.module.css';
import { birthDay } from './birth-day.ts';
import own from './patients.module.css';
import { usePatientSearch } from './use-patients.ts';

interface PatientSearchProps {
  /** What a found patient leads to; `born` is to be read with the name. */
  renderLink: (patient: { id: string; name: string }, born: ReactNode) => ReactNode;
}

/** Finds a patient by name, whatever the spelling; the date of birth tells apart those who have the same. */
export function PatientSearch({ renderLink }: PatientSearchProps) {
  const { t } = useTranslation('patients');
  const { locale } = useClinicTime();
  const [typed, setTyped] = useState('');
  const found = usePatientSearch(typed);
  const { patients } = found;
  const retry = () => void found.refetch();
  return (
    <div className="stack">
      <TextInput
        type="search"
        className={styles['search']}
        label={t('name')}
        value={typed}
        maxLength={100}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => setTyped(value)}
      />
      {found.error !== null && <Failure error={found.error} onRetry={retry} />}
      {found.isPending && found.error === null && <Patience text={t('loading')} onRetry={retry} />}
      {found.isSuccess && patients.length === 0 && <EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
      <output className="visually-hidden">{found.isSuccess && t('found', { count: patients.length })}</output>
      <ul className={styles['people']}>
        {patients.map(({ id, name, birthDate }) => (
          <li key={id}>
            {renderLink(
              { id, name },
              <span className={own['born']}>
                {birthDate === null ? t('bornUnknown') : t('born', { day: birthDay(birthDate, locale) })}
              </span>,
            )}
          </li>
        ))}
      </ul>
      <MoreButton list={found} />
    </div>
  );
}
