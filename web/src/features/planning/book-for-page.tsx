import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { writeChoice } from '../booking/place.ts';
import { useScheduling } from '../booking/use-scheduling.ts';
import styles from './planning.module.css';
import { PlanningPage } from './planning-page.tsx';

/** The first step of booking for somebody: who it is. */
export function BookForPage() {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), 250);
  const found = useInfiniteQuery({
    queryKey: ['patients', name],
    queryFn: ({ pageParam, signal }) => api.patients({ name, limit: 20, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
  const patients = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const retry = () => void found.refetch();
  return (
    <PlanningPage title={t('patient.title')} lead={t('patient.lead')}>
      <div className="stack">
        <TextInput
          type="search"
          className={styles['search']}
          label={t('patient.name')}
          value={typed}
          maxLength={100}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        {found.error !== null && <Failure error={found.error} onRetry={retry} />}
        {found.isPending && found.error === null && <Patience text={t('patient.loading')} onRetry={retry} />}
        {found.isSuccess && patients.length === 0 && (
          <EmptyState title={t('patient.none')}>{t('patient.noneText')}</EmptyState>
        )}
        <ul className={styles['people']}>
          {patients.map(({ id, name: patient }) => (
            <li key={id}>
              <Link to={paths.book + writeChoice({ patient: id })} aria-label={t('patient.choose', { patient })}>
                {patient}
              </Link>
            </li>
          ))}
        </ul>
        {found.hasNextPage && (
          <div>
            <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t('patient.more')}
            </Button>
          </div>
        )}
      </div>
    </PlanningPage>
  );
}
