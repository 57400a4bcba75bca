import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { minutesSince } from '../../ui/time.ts';
import { CancelAsStaff } from '../actions/cancel-as-staff.tsx';
import { EndVisit } from '../actions/end-visit.tsx';
import { useUser } from '../auth/use-session.ts';
import { DeviceCheck, type Entry } from '../check/device-check.tsx';
import { IdentityPanel } from '../law/identity-panel.tsx';
import card from '../law/law.module.css';
import { useSheet } from '../law/use-law.ts';
import { useBegin, useCallSoon } from '../room/load-room.ts';
import { useDayWords } from '../visits/use-day-words.ts';

/** A visit that the doctor has not gone into: who, why, since when they wait, and one's own picture. */
export function ReadyPanel({ meeting, now }: { meeting: Meeting; now: number }) {
  const { t } = useTranslation('staff');
  const { t: law } = useTranslation('law');
  const go = useGo();
  const { dayAndTime } = useDayWords(now);
  const sheet = useSheet(meeting.id);
  const mayChange = useUser().scopes.includes('patients:write');
  const { patientName: name, reason, waitingSince, status } = meeting;
  const begin = useBegin();
  const isActive = status === 'active';
  useCallSoon(meeting.id, true, isActive ? meeting.patientId : null);
  function enter(entry: Entry, handOver: () => void) {
    handOver();
    begin({ meetingId: meeting.id, seat: 'doctor', ...entry });
    go(paths.deskVisit(meeting.id), { intent: entry, replace: true });
  }
  function where(): string {
    if (isActive) return t('ready.active');
    if (waitingSince === null) return t('ready.notWaiting', { name });
    return t('ready.waiting', { name, count: minutesSince(waitingSince, now) });
  }
  return (
    <Page title={t('ready.title', { name })} lead={where()} width="check">
      <p>{t('ready.planned', { when: dayAndTime(meeting.scheduledAt) })}</p>
      {sheet.data !== undefined && (
        <section className={card['card']}>
          <IdentityPanel sheet={sheet.data} name={name} />
          {mayChange && <Link to={paths.patient(meeting.patientId)}>{law('identity.change')}</Link>}
        </section>
      )}
      {reason !== null && <p>{t('ready.reason', { reason })}</p>}
      <p>
        <Link to={paths.filesOf(meeting.patientId)}>{t('visit.files', { name })}</Link>
      </p>
      <DeviceCheck
        go={t(isActive ? 'ready.resume' : 'ready.start')}
        isGoFixed
        onGo={enter}
        other={isActive ? <EndVisit meetingId={meeting.id} words="finish" /> : <CancelAsStaff meetingId={meeting.id} />}
      />
    </Page>
  );
}
