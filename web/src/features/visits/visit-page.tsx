import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import type { Params } from '../../ui/router/match.ts';
import { useVisit } from './use-visits.ts';

export function VisitPage({ params }: { params: Params }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useVisit(params['meetingId'] ?? '');
  return (
    <Page title={t('visit.title', { doctor: data?.doctorName ?? '' })}>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Patience text={t('visit.loading')} onRetry={() => void refetch()} />}
    </Page>
  );
}
