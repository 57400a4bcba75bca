import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import type { Desk } from '../../call/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import { useBegin, useCallSoon } from '../room/load-room.ts';
import { QueueItem } from '../waiting/queue-item.tsx';

interface QueueListProps {
  waiting: readonly WaitingEntry[];
  desk: Desk | null;
  isConnected: boolean;
  now: number;
  /** In a visit: nothing here leads out of it. */
  isBusy: boolean;
}

function Start({ entry: { meetingId, patientName } }: { entry: WaitingEntry }) {
  const { t } = useTranslation('staff');
  const begin = useBegin();
  return (
    <Button
      component={Link}
      to={paths.deskVisit(meetingId)}
      step={{ intent: { camera: true } }}
      onFollow={() => begin({ meetingId, seat: 'doctor', camera: true })}
      aria-current={undefined}
      aria-label={t('desk.startWith', { name: patientName })}
    >
      {t('desk.start')}
    </Button>
  );
}

/** Who waits, since when, and why, in the order in which they are called. */
export function QueueList({ waiting, desk, isConnected, now, isBusy }: QueueListProps) {
  const { t } = useTranslation('staff');
  const user = useUser();
  const doctor = { id: user.practitionerId ?? '', name: user.displayName };
  useCallSoon(isBusy ? null : (waiting[0]?.meetingId ?? null), true);
  return (
    <section>
      <h2>{t('desk.waiting')}</h2>
      {waiting.length === 0 && <EmptyState title={t('desk.nobody')}>{t('desk.nobodyText')}</EmptyState>}
      <ol className="plain-list">
        {desk !== null &&
          waiting.map((entry, index) => (
            <QueueItem
              key={entry.meetingId}
              entry={entry}
              position={index + 1}
              count={waiting.length}
              doctor={doctor}
              desk={desk}
              isConnected={isConnected}
              now={now}
              name={
                isBusy ? (
                  <strong>{entry.patientName}</strong>
                ) : (
                  <Link to={paths.deskVisit(entry.meetingId)}>{entry.patientName}</Link>
                )
              }
              first={isBusy ? undefined : <Start entry={entry} />}
            />
          ))}
      </ol>
    </section>
  );
}
