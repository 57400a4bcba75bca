import { Button } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { DeviceCheck, type Entry } from '../check/device-check.tsx';
import { readEntry } from '../check/entry.ts';
import { LazyRoom, useBegin, useCallSoon } from '../room/load-room.ts';
import { CancelOwnVisit } from './cancel-own-visit.tsx';
import { OverPage } from './over-page.tsx';
import { useChanged, useVisit } from './use-visits.ts';

function CheckPage({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const go = useGo();
  const begin = useBegin();
  // Before the doctor has started, this patient has yet to wait, and the relays are for who is next.
  const isActive = meeting.status === 'active';
  useCallSoon(meeting.id, isActive, isActive ? meeting.doctorId : null);
  function enter(entry: Entry, handOver: () => void) {
    handOver();
    begin({ meetingId: meeting.id, seat: 'patient', ...entry });
    go(paths.visit(meeting.id), { intent: entry });
  }
  return (
    <Page title={t('check.title')} lead={t('check.lead', { doctor: meeting.doctorName })} width="check">
      <DeviceCheck
        go={t(isActive ? 'check.goActive' : 'check.go')}
        onGo={enter}
        other={isActive ? null : <CancelOwnVisit meetingId={meeting.id} />}
      />
    </Page>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <div className="alone">
      <Patience text={t('check.opening')} onRetry={() => window.location.reload()} />
    </div>
  );
}

/** One visit of the patient: check the device, wait, talk, done. */
export function VisitPage({ params }: { params: Params }) {
  const { t } = useTranslation();
  const meetingId = params['meetingId'] ?? '';
  const entry = readEntry(usePlace().intent);
  const go = useGo();
  const onChanged = useChanged(meetingId);
  function onExit() {
    onChanged(null);
    go(paths.visits);
  }
  const { data: meeting, error, refetch } = useVisit(meetingId);
  if (meeting === undefined) {
    return (
      <Page title={t('visits.title')}>
        {error === null ? (
          <Patience text={t('visit.loading')} onRetry={() => void refetch()} />
        ) : (
          <div className="stack">
            <Failure error={error} onRetry={() => void refetch()} />
            <Button component={Link} to={paths.visits} variant="default">
              {t('visit.back')}
            </Button>
          </div>
        )}
      </Page>
    );
  }
  if (meeting.status === 'ended' || meeting.status === 'cancelled') return <OverPage meeting={meeting} />;
  if (entry === null) return <CheckPage meeting={meeting} />;
  return (
    <Suspense fallback={<Opening />}>
      <LazyRoom
        key={meetingId}
        meeting={meeting}
        seat="patient"
        camera={entry.camera}
        onExit={onExit}
        onChanged={onChanged}
      />
    </Suspense>
  );
}
