import { useTranslation } from 'react-i18next';
import type { RatingTotals } from '../../api/ratings.ts';
import { Distribution } from './distribution.tsx';
import styles from './ratings.module.css';

/** The average of all that are shown, and how often each number of stars was given. */
export function Totals({ totals: { count, average, stars } }: { totals: RatingTotals }) {
  const { t, i18n } = useTranslation('ratings');
  if (average === null || stars === null) return <output>{t('few', { count })}</output>;
  const number = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1 });
  return (
    <section className={styles['totals']} aria-live="polite">
      <div>
        <p className={styles['average']}>{t('average', { average: number.format(average) })}</p>
        <p className="dimmed">{t('from', { count })}</p>
      </div>
      <Distribution stars={stars} />
    </section>
  );
}
