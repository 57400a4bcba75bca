import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { duration } from '../../ui/time.ts';
import styles from './history.module.css';
import { totalsOf } from './totals.ts';

/** Under the columns: how many, how long together and on average, and how they ended. */
export function TotalsRow({ meetings }: { meetings: readonly Meeting[] }) {
  const { t } = useTranslation('staff');
  const time = useClinicTime();
  const { visits, seconds, averageSeconds, byReason } = totalsOf(meetings);
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={5}>
          {t('history.total', { count: visits })}
        </th>
        <td className={styles['number']}>
          {averageSeconds !== null && (
            <>
              <div>{t('history.totalTime', { time: duration(time, seconds) })}</div>
              <div className="dimmed">{t('history.averageTime', { time: duration(time, averageSeconds) })}</div>
            </>
          )}
        </td>
        <td>
          <ul className="plain-list">
            {byReason.map(({ reason, count }) => (
              <li key={reason}>
                {t(`outcome.${reason}`)}: {count}
              </li>
            ))}
          </ul>
        </td>
      </tr>
    </tfoot>
  );
}
