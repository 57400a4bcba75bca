import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting, MeetingSort } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { duration, stamp } from '../../ui/time.ts';
import { type Filters, sortedBy } from './filters.ts';
import styles from './history.module.css';
import { TotalsRow } from './totals-row.tsx';

interface VisitsTableProps {
  meetings: readonly Meeting[];
  sort: MeetingSort;
  onChange: (change: Partial<Filters>) => void;
}

type Column = Parameters<typeof sortedBy>[1];

interface SortHeadProps {
  column: Column;
  sort: MeetingSort;
  onSort: (sort: MeetingSort) => void;
  children: ReactNode;
}

function SortHead({ column, sort, onSort, children }: SortHeadProps) {
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : undefined;
  return (
    <th scope="col" aria-sort={direction ?? 'none'}>
      <button type="button" onClick={() => onSort(sortedBy(sort, column))}>
        {children}
        {direction === 'ascending' && <IconArrowUp size={16} aria-hidden />}
        {direction === 'descending' && <IconArrowDown size={16} aria-hidden />}
      </button>
    </th>
  );
}

function Row({ meeting, onChange }: { meeting: Meeting; onChange: VisitsTableProps['onChange'] }) {
  const { t } = useTranslation('staff');
  const time = useClinicTime();
  const { id, doctorId, doctorName, patientId, patientName, status, startedAt, durationSeconds, endReason } = meeting;
  const when = stamp(time, meeting.scheduledAt);
  return (
    <tr>
      <th scope="row">
        <Link to={paths.historyVisit(id)} aria-label={t('history.open', { name: patientName, when })}>
          <time dateTime={meeting.scheduledAt}>{when}</time>
        </Link>
      </th>
      <td>
        <button
          type="button"
          title={t('history.onlyDoctor', { name: doctorName })}
          onClick={() => onChange({ doctorId })}
        >
          {doctorName}
        </button>
      </td>
      <td>
        <button
          type="button"
          title={t('history.onlyPatient', { name: patientName })}
          onClick={() => onChange({ patientId })}
        >
          {patientName}
        </button>
      </td>
      <td>
        <span className={styles['state']} data-state={status}>
          {t(`history.states.${status}`)}
        </span>
      </td>
      <td>{startedAt !== null && <time dateTime={startedAt}>{stamp(time, startedAt)}</time>}</td>
      <td className={styles['number']}>{durationSeconds !== null && duration(time, durationSeconds)}</td>
      <td>{endReason !== null && t(`outcome.${endReason}`)}</td>
    </tr>
  );
}

/** The rows that are there so far, with their sums. A press on a name shows that person's only. */
export function VisitsTable({ meetings, sort, onChange }: VisitsTableProps) {
  const { t } = useTranslation('staff');
  const onSort = (next: MeetingSort) => onChange({ sort: next });
  return (
    <ScrollRegion label={t('history.table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <SortHead column="scheduledAt" sort={sort} onSort={onSort}>
              {t('history.when')}
            </SortHead>
            <th scope="col">{t('history.doctor')}</th>
            <th scope="col">{t('history.patient')}</th>
            <th scope="col">{t('history.status')}</th>
            <SortHead column="startedAt" sort={sort} onSort={onSort}>
              {t('history.started')}
            </SortHead>
            <SortHead column="durationSeconds" sort={sort} onSort={onSort}>
              {t('history.length')}
            </SortHead>
            <th scope="col">{t('history.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {meetings.map((meeting) => (
            <Row key={meeting.id} meeting={meeting} onChange={onChange} />
          ))}
        </tbody>
        <TotalsRow meetings={meetings} />
      </table>
    </ScrollRegion>
  );
}
