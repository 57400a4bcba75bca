import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { clock, minutesSince } from '../../ui/time.ts';
import styles from './desk.module.css';

interface QueueListProps {
  waiting: readonly WaitingEntry[];
  now: number;
  /** In a visit: nothing here leads out of it. */
  isBusy: boolean;
}

function Waiting({ entry, now, isBusy }: { entry: WaitingEntry; now: number; isBusy: boolean }) {
  const { t } = useTranslation('staff');
  const time = useClinicTime();
  const { meetingId, patientName, reason, since, scheduledAt } = entry;
  const minutes = minutesSince(since, now);
  return (
    <li className={styles['item']}>
      {isBusy ? <strong>{patientName}</strong> : <Link to={paths.deskVisit(meetingId)}>{patientName}</Link>}
      {reason !== null && <span>{reason}</span>}
      <span className="dimmed numbers">{t('desk.since', { count: minutes, time: clock(time, scheduledAt) })}</span>
      {!isBusy && (
        <Button
          component={Link}
          to={paths.deskVisit(meetingId)}
          step={{ intent: { camera: true } }}
          aria-current={undefined}
          aria-label={t('desk.startWith', { name: patientName })}
        >
          {t('desk.start')}
        </Button>
      )}
    </li>
  );
}

/** Who waits, since when, and why; the first is the longest in the queue. */
export function QueueList({ waiting, now, isBusy }: QueueListProps) {
  const { t } = useTranslation('staff');
  return (
    <section>
      <h2>{t('desk.waiting')}</h2>
      {waiting.length === 0 && <EmptyState title={t('desk.nobody')}>{t('desk.nobodyText')}</EmptyState>}
      <ol className="plain-list">
        {waiting.map((entry) => (
          <Waiting key={entry.meetingId} entry={entry} now={now} isBusy={isBusy} />
        ))}
      </ol>
    </section>
  );
}
