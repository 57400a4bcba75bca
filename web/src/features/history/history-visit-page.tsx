import '../../ui/i18n/staff.ts';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { seesAll, type User } from '../../api/user.ts';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { CancelAsStaff } from '../actions/cancel-as-staff.tsx';
import { EndVisit } from '../actions/end-visit.tsx';
import { useUser } from '../auth/use-session.ts';
import { LazySharedInVisit } from '../files/lazy-shared.ts';
import { VisitRating } from '../ratings/visit-rating.tsx';
import { useVisit } from '../visits/use-visits.ts';
import { Facts } from './facts.tsx';
import { Quality } from './quality.tsx';
import { Timeline } from './timeline.tsx';

/** What may be done with a visit from here; the server has the last word. */
function Actions({ meeting, user }: { meeting: Meeting; user: User }) {
  const { status, id } = meeting;
  return (
    <>
      {status === 'scheduled' && user.scopes.includes('meetings:cancel') && <CancelAsStaff meetingId={id} />}
      {status === 'active' && user.scopes.includes('meetings:end') && (
        <EndVisit meetingId={id} words={user.practitionerId === meeting.doctorId ? 'finish' : 'end'} />
      )}
    </>
  );
}

/** One visit, for whoever keeps the clinic's records straight. */
export function HistoryVisitPage({ params }: { params: Params }) {
  const { t } = useTranslation('staff');
  const user = useUser();
  const { data: meeting, error, refetch } = useVisit(params['meetingId'] ?? '');
  const retry = () => void refetch();
  const title = meeting === undefined ? t('history.title') : t('visit.title', { patient: meeting.patientName });
  return (
    <Page
      title={title}
      lead={<Link to={paths.history}>{t('visit.back')}</Link>}
      actions={meeting !== undefined && <Actions meeting={meeting} user={user} />}
      width="wide"
    >
      {meeting === undefined && error === null && <Patience text={t('visit.loading')} onRetry={retry} />}
      {meeting === undefined && error !== null && <Failure error={error} onRetry={retry} />}
      {meeting !== undefined && (
        <div className="stack">
          <Facts meeting={meeting} />
          {user.scopes.includes('uploads:read') && (
            <p>
              <Link to={paths.filesOf(meeting.patientId)}>{t('visit.files', { name: meeting.patientName })}</Link>
            </p>
          )}
          {user.scopes.includes('uploads:read') && (
            <Suspense>
              <LazySharedInVisit meetingId={meeting.id} />
            </Suspense>
          )}
          {meeting.status === 'ended' && meeting.startedAt !== null && seesAll(user) && (
            <VisitRating meetingId={meeting.id} />
          )}
          <Timeline meeting={meeting} />
          <Quality meeting={meeting} />
        </div>
      )}
    </Page>
  );
}
