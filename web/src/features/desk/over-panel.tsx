import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { clock, minutesSince } from '../../ui/time.ts';
import { AfterVisit } from '../after/after-visit.tsx';
import { NoteField } from '../after/note-field.tsx';
import { WhenItWas } from '../after/when-it-was.tsx';
import { useBegin } from '../room/load-room.ts';
import type { Next } from './next.ts';

interface OverPanelProps {
  meeting: Meeting;
  next: Next;
  now: number;
  /** The doctor has just come out of it. */
  isFresh: boolean;
}

/** After a visit: how it ended, and the next one, one press away. */
export function OverPanel({ meeting, next, now, isFresh }: OverPanelProps) {
  const { t } = useTranslation('staff');
  const time = useClinicTime();
  const announce = useAnnounce();
  const title = t('over.title', { name: meeting.patientName });
  useEffect(() => announce(title), [announce, title]);
  const begin = useBegin();
  function whoIsNext(): string {
    if (next.kind === 'nobody') return t('over.nobody');
    if (next.kind === 'planned') {
      const { patientName: name, scheduledAt } = next.meeting;
      return `${t('over.nobody')} ${t('over.planned', { name, time: clock(time, scheduledAt) })}`;
    }
    return t('over.nextWaits', { name: next.entry.patientName, count: minutesSince(next.entry.since, now) });
  }
  return (
    <Page title={title} lead={t(`outcome.${meeting.endReason ?? 'cancelled'}`)}>
      <WhenItWas meeting={meeting} />
      {meeting.startedAt !== null && <NoteField meetingId={meeting.id} isNext={isFresh} />}
      {meeting.startedAt !== null && <AfterVisit meetingId={meeting.id} seat="doctor" />}
      <p>{whoIsNext()}</p>
      <div className="row">
        {next.kind === 'waiting' && (
          <Button
            component={Link}
            size="lg"
            to={paths.deskVisit(next.entry.meetingId)}
            step={{ intent: { camera: true } }}
            onFollow={() => begin({ meetingId: next.entry.meetingId, seat: 'doctor', camera: true })}
          >
            {t('over.next', { name: next.entry.patientName })}
          </Button>
        )}
        {next.kind === 'planned' && (
          <Button component={Link} size="lg" to={paths.deskVisit(next.meeting.id)}>
            {t('over.openNext', { name: next.meeting.patientName })}
          </Button>
        )}
        <Button component={Link} size="lg" variant="default" to={paths.desk}>
          {t('over.desk')}
        </Button>
        <Link to={paths.historyVisit(meeting.id)}>{t('over.details')}</Link>
        {meeting.startedAt !== null && (
          <Link to={paths.newDocument({ patient: meeting.patientId, visit: meeting.id })}>{t('over.document')}</Link>
        )}
        <Link to={paths.filesOf(meeting.patientId)}>{t('visit.files', { name: meeting.patientName })}</Link>
      </div>
    </Page>
  );
}
