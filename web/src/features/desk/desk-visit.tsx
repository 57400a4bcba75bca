import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { readEntry } from '../check/entry.ts';
import { LazyRoom } from '../room/load-room.ts';
import { useChanged, useVisit } from '../visits/use-visits.ts';
import styles from './desk.module.css';
import type { Next } from './next.ts';
import { OverPanel } from './over-panel.tsx';
import { ReadyPanel } from './ready-panel.tsx';

interface DeskVisitProps {
  meetingId: string;
  next: Next;
  now: number;
}

function BackToDesk() {
  const { t } = useTranslation('staff');
  return (
    <Link to={paths.desk} className={styles['back']}>
      {t('desk.back')}
    </Link>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <div className="alone">
      <Patience text={t('wait.moment')} onRetry={() => window.location.reload()} />
    </div>
  );
}

/** One visit at the desk: before it, in it, after it. */
export function DeskVisit({ meetingId, next, now }: DeskVisitProps) {
  const { t } = useTranslation('staff');
  const go = useGo();
  const entry = readEntry(usePlace().intent);
  const { data: meeting, error, refetch } = useVisit(meetingId);
  const onChanged = useChanged(meetingId);
  function onExit() {
    // It may go on without them: the panel before the visit has to know.
    onChanged(null);
    go(paths.deskVisit(meetingId), { replace: true });
  }
  const retry = () => void refetch();
  if (meeting === undefined) {
    return (
      <div className="alone">
        <BackToDesk />
        {error === null ? (
          <Patience text={t('visit.loading')} onRetry={retry} />
        ) : (
          <Failure error={error} onRetry={retry} />
        )}
      </div>
    );
  }
  if (meeting.status === 'ended' || meeting.status === 'cancelled') {
    return <OverPanel meeting={meeting} next={next} now={now} isFresh={entry !== null} />;
  }
  if (entry === null) {
    return (
      <>
        <BackToDesk />
        <ReadyPanel meeting={meeting} now={now} />
      </>
    );
  }
  return (
    <Suspense fallback={<Opening />}>
      <LazyRoom meeting={meeting} seat="doctor" camera={entry.camera} onExit={onExit} onChanged={onChanged} />
    </Suspense>
  );
}
