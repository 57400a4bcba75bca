import '../../ui/i18n/law.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useTimeWords } from '../booking/use-own-time.ts';
import { useLawApi } from '../law/use-law.ts';
import { RatingForm } from './rating-form.tsx';

interface AfterVisitProps {
  meetingId: string;
  seat: 'patient' | 'doctor';
}

/** After a visit: what comes next, and for the patient what they thought of it. */
export function AfterVisit({ meetingId, seat }: AfterVisitProps) {
  const { t } = useTranslation('law');
  const api = useLawApi();
  const when = useTimeWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['after-visit', meetingId],
    queryFn: ({ signal }) => api.after(meetingId, signal),
  });
  if (data === undefined) return error === null ? null : <Failure error={error} onRetry={() => void refetch()} />;
  function nextWords(): string {
    if (!data?.next) return t('after.none');
    const { startsAt, practitionerName: doctor } = data.next;
    const words = { when: when(startsAt).own, doctor };
    return t(seat === 'patient' ? 'after.appointment' : 'after.theirs', words);
  }
  return (
    <div className="stack">
      <section>
        <h2>{t('after.next')}</h2>
        <p>{nextWords()}</p>
        {seat === 'patient' && data.next === null && (
          <Button component={Link} to={paths.book} variant="default">
            {t('after.book')}
          </Button>
        )}
      </section>
      {data.mayRate && <RatingForm after={data} />}
    </div>
  );
}
