import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import type { Call, CallState } from '../../call/call.ts';
import { useNow } from '../../ui/clinic-time.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useDayWords } from '../visits/use-day-words.ts';
import styles from './waiting-room.module.css';

interface WaitingRoomProps {
  meeting: Meeting;
  state: CallState;
  call: Call;
  onLeft: () => void;
}

/** The patient waits; the visit opens by itself. */
export function WaitingRoom({ meeting, state, call, onLeft }: WaitingRoomProps) {
  const { t } = useTranslation('room');
  const { dayAndTime } = useDayWords(useNow(15_000));
  const [isLeaving, setLeaving] = useState(false);
  async function leave() {
    setLeaving(true);
    // Without an answer the place stays theirs; leaving the page is what they asked for.
    await call.leave().catch(() => undefined);
    onLeft();
  }
  const { position } = state;
  return (
    <Page title={t('waiting.title')} lead={t('waiting.notStarted', { doctor: meeting.doctorName })}>
      <div className="stack">
        {state.reconnect !== null && (
          <Notice tone="warning" live="alert">
            <p>{t('waiting.dropped')}</p>
          </Notice>
        )}
        <div className={styles['place']}>
          {position !== null && (
            <p className={styles['position']}>
              {position === 1 ? t('waiting.next') : t('waiting.place', { count: position })}
            </p>
          )}
          <p>{t('waiting.planned', { when: dayAndTime(meeting.scheduledAt) })}</p>
          <p className="dimmed">{t('waiting.kept')}</p>
        </div>
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
