import '../../ui/i18n/waiting.ts';
import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import type { Call, CallState } from '../../call/call.ts';
import { useNow } from '../../ui/clinic-time.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { BeforeVisit } from '../law/before-visit.tsx';
import { LazyPayWhileWaiting } from '../pay/load-pay.ts';
import { useDayWords } from '../visits/use-day-words.ts';
import { Conversation } from '../waiting/conversation.tsx';
import { ClinicWords, DoctorNow, WaitSpan } from '../waiting/place-card.tsx';
import { RingToggle } from '../waiting/ring-toggle.tsx';
import { useRingAtTurn, useTabPlace, useTellCheck } from '../waiting/use-waiting.ts';
import styles from './waiting-room.module.css';

interface WaitingRoomProps {
  meeting: Meeting;
  state: CallState;
  call: Call;
  onLeft: () => void;
}

function Place({ meeting, state: { position }, call }: Pick<WaitingRoomProps, 'meeting' | 'state' | 'call'>) {
  const { t } = useTranslation('room');
  const now = useNow(15_000);
  const { dayAndTime } = useDayWords(now);
  return (
    <div className={styles['place']}>
      {position !== null && (
        <p className={styles['position']}>
          {position === 1 ? t('waiting.next') : t('waiting.place', { count: position })}
        </p>
      )}
      <WaitSpan room={call.waiting} position={position} now={now} />
      <p>{t('waiting.planned', { when: dayAndTime(meeting.scheduledAt) })}</p>
      <p className="dimmed">{t('waiting.kept')}</p>
    </div>
  );
}

/** The patient waits; the visit opens by itself. */
export function WaitingRoom({ meeting: before, state, call, onLeft }: WaitingRoomProps) {
  const { t } = useTranslation('room');
  const [isLeaving, setLeaving] = useState(false);
  useTabPlace(state.position);
  useRingAtTurn(call);
  useTellCheck(call, state);
  // It may have been handed over to another doctor meanwhile.
  const meeting = state.meeting ?? before;
  async function leave() {
    setLeaving(true);
    // Without an answer the place stays theirs; leaving the page is what they asked for.
    await call.leave().catch(() => undefined);
    onLeft();
  }
  return (
    <Page title={t('waiting.title')} lead={<DoctorNow room={call.waiting} doctorName={meeting.doctorName} />}>
      <div className="stack">
        {state.reconnect !== null && (
          <Notice tone="warning" live="alert">
            <p>{t('waiting.dropped')}</p>
          </Notice>
        )}
        <Place meeting={meeting} state={state} call={call} />
        {meeting.appointmentId !== null && (
          <Suspense>
            <LazyPayWhileWaiting appointmentId={meeting.appointmentId} />
          </Suspense>
        )}
        <BeforeVisit meetingId={meeting.id} />
        <RingToggle />
        <ClinicWords room={call.waiting} />
        <Conversation
          talk={call.waiting.talk}
          side="patient"
          patientName={meeting.patientName}
          doctorName={meeting.doctorName}
          isConnected={state.reconnect === null}
        />
        <section>
          <h2>{t('waiting.help')}</h2>
          <p>{t('waiting.helpText')}</p>
        </section>
        <div>
          <Button size="lg" variant="default" loading={isLeaving} onClick={() => void leave()}>
            {t(isLeaving ? 'waiting.leaving' : 'waiting.leave')}
          </Button>
        </div>
      </div>
    </Page>
  );
}
