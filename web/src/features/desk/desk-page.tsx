import '../../ui/i18n/staff.ts';
import '../../ui/i18n/waiting.ts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../../ui/page.tsx';
import { Patience, useLongSince } from '../../ui/patience.tsx';
import type { Params } from '../../ui/router/match.ts';
import { usePlace } from '../../ui/router/router.tsx';
import { useUser } from '../auth/use-session.ts';
import { readEntry } from '../check/entry.ts';
import { useRoomSoon } from '../room/load-room.ts';
import { useVisit } from '../visits/use-visits.ts';
import styles from './desk.module.css';
import { DeskVisit } from './desk-visit.tsx';
import { arrivals, nextOf } from './next.ts';
import { QueueList } from './queue-list.tsx';
import { TodayList } from './today-list.tsx';
import { useDesk, useToday } from './use-desk.ts';

/** Tells who has come into the waiting room since the last look; not those who were there at the first. */
function useArrivals(waiting: readonly WaitingEntry[], isConnected: boolean): void {
  const { t } = useTranslation('staff');
  const announce = useAnnounce();
  const known = useRef<readonly WaitingEntry[] | null>(null);
  useEffect(() => {
    if (!isConnected) return;
    const names = known.current === null ? [] : arrivals(known.current, waiting);
    known.current = waiting;
    if (names.length > 0) announce(names.map((name) => t('desk.arrived', { name })).join(' '));
  }, [waiting, isConnected, announce, t]);
}

/** Said once the connection has been away for a moment: the first connect takes one too. */
function OldLists() {
  const { t } = useTranslation('staff');
  const isLong = useLongSince(4);
  if (!isLong) return null;
  return (
    <Notice tone="warning" live="status">
      <p>{t('desk.old')}</p>
    </Notice>
  );
}

function DeskHead() {
  const { t } = useTranslation('staff');
  const heading = usePageTitle(t('desk.title'));
  return (
    <h1 ref={heading} tabIndex={-1}>
      {t('desk.title')}
    </h1>
  );
}

/** Whether the doctor is in the visit of the address: then the lists beside it lead nowhere. */
function useIsBusy(meetingId: string | undefined): boolean {
  const entry = readEntry(usePlace().intent);
  const { data } = useVisit(meetingId ?? '', meetingId !== undefined);
  const isOver = data?.status === 'ended' || data?.status === 'cancelled';
  return meetingId !== undefined && entry !== null && !isOver;
}

/** Left the queue and the day, right the visit. On a phone one of them at a time. */
export function DeskPage({ params }: { params: Params }) {
  const { t } = useTranslation('staff');
  const { practitionerId } = useUser();
  const now = useNow(15_000);
  const { desk, waiting, isConnected } = useDesk();
  const today = useToday(practitionerId ?? '', now);
  const meetingId = params['meetingId'];
  const isBusy = useIsBusy(meetingId);
  useArrivals(waiting, isConnected);
  useRoomSoon();
  const retry = () => void today.refetch();
  return (
    <div className={styles['desk']} data-open={meetingId !== undefined} data-busy={isBusy}>
      <div className={styles['lists']}>
        {meetingId === undefined ? <DeskHead /> : <p className={styles['heading']}>{t('desk.title')}</p>}
        {!isConnected && <OldLists />}
        {isBusy && <p className="dimmed">{t('desk.busy')}</p>}
        <QueueList waiting={waiting} desk={desk} isConnected={isConnected} now={now} isBusy={isBusy} />
        {today.data !== undefined && <TodayList today={today.data} isBusy={isBusy} />}
        {today.isPending && today.error === null && <Patience text={t('desk.loading')} onRetry={retry} />}
        {today.error !== null && today.data === undefined && <Failure error={today.error} onRetry={retry} />}
      </div>
      <div className={styles['pane']}>
        {meetingId === undefined ? (
          <div className={styles['choose']}>
            <EmptyState title={t('desk.choose')}>{t('desk.chooseText')}</EmptyState>
          </div>
        ) : (
          <DeskVisit
            key={meetingId}
            meetingId={meetingId}
            now={now}
            next={nextOf(waiting, today.data ?? [], meetingId)}
          />
        )}
      </div>
    </div>
  );
}
