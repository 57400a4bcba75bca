import '../../ui/i18n/quality.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readMeetingQuality } from '../../api/meeting-quality.ts';
import type { Meeting } from '../../api/meetings.ts';
import { useServices } from '../../services.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { QualityDrawing } from './quality-drawing.tsx';
import { frameOf } from './quality-lines.ts';
import { QualityTable } from './quality-table.tsx';

/** How everybody's connection was during a visit: drawn, and in numbers. */
export function Quality({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('quality');
  const { session } = useServices();
  const { data, error, refetch } = useQuery({
    queryKey: ['quality', meeting.id, meeting.version],
    queryFn: ({ signal }) => readMeetingQuality(session, meeting.id, signal),
  });
  const retry = () => void refetch();
  const frame = data === undefined ? null : frameOf(data);
  return (
    <section>
      <h2>{t('title')}</h2>
      {error !== null && <Failure error={error} onRetry={retry} />}
      {data === undefined && error === null && <Patience text={t('loading')} onRetry={retry} />}
      {data !== undefined && frame === null && <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>}
      {data !== undefined && frame !== null && (
        <>
          <QualityDrawing participants={data} frame={frame} />
          <QualityTable participants={data} />
        </>
      )}
    </section>
  );
}
