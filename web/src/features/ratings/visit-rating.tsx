import '../../ui/i18n/ratings.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { stamp } from '../../ui/time.ts';
import { useLawApi } from '../law/use-law.ts';
import styles from './ratings.module.css';
import { Stars } from './stars.tsx';

/** How one visit was rated, for the clinic. */
export function VisitRating({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation('ratings');
  const api = useLawApi();
  const time = useClinicTime();
  const { data, error, refetch } = useQuery({
    queryKey: ['after-visit', meetingId],
    queryFn: ({ signal }) => api.after(meetingId, signal),
  });
  return (
    <section>
      <h2>{t('visit.title')}</h2>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.rating === null && <p>{t('visit.none')}</p>}
      {data?.rating && (
        <>
          <Stars count={data.rating.stars} />
          {data.rating.words !== null && <p className={styles['words']}>{data.rating.words}</p>}
          <p className="dimmed">{t('visit.when', { when: stamp(time, data.rating.ratedAt) })}</p>
        </>
      )}
    </section>
  );
}
