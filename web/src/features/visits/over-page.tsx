import { Button } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { AfterVisit } from '../after/after-visit.tsx';
import { WhenItWas } from '../after/when-it-was.tsx';
import { LazySharedInVisit } from '../files/lazy-shared.ts';

/** The visit is over: why, in kind words, and what now. */
export function OverPage({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const reason = meeting.endReason ?? 'cancelled';
  const title = t(`over.${reason}.title`);
  const text = t(`over.${reason}.text`, { doctor: meeting.doctorName });
  useEffect(() => announce(`${title}. ${text}`), [announce, title, text]);
  return (
    <Page title={title} lead={text}>
      <WhenItWas meeting={meeting} />
      {meeting.startedAt !== null && <AfterVisit meetingId={meeting.id} seat="patient" />}
      {meeting.startedAt !== null && (
        <Suspense>
          <LazySharedInVisit meetingId={meeting.id} />
        </Suspense>
      )}
      <p>{t('over.close')}</p>
      <Button component={Link} to={paths.visits} size="lg">
        {t('visit.back')}
      </Button>
    </Page>
  );
}
