import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import styles from './ratings.module.css';
import { Stars } from './stars.tsx';
import { useComments } from './use-ratings.ts';

/** What patients wrote, the newest first. Whose it was, the visit says. */
export function Comments({ doctorId }: { doctorId: string | undefined }) {
  const { t } = useTranslation('ratings');
  const time = useClinicTime();
  const list = useComments(doctorId);
  const retry = () => void list.refetch();
  return (
    <section>
      <h2>{t('comments')}</h2>
      {list.error !== null && <Failure error={list.error} onRetry={retry} />}
      {list.isPending && list.error === null && <Patience text={t('commentsLoading')} onRetry={retry} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState title={t('noComments')}>{t('noCommentsText')}</EmptyState>
      )}
      <ul className="plain-list">
        {list.items.map(({ meetingId, stars, words, doctorName, ratedAt }) => (
          <li key={meetingId} className={styles['comment']}>
            <Stars count={stars} />
            <p className={styles['words']}>{words}</p>
            <span className="dimmed">{t('commentBy', { doctor: doctorName, when: stamp(time, ratedAt) })}</span>
            <span>
              <Link to={paths.historyVisit(meetingId)}>{t('commentVisit')}</Link>
            </span>
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </section>
  );
}
