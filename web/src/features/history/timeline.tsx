import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useServices } from '../../services.tsx';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { clockWithSeconds } from '../../ui/time.ts';
import styles from './history.module.css';
import { lanesOf } from './lanes.ts';
import { LanesDrawing } from './lanes-drawing.tsx';
import { useEntryWords } from './use-entry-words.ts';

/** What happened in a visit: drawn, and in words. */
export function Timeline({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('staff');
  const { meetings } = useServices();
  const time = useClinicTime();
  const now = useNow(5_000);
  const { who, what } = useEntryWords(meeting);
  const { data, error, refetch } = useQuery({
    queryKey: ['timeline', meeting.id, meeting.version],
    queryFn: ({ signal }) => meetings.timeline(meeting.id, signal),
  });
  const retry = () => void refetch();
  const drawing = data === undefined ? null : lanesOf(meeting, data, now);
  return (
    <section>
      <h2>{t('timeline.title')}</h2>
      {error !== null && <Failure error={error} onRetry={retry} />}
      {data === undefined && error === null && <Patience text={t('timeline.loading')} onRetry={retry} />}
      {data?.length === 0 && <EmptyState title={t('timeline.empty')}>{t('timeline.emptyText')}</EmptyState>}
      {drawing !== null && <LanesDrawing meeting={meeting} drawing={drawing} />}
      {data !== undefined && data.length > 0 && (
        <ScrollRegion label={t('timeline.table')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('timeline.time')}</th>
                <th scope="col">{t('timeline.who')}</th>
                <th scope="col">{t('timeline.what')}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((entry) => (
                <tr key={entry.id}>
                  <th scope="row">
                    <time dateTime={entry.at}>{clockWithSeconds(time, entry.at)}</time>
                  </th>
                  <td>{who(entry)}</td>
                  <td>{what(entry)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
