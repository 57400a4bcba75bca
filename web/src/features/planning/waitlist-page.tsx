import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitlistEntry } from '../../api/scheduling.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { longDay, stamp } from '../../ui/time.ts';
import booking from '../booking/booking.module.css';
import { writeChoice } from '../booking/place.ts';
import { useScheduling } from '../booking/use-scheduling.ts';
import styles from './planning.module.css';
import { PlanningPage } from './planning-page.tsx';
import { useStaffLists } from './use-planning.ts';

function useWaitlist(onlyWaiting: boolean) {
  const api = useScheduling();
  const state = onlyWaiting ? 'waiting' : undefined;
  return useInfiniteQuery({
    queryKey: ['waitlist', state],
    queryFn: ({ pageParam, signal }) => api.waitlist({ state, limit: 50, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 60_000,
  });
}

function Actions({ entry }: { entry: WaitlistEntry }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const patient = entry.patientName;
  const leave = useMutation({
    mutationFn: () => api.leaveWaitlist(entry.id),
    onSuccess: () => announce(t('wait.left', { patient })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['waitlist'] }),
  });
  if (entry.state !== 'waiting') return null;
  const choice = writeChoice({ patient: entry.patientId, service: entry.serviceId, way: entry.modality });
  const to = entry.practitionerId === null ? paths.book : paths.bookWith(entry.practitionerId);
  return (
    <div className="row">
      <Button component={Link} to={to + choice} variant="default" aria-label={t('wait.bookOf', { patient })}>
        {t('wait.book')}
      </Button>
      <Button
        variant="subtle"
        loading={leave.isPending}
        aria-label={t('wait.leaveOf', { patient })}
        onClick={() => leave.mutate()}
      >
        {t('wait.leave')}
      </Button>
      {leave.error !== null && <Failure error={leave.error} />}
    </div>
  );
}

function Table({ entries }: { entries: readonly WaitlistEntry[] }) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const now = useNow(60_000);
  const { doctors } = useStaffLists();
  const day = (when: string) => longDay(time, when, now);
  const nameOf = (id: string | null) =>
    id === null ? t('wait.anyDoctor') : (doctors.find((one) => one.id === id)?.name ?? '');
  return (
    <ScrollRegion label={t('wait.table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {(['patient', 'service', 'doctor', 'window', 'since', 'state'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`wait.${column}`)}
              </th>
            ))}
            <th scope="col">{t('arrivals.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <th scope="row">{entry.patientName}</th>
              <td>{entry.serviceName}</td>
              <td>{nameOf(entry.practitionerId)}</td>
              <td>{t('wait.span', { from: day(entry.from), to: day(entry.to) })}</td>
              <td>{stamp(time, entry.createdAt)}</td>
              <td>{t(`wait.states.${entry.state}`)}</td>
              <td>
                <Actions entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Who waits for a time to come free. */
export function WaitlistPage() {
  const { t } = useTranslation('planning');
  const [onlyWaiting, setOnlyWaiting] = useState(true);
  const found = useWaitlist(onlyWaiting);
  const entries = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const retry = () => void found.refetch();
  return (
    <PlanningPage
      title={t('wait.title')}
      lead={t('wait.lead')}
      actions={
        <Button component={Link} to={paths.bookFor}>
          {t('bookFor')}
        </Button>
      }
    >
      <div className="stack">
        <label className={booking['check']}>
          <input
            type="checkbox"
            checked={onlyWaiting}
            onChange={({ currentTarget: { checked } }) => setOnlyWaiting(checked)}
          />
          {t('wait.open')}
        </label>
        {found.error !== null && <Failure error={found.error} onRetry={retry} />}
        {found.isPending && found.error === null && <Patience text={t('wait.loading')} onRetry={retry} />}
        {found.isSuccess && entries.length === 0 && (
          <EmptyState title={t('wait.empty')}>{t('wait.emptyText')}</EmptyState>
        )}
        {entries.length > 0 && <Table entries={entries} />}
        {found.hasNextPage && (
          <div>
            <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t('wait.more')}
            </Button>
          </div>
        )}
      </div>
    </PlanningPage>
  );
}
