import { useTranslation } from 'react-i18next';
import type { RatingMonth } from '../../api/ratings.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import history from '../history/history.module.css';

/** Each month's ratings, a line for each doctor. */
export function MonthsTable({ months }: { months: readonly RatingMonth[] }) {
  const { t, i18n } = useTranslation('ratings');
  const { locale } = useClinicTime();
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <ScrollRegion label={t('monthsTable')}>
      <table className={history['table']}>
        <thead>
          <tr>
            {(['month', 'doctor', 'ratings', 'averageHead'] as const).map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((one) => (
            <tr key={`${one.month} ${one.doctorId}`}>
              <th scope="row">{month.format(new Date(`${one.month}-01T00:00:00.000Z`))}</th>
              <td>{one.doctorName}</td>
              <td className="numbers">{one.count}</td>
              <td className="numbers">
                {one.average === null ? t('tooFew') : t('average', { average: number.format(one.average) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
