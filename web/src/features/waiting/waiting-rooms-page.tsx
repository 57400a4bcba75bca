import '../../ui/i18n/staff.ts';
import '../../ui/i18n/waiting.ts';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorQueue } from '../../../../signaling/protocol/waiting.ts';
import type { Desk } from '../../call/call.ts';
import { createDesk } from '../../call/create-desk.ts';
import { useServices } from '../../services.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience, useLongSince } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { minutesSince } from '../../ui/time.ts';
import { useLiving, useLivingState } from '../../ui/use-living.ts';
import { arrivals } from '../desk/next.ts';
import { PlanningPage } from '../planning/planning-page.tsx';
import styles from './queue-item.module.css';
import { QueueItem } from './queue-item.tsx';

const none: readonly DoctorQueue[] = [];
const queuesOf = (desk: Desk) => desk.queues;
const connectedOf = (desk: Desk) => desk.connected;

interface QueueProps {
  queue: DoctorQueue;
  desk: Desk;
  isConnected: boolean;
  now: number;
}

function Queue({ queue: { doctorId, doctorName, busySince, waiting }, desk, isConnected, now }: QueueProps) {
  const { t } = useTranslation('waiting');
  return (
    <section>
      <h2>{doctorName}</h2>
      <p className="dimmed numbers">
        {busySince === null ? t('board.free') : t('board.busy', { count: minutesSince(busySince, now) })}
      </p>
      {waiting.length === 0 && <p>{t('board.nobody', { name: doctorName })}</p>}
      <ol className="plain-list">
        {waiting.map((entry, index) => (
          <QueueItem
            key={entry.meetingId}
            entry={entry}
            position={index + 1}
            count={waiting.length}
            doctor={{ id: doctorId, name: doctorName }}
            desk={desk}
            isConnected={isConnected}
            now={now}
            name={<Link to={paths.historyVisit(entry.meetingId)}>{entry.patientName}</Link>}
          />
        ))}
      </ol>
    </section>
  );
}

/** Tells who has come since the last look; not those who were there at the first. */
function useComings(queues: readonly DoctorQueue[], isConnected: boolean): void {
  const { t } = useTranslation('waiting');
  const announce = useAnnounce();
  const known = useRef<readonly DoctorQueue[] | null>(null);
  useEffect(() => {
    if (!isConnected) return;
    const before = known.current;
    known.current = queues;
    if (before === null) return;
    const all = before.flatMap(({ waiting }) => waiting);
    const said = queues.flatMap(({ doctorName: doctor, waiting }) =>
      arrivals(all, waiting).map((name) => t('board.changed', { name, doctor })),
    );
    if (said.length > 0) announce(said.join(' '));
  }, [queues, isConnected, announce, t]);
}

function Old() {
  const { t } = useTranslation('staff');
  return useLongSince(4) ? (
    <Notice tone="warning" live="status">
      <p>{t('desk.old')}</p>
    </Notice>
  ) : null;
}

/** The front desk's view of every waiting room of the clinic. */
export function WaitingRoomsPage() {
  const { t } = useTranslation('waiting');
  const { session } = useServices();
  const desk = useLiving(
    useCallback(() => createDesk({ token: (not) => session.token(not), of: 'clinic' }), [session]),
  );
  const queues = useLivingState(desk, queuesOf, none);
  const isConnected = useLivingState(desk, connectedOf, false);
  const now = useNow(15_000);
  useComings(queues, isConnected);
  const isWaitingForFirst = !isConnected && queues.length === 0;
  return (
    <PlanningPage title={t('board.title')} lead={t('board.lead')}>
      <div className="stack">
        {isWaitingForFirst && <Patience text={t('board.loading')} onRetry={() => window.location.reload()} />}
        {!isConnected && !isWaitingForFirst && <Old />}
        {isConnected && queues.length === 0 && <EmptyState title={t('board.empty')}>{t('board.emptyText')}</EmptyState>}
        <div className={styles['queues']}>
          {desk !== null &&
            queues.map((queue) => (
              <Queue key={queue.doctorId} queue={queue} desk={desk} isConnected={isConnected} now={now} />
            ))}
        </div>
      </div>
    </PlanningPage>
  );
}
